from mentor_ispe.reports.workshops import mentoring_workshops as execute  # noqa: F401
