from mentor_ispe.reports.waiting import mentoring_waiting_times as execute  # noqa: F401
