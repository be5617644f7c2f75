from mentor_ispe.reports.credit import mentoring_credit_records as execute  # noqa: F401
