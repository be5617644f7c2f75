from mentor_ispe.reports.attendance import mentoring_attendance as execute  # noqa: F401
