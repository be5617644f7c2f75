"""What a list from elsewhere may fill: each field with how its cells are read and how its column may be called.

Fields of the profile, of applications and of the membership roll bring their headings along where they are declared;
nothing is listed twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mentor_ispe.domain import application_fields, profile_fields, roll
from mentor_ispe.domain.people_mapping import PROFILE_FIELDS as PROFILE_KINDS
from mentor_ispe.domain.people_mapping import REQUIRED
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.violations import N_

TEXT, EMAIL, LIST, NUMBER, YES_NO, DATE = "text", "email", "list", "number", "yes_no", "date"
# The parts of a mapping, as its document names them.
PROFILE, AS_MENTOR, AS_MENTEE, ROLL, SIDE = "fields", "mentor", "mentee", "roll", "side"
DOCTYPES = {PROFILE: "Mentoring Profile", AS_MENTOR: MENTOR, AS_MENTEE: MENTEE, ROLL: "Membership Roll Entry"}


@dataclass(frozen=True)
class ImportField:
	"""One field that a column may fill.

	`part` is one of a mapping's above, `kind` how its cells are read. `headings` are what its column may be called. `joins` is the field that it is a piece of: first and last name make a full
	name. `label` is there only when no DocType has the field; else its label is that of `part`'s DocType.
	"""

	part: str
	name: str
	kind: str = TEXT
	headings: tuple[str, ...] = ()
	required: bool = False
	joins: str = ""
	label: str = ""

	@property
	def key(self) -> str:
		"""How it is named in one word: "fields.email", "mentor.seats_offered", "side"."""
		return self.part if self.part == SIDE else f"{self.part}.{self.name}"

	@property
	def doctype(self) -> str:
		"""The DocType that has the field; empty for one that only the import knows."""
		return "" if self.label else DOCTYPES[self.part]


SIDE_FIELD = ImportField(
	SIDE,
	SIDE,
	SIDE,
	headings=(
		*("role", "mentor or mentee", "mentor/mentee", "side", "type", "participant type", "applying as"),
		*("Rolle", "Mentor oder Mentee", "Teilnahme als", "Art der Teilnahme"),
	),
	label=N_("Mentor or mentee"),
)


def fields_for(part: str) -> tuple[ImportField, ...]:
	"""The fields of one part of a mapping: "fields" (of the profile), "mentor", "mentee", "roll" or "side"."""
	if part == PROFILE:
		return (*_profile_fields(), *_names_in_two(PROFILE))
	if part == ROLL:
		return (
			*(
				ImportField(
					ROLL, field.name, field.kind, _headings(field.name, field.headings), field.required
				)
				for field in roll.ROLL_FIELDS
			),
			*_names_in_two(ROLL),
		)
	if part == SIDE:
		return (SIDE_FIELD,)
	return tuple(
		ImportField(
			part,
			field.name,
			TEXT if field.kind == application_fields.CHOICE else field.kind,
			_headings(field.name, field.headings),
		)
		for field in application_fields.APPLICATION_FIELDS[DOCTYPES[part]]
	)


def application_first(fields: Iterable[ImportField]) -> list[ImportField]:
	"""The fields with those of an application before the person's.

	What an application asks too is called as in the profile: who hands in a list of applications means that.
	"""
	every = tuple(fields)
	of_person = {field.name: field.headings for field in every if field.part == PROFILE}
	of_application = [
		replace(field, headings=(*field.headings, *of_person.get(field.name, ())))
		for field in every
		if field.part != PROFILE
	]
	return [*of_application, *(field for field in every if field.part == PROFILE)]


def known_headings(fields: Iterable[ImportField]) -> list[str]:
	"""Every heading by which these fields are known, to find the row of headings in a file."""
	return [heading for field in fields for heading in field.headings]


def _profile_fields() -> list[ImportField]:
	return [
		ImportField(
			PROFILE,
			field.name,
			EMAIL if field.name == "email" else PROFILE_KINDS[field.name],
			_headings(field.name, field.headings),
			required=field.name in REQUIRED,
		)
		for field in profile_fields.PROFILE_FIELDS
	]


def _names_in_two(part: str) -> tuple[ImportField, ImportField]:
	"""First and last name in two columns, in the order in which they make a full name."""
	return (
		ImportField(
			part,
			"first_name",
			headings=("first name", "given name", "forename", "first", "Vorname", "Rufname"),
			joins="full_name",
			label=N_("First name"),
		),
		ImportField(
			part,
			"last_name",
			headings=("last name", "family name", "surname", "last", "Nachname", "Familienname", "Zuname"),
			joins="full_name",
			label=N_("Last name"),
		),
	)


def _headings(name: str, others: Sequence[str]) -> tuple[str, ...]:
	return (name.replace("_", " "), *others)
