"""Who takes part in which programs now: applications that are open, seats that are held."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import frappe

from mentor_ispe.domain.statuses import LIVE_SEATS, TAKES_PART
from mentor_ispe.readings.seats import GROUP, SEAT, query_of_seats

OPEN_GROUPS = ("Proposed", "Active")


@dataclass
class Part:
	"""One person's part in the programs: the states of the seats held, by program; empty without one."""

	seats: dict[str, set[str]] = field(default_factory=dict)


def parts_of(profiles: Collection[str]) -> dict[str, Part]:
	"""Return the part of everyone among `profiles` who has an open application or a seat, in three queries."""
	parts: dict[str, Part] = {}
	names = list(profiles)
	if not names:
		return parts
	for profile, program in _applications(names):
		parts.setdefault(profile, Part()).seats.setdefault(program, set())
	for profile, program, seat in _seats(names):
		parts.setdefault(profile, Part()).seats.setdefault(program, set()).add(seat)
	return parts


def _applications(profiles: list[str]) -> Iterable[tuple[str, str]]:
	for doctype in ("Mentor", "Mentee"):
		table = frappe.qb.DocType(doctype)
		yield from (
			frappe.qb.from_(table)
			.select(table.profile, table.program)
			.where(table.profile.isin(profiles) & table.status.isin(TAKES_PART))
		).run()


def _seats(profiles: list[str]) -> Iterable[tuple[str, str, str]]:
	row, group = frappe.qb.DocType(SEAT), frappe.qb.DocType(GROUP)
	query = query_of_seats(row, profiles=profiles, statuses=LIVE_SEATS, status=OPEN_GROUPS)
	yield from query.select(row.profile, group.program, row.status).run()
