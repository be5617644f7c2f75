"""Invite those who took part last time when the next cycle of a program opens.

Once a person and cycle. Not those who have applied already, nor those who hold no active membership; whoever
may go on with their group is asked that first (`extension_offers`), in a mail that says this as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import frappe
from frappe.utils import cstr

from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails.default_templates import extension as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.membership import commitment
from mentor_ispe.services.groups.going_on import offered_to
from mentor_ispe.services.programs.queries import cycle_before

BATCH = 500
TOOK_PART = ("Approved", "Active", "Completed")


def open_cycles(on: date) -> list[frappe._dict]:
	"""The cycles that take applications on this day."""
	cycle, program = frappe.qb.DocType("Mentoring Cycle"), frappe.qb.DocType("Mentoring Program")
	return (
		frappe.qb.from_(cycle)
		.join(program)
		.on(program.name == cycle.program)
		.select(cycle.name, cycle.program, cycle.application_until, cycle.start_date, program.may_extend)
		.where((cycle.status == "Open") & (program.status == "Published"))
		.where((cycle.application_from <= on) & (cycle.application_until >= on))
		.orderby(cycle.name)
	).run(as_dict=True)


def batches(cycle: frappe._dict) -> Iterator[list[tuple[str, str]]]:
	"""(profile, role they had) of those who took part in the cycle before, some at a time."""
	before = cycle_before(cycle.name)
	if not before:
		return
	roles: dict[str, str] = {}
	for role in ("Mentor", "Mentee"):  # who was both is invited as the mentee they were
		rows = frappe.get_all(role, {"cycle": before, "status": ("in", TOOK_PART)}, pluck="profile")
		roles.update(dict.fromkeys(rows, role))
	people = sorted(roles.items())
	for start in range(0, len(people), BATCH):
		yield people[start : start + BATCH]


def invite(cycle: frappe._dict, people: list[tuple[str, str]]) -> int:
	"""Invite those of these people who are to be; returns how many weren't before. The caller commits."""
	roles = dict(people)
	asked = set(roles) - _applied(cycle.name, list(roles))
	if cycle.may_extend:
		asked -= offered_to(cycle)
	if not asked:
		return 0
	refused = commitment.refusals(sorted(asked), cycle.program)
	before = cycle_before(cycle.name)
	return enqueue_all(
		Notice(
			make_key("invitation", cycle.name, profile),
			templates.INVITATION,
			profile,
			context={
				"cycle": cycle.name,
				"program": cycle.program,
				"until": cstr(cycle.application_until),
				"before": before,
				"role": roles[profile],
			},
			reference=("Mentoring Cycle", cycle.name),
		)
		for profile in sorted(asked)
		if not refused.get(profile)
	)


def _applied(cycle: str, profiles: list[str]) -> set[str]:
	return {
		profile
		for role in ("Mentor", "Mentee")
		for profile in frappe.get_all(role, {"cycle": cycle, "profile": ("in", profiles)}, pluck="profile")
	}
