from mentor_ispe.reports.agreements import outstanding_agreements_and_training as execute  # noqa: F401
