from mentor_ispe.reports.feedback_words import feedback_comments as execute  # noqa: F401
