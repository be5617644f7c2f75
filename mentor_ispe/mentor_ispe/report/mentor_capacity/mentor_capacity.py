from mentor_ispe.reports.capacity import mentor_capacity as execute  # noqa: F401
