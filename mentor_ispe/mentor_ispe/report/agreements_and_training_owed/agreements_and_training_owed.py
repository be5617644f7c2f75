from mentor_ispe.reports.agreements import agreements_and_training_owed as execute  # noqa: F401
