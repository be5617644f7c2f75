from mentor_ispe.reports.feedback_ratings import mentoring_feedback_ratings as execute  # noqa: F401
