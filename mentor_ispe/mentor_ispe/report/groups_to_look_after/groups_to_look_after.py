from mentor_ispe.reports.health import groups_to_look_after as execute  # noqa: F401
