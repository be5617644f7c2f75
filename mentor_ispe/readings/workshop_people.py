"""Who a workshop is for, from the applications and groups of its program."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import frappe

from mentor_ispe.domain.statuses import LIVE_SEATS, OPEN_GROUPS
from mentor_ispe.domain.workshops import PARTS_FOR

# Participants whose place is sure, so that training is worth their while.
CONCERNED = ("Approved", "Active")


@dataclass
class Parts:
	"""One person's parts ("Mentor", "Mentee", "Moderator") by cycle."""

	by_cycle: dict[str, set[str]] = field(default_factory=dict)

	def of(self, cycle: str | None) -> frozenset[str]:
		"""The parts in this cycle; None: in any."""
		cycles = [cycle] if cycle else list(self.by_cycle)
		return frozenset().union(*(self.by_cycle.get(name, ()) for name in cycles))


def parts_in(programs: Iterable[str], profiles: Collection[str] | None = None) -> dict[str, dict[str, Parts]]:
	"""{program: {profile: parts}} of those who take part now (or of `profiles`), in three queries.

	Whoever is willing to moderate counts as a moderator, as does whoever moderates a group.
	"""
	wanted = sorted(set(programs))
	found: dict[str, dict[str, Parts]] = {program: {} for program in wanted}
	if not wanted:
		return found
	for doctype in ("Mentor", "Mentee"):
		table = frappe.qb.DocType(doctype)
		query = (
			frappe.qb.from_(table)
			.select(table.program, table.profile, table.cycle)
			.where(table.program.isin(wanted) & table.status.isin(CONCERNED))
		)
		if doctype == "Mentee":
			query = query.select(table.willing_to_moderate)
		if profiles is not None:
			query = query.where(table.profile.isin(list(profiles) or [""]))
		for program, profile, cycle, *willing in query.run():
			parts = found[program].setdefault(profile, Parts()).by_cycle.setdefault(cycle, set())
			parts.add(doctype)
			if any(willing):
				parts.add("Moderator")
	for program, profile, cycle in _moderators(wanted, profiles):
		found[program].setdefault(profile, Parts()).by_cycle.setdefault(cycle, set()).add("Moderator")
	return found


def parts_of(program: str, cycle: str | None, profiles: Collection[str]) -> dict[str, frozenset[str]]:
	"""The parts of each of these people in the program, in `cycle` when it's given."""
	found = parts_in([program], profiles)[program]
	return {profile: found[profile].of(cycle) if profile in found else frozenset() for profile in profiles}


def concerned(audience: str, cycle: str | None, people: dict[str, Parts]) -> list[str]:
	"""Those of the program's people whom a workshop for `audience` concerns."""
	return sorted(profile for profile, parts in people.items() if parts.of(cycle) & PARTS_FOR[audience])


def _moderators(programs: list[str], profiles: Collection[str] | None) -> list[tuple[str, str, str]]:
	group, row = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Group Member")
	query = (
		frappe.qb.from_(row)
		.join(group)
		.on(group.name == row.parent)
		.select(group.program, row.profile, group.cycle)
		.where(
			(row.parenttype == "Mentoring Group")
			& (row.is_moderator == 1)
			& row.status.isin(sorted(LIVE_SEATS))
			& group.status.isin(sorted(OPEN_GROUPS))
			& group.program.isin(programs)
		)
	)
	if profiles is not None:
		query = query.where(row.profile.isin(list(profiles) or [""]))
	return list(query.run())


def trainings_attended(program: str | None, profiles: Collection[str]) -> list[frappe._dict]:
	"""Which trainings of the program these people attended: profile, audience, cycle."""
	workshop, row = (
		frappe.qb.DocType("Mentoring Workshop"),
		frappe.qb.DocType("Mentoring Workshop Participant"),
	)
	return (
		frappe.qb.from_(row)
		.join(workshop)
		.on(workshop.name == row.parent)
		.select(row.profile, workshop.audience, workshop.cycle)
		.where(
			(workshop.program == program)
			& (workshop.is_training == 1)
			& (row.status == "Attended")
			& row.profile.isin(sorted(profiles) or [""])
		)
	).run(as_dict=True)
