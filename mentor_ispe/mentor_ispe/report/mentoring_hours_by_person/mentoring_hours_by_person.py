from mentor_ispe.reports.hours import mentoring_hours_by_person as execute  # noqa: F401
