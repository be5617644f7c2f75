"""Whom the chosen records of a list mean."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import create_batch, cstr

from mentor_ispe.domain.seats import MENTOR
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings.seats import seats

MOST = 20_000
"""Records, and people."""
AT_ONCE = 1_000
PROFILE = "Mentoring Profile"
EVERYBODY, MENTORS, OTHERS = "Everyone", "Mentors", "Mentees and Peers"
PARTS = (EVERYBODY, MENTORS, OTHERS)
OPERATORS = frozenset(
	["=", "!=", ">", "<", ">=", "<=", "like", "not like", "in", "not in", "is", "between", "timespan"]
)
OF_ANY_RECORD = ("_assign", "_user_tags", "_comments", "_liked_by")
# A value that doesn't fit its operator.
UNUSABLE = (ValueError, TypeError, LookupError, AttributeError)


@dataclass(frozen=True)
class Meant:
	"""A person whom a record means; the cycle or the group tells which of their mentors and partners are meant."""

	profile: str
	cycle: str = ""
	group: str = ""


@dataclass(frozen=True)
class Chosen:
	"""Records of a list: those named, else all that fit the filters (as Frappe's lists have them).

	`part` says whom of a group.
	"""

	doctype: str
	names: Sequence[str] = ()
	filters: Sequence[Any] = ()
	part: str = EVERYBODY


def people_of(chosen: Chosen) -> tuple[list[Meant], int]:
	"""(whom the records mean, how many records the user named and may not read).

	Raises RuleViolation for a list whose records mean nobody, and for too many.
	"""
	source = SOURCES.get(chosen.doctype)
	if not source or chosen.part not in PARTS:
		frappe.throw(_("You can't write to people from this list."), exc=RuleViolation)
	rows = list(_readable(chosen, source.fields))
	found = [
		meant
		for part in create_batch(rows, AT_ONCE)
		for meant in source.people(part, chosen.part)
		if meant.profile
	]
	_check_number(max(len(rows), len({meant.profile for meant in found})))
	return found, max(0, len(set(chosen.names)) - len(rows)) if chosen.names else 0


def _readable(chosen: Chosen, fields: Sequence[str]) -> Iterator[frappe._dict]:
	wanted = {"fields": ["name", *fields], "order_by": "creation, name", "limit_page_length": MOST + 1}
	if not chosen.names:
		_check_filters(chosen)
		try:
			yield from frappe.get_list(chosen.doctype, filters=list(chosen.filters), **wanted)
		except UNUSABLE:
			_refuse_filters()
		return
	names = list(dict.fromkeys(chosen.names))
	_check_number(len(names))
	for part in create_batch(names, AT_ONCE):
		yield from frappe.get_list(chosen.doctype, filters={"name": ("in", part)}, **wanted)


def _check_filters(chosen: Chosen) -> None:
	"""Frappe takes a list's filters as they are, and breaks on others."""
	meta = frappe.get_meta(chosen.doctype)
	columns = {
		doctype: {*frappe.get_meta(doctype).get_valid_columns(), *OF_ANY_RECORD}
		for doctype in (chosen.doctype, *(df.options for df in meta.get_table_fields()))
	}
	for each in chosen.filters:
		if len(each) not in (4, 5) or not all(isinstance(part, str) for part in each[:3]):
			_refuse_filters()
		doctype, column, operator = each[:3]
		if column not in columns.get(doctype, ()) or operator.lower() not in OPERATORS:
			_refuse_filters()
		if operator.lower() == "is" and each[3] not in ("set", "not set"):
			_refuse_filters()


def _refuse_filters() -> NoReturn:
	frappe.throw(_("These filters can't be used. Set them again in the list."), exc=RuleViolation)
	raise AssertionError  # for the type checker: throw doesn't return


def _check_number(count: int) -> None:
	if count > MOST:
		frappe.throw(
			_("You can write to {0} people at most. Narrow the list with its filters.").format(MOST),
			exc=RuleViolation,
		)


@dataclass(frozen=True)
class Source:
	"""How the records of a DocType name people; `fields` are read of each."""

	fields: tuple[str, ...]
	people: Callable[[Collection[frappe._dict], str], Iterator[Meant]]


def _named(rows: Collection[frappe._dict], part: str) -> Iterator[Meant]:
	for row in rows:
		yield Meant(cstr(row.profile), cstr(row.cycle), cstr(row.mentoring_group))


def _themselves(rows: Collection[frappe._dict], part: str) -> Iterator[Meant]:
	for row in rows:
		yield Meant(row.name)


def _in_groups(rows: Collection[frappe._dict], part: str) -> Iterator[Meant]:
	for seat in seats([row.name for row in rows], statuses=LIVE_SEATS):
		if part == EVERYBODY or (seat.role == MENTOR) == (part == MENTORS):
			yield Meant(seat.profile, group=seat.group)


def _on_the_list(rows: Collection[frappe._dict], part: str) -> Iterator[Meant]:
	groups = {row.name: cstr(row.mentoring_group) for row in rows}
	yield from (
		Meant(profile, group=groups[parent])
		for parent, profile in _rows_of("Mentoring Session Attendance", "Mentoring Session", groups)
	)


def _at_workshops(rows: Collection[frappe._dict], part: str) -> Iterator[Meant]:
	cycles = {row.name: cstr(row.cycle) for row in rows}
	row = DocType("Mentoring Workshop Participant")
	signed_up = row.status != "Cancelled"
	for parent, profile in _rows_of(row._table_name[3:], "Mentoring Workshop", cycles, signed_up):
		yield Meant(profile, cycle=cycles[parent])


def _rows_of(table: str, parenttype: str, parents: Collection[str], only: Any = None) -> Any:
	row = DocType(table)
	query = frappe.qb.from_(row).select(row.parent, row.profile).orderby(row.parent).orderby(row.idx)
	query = query.where((row.parenttype == parenttype) & row.parent.isin(sorted(parents) or [""]))
	return (query.where(only) if only is not None else query).run()


_BY_PERSON = Source(("profile", "cycle"), _named)
_BY_PERSON_AND_GROUP = Source(("profile", "cycle", "mentoring_group"), _named)
SOURCES: dict[str, Source] = {
	PROFILE: Source((), _themselves),
	"Mentor": _BY_PERSON,
	"Mentee": _BY_PERSON,
	"Mentoring Group": Source((), _in_groups),
	"Mentoring Session": Source(("mentoring_group",), _on_the_list),
	"Mentoring Workshop": Source(("cycle",), _at_workshops),
	"Mentoring Feedback Request": _BY_PERSON_AND_GROUP,
	"Mentoring Goal": _BY_PERSON_AND_GROUP,
	"Mentoring Agreement Acceptance": _BY_PERSON,
}
"""The lists from which one may write."""
