from mentor_ispe.reports.membership import membership_exceptions as execute  # noqa: F401
