"""Who sits in which group: the one reading of seats, of mentors, mentees and peers alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import frappe
from frappe.query_builder import DocType
from frappe.utils import cstr, get_datetime, getdate
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion

from mentor_ispe.domain import pauses
from mentor_ispe.domain.seats import Seat

GROUP, SEAT = "Mentoring Group", "Mentoring Group Member"
CALLED_BY_PEOPLE = ("title", "mentor_name", "all_mentors")
"""Fields of a group that have names of its people in them."""
FIELDS = (
	"parent",
	"participant",
	"role",
	"status",
	"reason",
	"match_reason",
	"suspended_from",
	"is_moderator",
	"profile",
	"full_name",
	"proposed_on",
	"responded_on",
	"joined_on",
	"left_on",
	"charter_agreed_on",
	"extends",
	"pauses",
)


def seats(
	groups: Collection[str] | None = None,
	profiles: Collection[str] | None = None,
	participants: Collection[str] | None = None,
	statuses: Collection[str] | None = None,
	roles: Collection[str] | None = None,
	on: date | None = None,
	**of_group: Any,
) -> list[Seat]:
	"""The seats that fit everything that is given, by group, mentors first, then as in its table; one query.

	`on`: held on that day, by the days on which the person joined and left. `of_group` narrows by columns of
	the group: a value, or a collection of them (`status=["Active"]`). An empty collection finds nothing.
	"""
	row = DocType(SEAT)
	query = (
		query_of_seats(
			row,
			groups,
			profiles=profiles,
			participants=participants,
			statuses=statuses,
			roles=roles,
			**of_group,
		)
		.select(*(row[field] for field in FIELDS))
		.orderby(row.parent)
		.orderby(row.idx)
	)
	if on is not None:
		query = query.where((row.joined_on <= on) & (row.left_on.isnull() | (row.left_on >= on)))
	found = [seat_of_row(values) for values in query.run(as_dict=True)]
	return sorted(found, key=lambda seat: (seat.group, not seat.is_mentor))


def seats_by_group(groups: Collection[str], **wanted: Any) -> dict[str, list[Seat]]:
	"""The same by group, with an empty list for a group without any."""
	found: dict[str, list[Seat]] = {name: [] for name in groups}
	for seat in seats(groups, **wanted):
		found[seat.group].append(seat)
	return found


def groups_with(profiles: Collection[str], **wanted: Any) -> list[str]:
	"""The names of the groups in which one of these people has such a seat, sorted; one query."""
	row = DocType(SEAT)
	query = query_of_seats(row, profiles=profiles, **wanted).select(row.parent).distinct()
	return sorted(query.run(pluck=True))


def profiles_in(
	group: str, statuses: Collection[str] | None = None, there_on: date | None = None
) -> list[str]:
	"""The profiles in a group, mentors first; `there_on`: without those who are away on that day. One query."""
	found = seats([group], statuses=statuses)
	return list(
		dict.fromkeys(seat.profile for seat in found if there_on is None or not seat.is_away(there_on))
	)


def seat_in(group: str | None, profile: str) -> Seat | None:
	"""The person's seat in the group, one that they hold before one that they gave up; None for a stranger."""
	return held_first(seats([group], [profile])) if group else None


def held_first(found: Iterable[Seat]) -> Seat | None:
	"""Of one person's seats in one group the one that they hold, else the latest."""
	own = list(found)
	return next((seat for seat in own if seat.live), own[-1] if own else None)


def query_of_seats(
	row: Table,
	groups: Collection[str] | None = None,
	*,
	profiles: Collection[str] | QueryBuilder | None = None,
	participants: Collection[str] | None = None,
	statuses: Collection[str] | None = None,
	roles: Collection[str] | None = None,
	**of_group: Any,
) -> QueryBuilder:
	"""The seats as a query that selects nothing yet, for conditions and reports. `row` is the table of seats."""
	query = frappe.qb.from_(row).where(row.parenttype == GROUP)
	for column, wanted in (
		(row.parent, groups),
		(row.profile, profiles),
		(row.participant, participants),
		(row.status, statuses),
		(row.role, roles),
	):
		if wanted is not None:
			query = query.where(_is_one_of(column, wanted))
	if of_group:
		group = DocType(GROUP)
		query = query.join(group).on(group.name == row.parent)
		for field, value in of_group.items():
			query = query.where(_is_one_of(group[field], value))
	return query


def seat_of_row(values: Mapping[str, Any]) -> Seat:
	"""A row of the table, or of the document, as the seat that it is."""
	return Seat(
		person=cstr(values.get("participant")),
		role=cstr(values.get("role")) or "Mentee",
		status=cstr(values.get("status")) or "Draft",
		reason=cstr(values.get("reason")),
		match_reason=cstr(values.get("match_reason")),
		suspended_from=cstr(values.get("suspended_from")),
		is_moderator=bool(values.get("is_moderator")),
		group=cstr(values.get("parent")),
		profile=cstr(values.get("profile")),
		full_name=cstr(values.get("full_name")),
		proposed_on=_moment(values.get("proposed_on")),
		responded_on=_moment(values.get("responded_on")),
		joined_on=_day(values.get("joined_on")),
		left_on=_day(values.get("left_on")),
		charter_agreed_on=_day(values.get("charter_agreed_on")),
		goes_on=cstr(values.get("extends")),
		pauses=pauses.read(cstr(values.get("pauses"))),
	)


def _is_one_of(column: Any, wanted: Any) -> Criterion:
	if isinstance(wanted, str | int) or wanted is None:
		return column.isnull() if wanted is None else column == wanted
	if isinstance(wanted, QueryBuilder):
		return column.isin(wanted)
	return column.isin(sorted(wanted) or [""])


def _day(value: Any) -> date | None:
	return getdate(value) if value else None


def _moment(value: Any) -> Any:
	return get_datetime(value) if value else None
