from mentor_ispe.reports.feedback_words import mentoring_feedback_in_words as execute  # noqa: F401
