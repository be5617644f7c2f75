from mentor_ispe.reports.health import mentoring_group_health as execute  # noqa: F401
