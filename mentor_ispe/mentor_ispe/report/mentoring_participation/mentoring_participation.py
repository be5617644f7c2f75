from mentor_ispe.reports.participation import mentoring_participation as execute  # noqa: F401
