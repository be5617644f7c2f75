"""Move a cycle through its phases, by hand or as its days bring it, and invite those who took part last time.

Invited is once a person and cycle. Not those who have applied already, nor those who hold no active membership;
whoever may go on with their group is asked that first (`going_on`), in a mail that says this as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cstr, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.events import ExtensionStuck
from mentor_ispe.domain.notices import make_key
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation, error_text
from mentor_ispe.mails.default_templates import extension as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.membership import commitment
from mentor_ispe.readings.cycles import cycle_before
from mentor_ispe.services.groups import going_on
from mentor_ispe.services.groups.commands import open_group

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_cycle.mentoring_cycle import MentoringCycle

_SAVEPOINT = "mentoring_start_group"

# (from, to, the day that brings it, whether it comes on that day or after it)
CYCLE_STEPS = (
	("Open", "Matching", "application_until", "<"),
	("Matching", "Running", "start_date", "<="),
)


def cycles_due(status: str, field: str, compared: str, on: date) -> list[str]:
	"""Cycles in `status` whose day `field` is past (`compared` "<") or has come ("<=")."""
	return frappe.get_all(
		"Mentoring Cycle",
		{"status": status, field: (compared, on)},
		pluck="name",
		order_by="start_date, name",
	)


def cycles_over(on: date) -> list[str]:
	"""Running cycles whose last day is past."""
	return cycles_due("Running", "end_date", "<", on)


def move_cycle(cycle: str, old: str, new: str) -> bool:
	"""Move a cycle on, unless somebody did or undid it a moment ago."""
	doc = frappe.get_doc("Mentoring Cycle", cycle, for_update=True)
	if doc.status != old:
		return False
	doc.status = new
	doc.save(ignore_permissions=True)
	return True


def groups_to_close(cycle: str) -> list[str]:
	"""The groups that are still open in a cycle which is over."""
	return frappe.get_all(
		"Mentoring Group",
		{"cycle": cycle, "status": ("in", ("Draft", "Proposed", "Active"))},
		pluck="name",
		order_by="name",
	)


def close_group(group: str) -> bool:
	"""Complete a group whose cycle is over; one that never started is called off. Feedback isn't waited for."""
	doc = open_group(group)
	if doc.status == "Active":
		doc.status = "Completed"
	elif doc.status in ("Draft", "Proposed"):
		doc.update({"status": "Cancelled", "end_reason": _("The cycle has ended.")})
	else:
		return False
	doc.save(ignore_permissions=True)
	return True


def groups_going_on(of_cycle: str | None = None) -> list[str]:
	"""Groups that go on from an earlier cycle, are accepted by all, and whose cycle has started."""
	group, cycle = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Cycle")
	query = (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.select(group.name)
		.where((group.status == "Proposed") & group.extends.notnull() & (cycle.status == "Running"))
		.orderby(group.name)
	)
	if of_cycle:
		query = query.where(group.cycle == of_cycle)
	return list(query.run(pluck=True))


def start_group(group: str) -> bool:
	"""Start such a group; what stands in the way is told to the coordinators, and it is tried again."""
	doc = open_group(group)
	waits = doc.mentors and not any(row.status == "Accepted" for row in doc.mentors)
	if doc.status != "Proposed" or waits or not any(row.status == "Accepted" for row in doc.members):
		return False
	doc.status = "Active"
	frappe.db.savepoint(_SAVEPOINT)
	try:
		doc.save(ignore_permissions=True)
	except RuleViolation as refused:
		frappe.db.rollback(save_point=_SAVEPOINT)
		frappe.clear_last_message()
		raise_events(doc, [ExtensionStuck(doc.cycle, error_text(refused))])
		return False
	return True


def set_cycle_status(cycle: str, status: str) -> MentoringCycle:
	"""Move a cycle to `status`; the table of statuses says from where."""
	doc = frappe.get_doc("Mentoring Cycle", cycle, for_update=True)
	doc.status = status
	return doc.save()


BATCH = 500
TOOK_PART = ("Approved", "Active", "Completed")


def follow_up(cycle: str) -> list[Callable[[], object]]:
	"""What the jobs do at once that the status of this cycle calls for (`JOB_OF` of its controller), step by step.

	Where applications open on a later day, as they will on that day.
	"""
	doc = frappe.get_doc("Mentoring Cycle", cycle)
	if doc.status == "Open":
		day = max(today(), getdate(doc.application_from))
		return [partial(ask_for_next_cycle, row, day) for row in open_cycles(day) if row.name == cycle]
	if doc.status == "Running":
		return [partial(start_group, group) for group in groups_going_on(cycle)]
	return []


def ask_for_next_cycle(cycle: frappe._dict, on: date, done: Callable[[], object] = int) -> tuple[int, int]:
	"""Ask groups whether they go on, and invite who took part last time; (asked, invited), reminders included.

	`done` is called after each part; a job commits there. Nobody is where the cycle says so.
	"""
	asked = invited = 0
	if not cycle.invite_last_cycle:
		return asked, invited
	if cycle.may_extend:
		asked = going_on.ask(cycle, on)
		done()
	for people in people_to_invite(cycle):
		invited += invite_people(cycle, people)
		done()
	return asked, invited


def open_cycles(on: date) -> list[frappe._dict]:
	"""The cycles that take applications on this day."""
	cycle, program = frappe.qb.DocType("Mentoring Cycle"), frappe.qb.DocType("Mentoring Program")
	return (
		frappe.qb.from_(cycle)
		.join(program)
		.on(program.name == cycle.program)
		.select(cycle.name, cycle.program, cycle.application_until, cycle.start_date, cycle.invite_last_cycle)
		.select(program.may_extend)
		.where((cycle.status == "Open") & (program.status == "Published"))
		.where((cycle.application_from <= on) & (cycle.application_until >= on))
		.orderby(cycle.name)
	).run(as_dict=True)


def people_to_invite(cycle: frappe._dict) -> Iterator[list[tuple[str, str]]]:
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


def invite_people(cycle: frappe._dict, people: list[tuple[str, str]]) -> int:
	"""Invite those of these people who are to be; returns how many weren't before. The caller commits."""
	roles = dict(people)
	asked = set(roles) - _applied(cycle.name, list(roles))
	if cycle.may_extend:
		asked -= going_on.offered_to(cycle)
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
