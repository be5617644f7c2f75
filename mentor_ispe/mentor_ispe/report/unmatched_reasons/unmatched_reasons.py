from mentor_ispe.reports.unmatched import unmatched_reasons as execute  # noqa: F401
