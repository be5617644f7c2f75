from mentor_ispe.reports.unmatched import mentees_without_a_match as execute  # noqa: F401
