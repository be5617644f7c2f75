"""How long private words are kept."""

from __future__ import annotations

from datetime import date

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	COORDINATORS,
	Button,
	Field,
	define_mail,
)

DELETION_ANNOUNCED = define_mail(
	"Deletion Announced",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("30 days before private words are deleted, as the program says; once for each kind and cycle"),
	button=Button(N_("Review deletions"), "desk_url"),
	fields=(
		Field("cycles", "list of the cycles' names", ["One-to-one 2027"]),
		Field("first_day", "first day on which something is deleted", date(2030, 2, 1)),
		Field(
			"desk_url",
			"the list of what is deleted when",
			"https://mentoring.example.org/app/mentoring-retention",
		),
	),
	needed=("first_day",),
)
