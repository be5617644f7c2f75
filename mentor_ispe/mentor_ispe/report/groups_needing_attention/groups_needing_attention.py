from mentor_ispe.reports.health import groups_needing_attention as execute  # noqa: F401
