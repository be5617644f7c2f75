from mentor_ispe.reports.speakers import guest_speaker_requests as execute  # noqa: F401
