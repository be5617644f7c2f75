from mentor_ispe.reports.unmatched import reasons_for_no_match as execute  # noqa: F401
