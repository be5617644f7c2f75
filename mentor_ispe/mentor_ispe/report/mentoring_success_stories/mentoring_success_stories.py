from mentor_ispe.reports.feedback_words import mentoring_success_stories as execute  # noqa: F401
