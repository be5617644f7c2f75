from mentor_ispe.reports.speakers import guest_speakers_asked_for as execute  # noqa: F401
