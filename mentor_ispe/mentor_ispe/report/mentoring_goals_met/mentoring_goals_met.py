from mentor_ispe.reports.goals import mentoring_goals_met as execute  # noqa: F401
