"""Bring in another organisation's list of people: profiles, logins if wanted, and their applications.

Everything is checked before anything is written, and one refused person undoes the whole import unless
the caller says that the refused are to be passed over. The same list again updates the people it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain.mapping_text import from_toml
from mentor_ispe.domain.people_mapping import SIDES, MappingError, PeopleMapping, SideColumn, parse_mapping
from mentor_ispe.domain.people_rows import Person, read_people
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import RuleViolation, raise_violations, violation_message
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.services.imports.people import (
	as_import,
	choices,
	create_missing,
	enter_application,
	has_applied,
	save_profile,
	spellings,
	stored_profiles,
	wrong_constants,
)
from mentor_ispe.services.members import logins
from mentor_ispe.spreadsheets import TableError, read_table

PROFILE = "Mentoring Profile"
SAVEPOINT = "import_people"


@dataclass(frozen=True)
class Refused:
	"""Somebody who could not apply, with the reasons in words."""

	row: int
	email: str
	side: str
	reason: str


@dataclass
class ImportResult:
	"""What an import did; in a dry run, what it would have done."""

	created: int = 0
	updated: int = 0
	unchanged: int = 0
	logins: int = 0
	applied: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SIDES, 0))
	applied_before: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SIDES, 0))
	refused: list[Refused] = field(default_factory=list)
	new_records: dict[str, list[str]] = field(default_factory=dict)
	notes: list[str] = field(default_factory=list)
	"""How the file was understood where one may have meant it otherwise."""


def read_mapping(text: str) -> PeopleMapping:
	"""Read a mapping from TOML; raise RuleViolation with everything that is wrong in it."""
	try:
		return parse_mapping(from_toml(text))
	except MappingError as error:
		raise_violations(error.violations, title=_("The mapping"))
	raise AssertionError  # `raise_violations` raises whenever there is something to refuse


def import_people(
	content: bytes | str,
	mapping_text: str,
	side: str | None = None,
	cycle: str | None = None,
	with_logins: bool = False,
	pass_over_refused: bool = False,
	dry_run: bool = False,
	sheet: str = "",
) -> ImportResult:
	"""Create or update a profile for every row of a CSV file or workbook, found by the e-mail address.

	`side` ("Mentor" or "Mentee") says what the file is a list of, unless the mapping has a column for it; with a
	`cycle` everybody in it applies on that side, or on both where the file says so. `sheet` names the one to read
	of a workbook that has several. Raise RuleViolation, with nothing written, when a row
	or the mapping is wrong, or when somebody may not apply and `pass_over_refused` isn't set.
	"""
	mapping = read_mapping(mapping_text)
	if cycle:
		_check_cycle(cycle, side or mapping.side)
	try:
		table = read_table(content.encode() if isinstance(content, str) else content, mapping.headings, sheet)
	except TableError as error:
		raise_violations(error.violations, title=_("The list"))
	people, broken = read_people(mapping, table.headings, table.rows, side, choices(), spellings())
	raise_violations(broken or wrong_constants(mapping.constants), title=_("The list"))

	result = ImportResult(notes=[*map(violation_message, table.notes), *_notes_of(people)])
	frappe.db.savepoint(SAVEPOINT)
	try:
		_write(people, cycle, with_logins, result)
		if result.refused and not pass_over_refused:
			raise_violations(_refusals(result.refused), title=_("The list"))
	except Exception:
		frappe.db.rollback(save_point=SAVEPOINT)
		raise
	if dry_run:
		frappe.db.rollback(save_point=SAVEPOINT)
	return result


def _check_cycle(cycle: str, side: str | SideColumn | None) -> None:
	if not side:
		raise_violations([Violation("side", N_("Choose whether this is a list of mentors or of mentees."))])
	if not frappe.db.exists("Mentoring Cycle", cycle):
		raise_violations([Violation("cycle", N_("There is no cycle called {cycle}."), {"cycle": cycle})])


def _notes_of(people: Sequence[Person]) -> list[str]:
	return [
		_("Row {0}: {1}").format(person.row, violation_message(note))
		for person in people
		for note in person.notes
	]


def _write(people: Sequence[Person], cycle: str | None, with_logins: bool, result: ImportResult) -> None:
	for record in create_missing(people):
		result.new_records.setdefault(record.doctype, []).append(record.name)
	known = stored_profiles([person.email for person in people])
	for person in people:
		stored = known.get(person.email)
		with _told_by_row(person):
			if with_logins:
				_make_login(person, stored["name"] if stored else None, result)
			profile, written = save_profile(person, stored)
		if written is None:
			result.unchanged += 1
		elif written.before is None:
			result.created += 1
		else:
			result.updated += 1
		if cycle:
			for side, values in person.applications.items():
				_apply(person, profile, cycle, side, values, result)


@contextmanager
def _told_by_row(person: Person) -> Iterator[None]:
	"""Say which row it was when a record refuses what the file says."""
	try:
		yield
	except frappe.ValidationError as error:
		frappe.clear_last_message()
		params = {"row": person.row, "email": person.email, "reason": frappe.utils.strip_html(str(error))}
		raise_violations([Violation("row_refused", N_("Row {row}, {email}: {reason}"), params)])


def _apply(
	person: Person, profile: str, cycle: str, side: str, values: Mapping[str, Any], result: ImportResult
) -> None:
	"""Enter one application through the same service as every other entry point."""
	if has_applied(profile, cycle, side):
		result.applied_before[side] += 1
		return
	frappe.db.savepoint("import_one")
	try:
		enter_application(profile, cycle, side, values)
	except RuleViolation as refusal:
		frappe.db.rollback(save_point="import_one")
		frappe.clear_last_message()
		reason = " ".join(violation_message(violation) for violation in refusal.violations) or str(refusal)
		result.refused.append(Refused(person.row, person.email, side, reason))
	else:
		result.applied[side] += 1


def _make_login(person: Person, profile: str | None, result: ImportResult) -> None:
	"""A login for the person if there is none: they get no mail and set a password by "forgot password".

	It becomes the profile's when they sign in: so far nobody has shown that the address is theirs. Raise
	RuleViolation when it is the login of another profile already, since it would never become this one's.
	"""
	if frappe.db.exists("User", person.email):
		other = profile_of(person.email)
		if other and other != profile:
			frappe.throw(
				_("Another profile, {1}, uses the login {0}. Choose another user.").format(
					person.email, other
				),
				exc=RuleViolation,
			)
		return
	with as_import():
		logins.make_login(person.email, person.profile["full_name"])
	result.logins += 1


def _refusals(refused: Sequence[Refused]) -> list[Violation]:
	return [
		Violation(
			"refused",
			N_("Row {row}, {email} as {side}: {reason}"),
			{"row": person.row, "email": person.email, "side": [person.side], "reason": person.reason},
		)
		for person in refused
	]
