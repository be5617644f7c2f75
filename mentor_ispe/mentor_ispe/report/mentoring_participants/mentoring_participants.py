from mentor_ispe.reports.participants import mentoring_participants as execute  # noqa: F401
