from mentor_ispe.reports.capacity import mentors_and_their_seats as execute  # noqa: F401
