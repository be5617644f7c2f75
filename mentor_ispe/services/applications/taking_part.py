"""Who takes part in which programs now: applications that are open, seats that are held."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import frappe

from mentor_ispe.domain.statuses import LIVE_SEATS

OPEN_APPLICATIONS = ("Applied", "Approved", "Active")
OPEN_GROUPS = ("Proposed", "Active")


@dataclass
class Part:
	"""One person's part in the programs: the states of the seats held, by program; empty without one."""

	seats: dict[str, set[str]] = field(default_factory=dict)


def parts_of(profiles: Collection[str]) -> dict[str, Part]:
	"""Return the part of everyone among `profiles` who has an open application or a seat, in four queries."""
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
			.where(table.profile.isin(profiles) & table.status.isin(OPEN_APPLICATIONS))
		).run()


def _seats(profiles: list[str]) -> Iterable[tuple[str, str, str]]:
	group, member = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Group Member")
	mentor = frappe.qb.DocType("Mentor")
	live = sorted(LIVE_SEATS)
	yield from (
		frappe.qb.from_(member)
		.join(group)
		.on(group.name == member.parent)
		.select(member.profile, group.program, member.status)
		.where(member.profile.isin(profiles) & member.status.isin(live) & group.status.isin(OPEN_GROUPS))
	).run()
	yield from (
		frappe.qb.from_(group)
		.join(mentor)
		.on(mentor.name == group.mentor)
		.select(mentor.profile, group.program, group.mentor_status)
		.where(
			mentor.profile.isin(profiles) & group.mentor_status.isin(live) & group.status.isin(OPEN_GROUPS)
		)
	).run()
