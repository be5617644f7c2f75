"""What the days of a cycle bring by themselves: applications close, the cycle starts, its groups complete."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _

from mentor_ispe.domain.events import ExtensionStuck
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation, error_text
from mentor_ispe.services.groups.commands import open_group

_SAVEPOINT = "mentoring_start_group"

# (from, to, the day that brings it, whether it comes on that day or after it)
STEPS = (
	("Open", "Matching", "application_until", "<"),
	("Matching", "Running", "start_date", "<="),
)


def due(status: str, field: str, compared: str, on: date) -> list[str]:
	"""Cycles in `status` whose day `field` is past (`compared` "<") or has come ("<=")."""
	return frappe.get_all(
		"Mentoring Cycle",
		{"status": status, field: (compared, on)},
		pluck="name",
		order_by="start_date, name",
	)


def over(on: date) -> list[str]:
	"""Running cycles whose last day is past."""
	return due("Running", "end_date", "<", on)


def move(cycle: str, old: str, new: str) -> bool:
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


def groups_going_on() -> list[str]:
	"""Groups that go on from an earlier cycle, are accepted by all, and whose cycle has started."""
	group, cycle = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Cycle")
	return list(
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.cycle)
		.select(group.name)
		.where((group.status == "Proposed") & group.extends.notnull() & (cycle.status == "Running"))
		.orderby(group.name)
		.run(pluck=True)
	)


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
