from mentor_ispe.reports.waiting import mentees_waiting as execute  # noqa: F401
