from mentor_ispe.reports.capacity import mentor_places as execute  # noqa: F401
