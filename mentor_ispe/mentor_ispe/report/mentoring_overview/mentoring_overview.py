from mentor_ispe.reports.overview import mentoring_overview as execute  # noqa: F401
