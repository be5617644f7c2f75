"""What a coordinator puts off until a day: out of everybody's worklist until then, and back by itself.

It is Frappe's own assignment: whoever puts a record off looks after it, with a task (ToDo) for that day. So it
stands in the record's timeline and in the person's tasks, and ends with the task.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.query_builder import DocType
from frappe.utils import getdate
from pypika.queries import QueryBuilder

from mentor_ispe.clock import format_short_date, today
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import COORDINATORS
from mentor_ispe.services.desk.worklist_kinds import KINDS

TASK = "ToDo"
DOCTYPES = tuple(sorted({kind.doctype for kind in KINDS}))
SHOWN = 50
"""Records that the worklist names as put off."""


@dataclass(frozen=True)
class Snoozed:
	"""A record that is out of the worklist until a day, and the user who put it off."""

	doctype: str
	name: str
	title: str
	until: date
	by: str


def snooze(doctype: str, name: str, until: Any) -> None:
	"""Put a record off until a day after today; again changes the day. Raises RuleViolation."""
	frappe.has_permission(doctype, "read", name, throw=True)
	day = _day(until)
	user = frappe.session.user
	task = frappe.db.get_value(TASK, {**_open_of(doctype, name), "allocated_to": user})
	if task:
		doc = frappe.get_doc(TASK, task)
		doc.update({"date": day, "assigned_by": user})
		doc.save(ignore_permissions=True)
		return
	assign_to.add(
		{
			"assign_to": [user],
			"doctype": doctype,
			"name": name,
			"date": str(day),
			"description": _("Snoozed until {0}.").format(format_short_date(day)),
		}
	)


def wake(doctype: str, name: str) -> None:
	"""Bring a record back into the worklist now, whoever put it off."""
	frappe.has_permission(doctype, "read", name, throw=True)
	for task in _asleep(today(), [doctype]).where(DocType(TASK).reference_name == name).run(as_dict=True):
		assign_to.remove(doctype, name, task.allocated_to, ignore_permissions=True)


def names(day: date) -> dict[str, set[str]]:
	"""The names of what is put off on a day, by DocType; one query."""
	found: dict[str, set[str]] = {}
	for task in _asleep(day, DOCTYPES).run(as_dict=True):
		found.setdefault(task.reference_type, set()).add(task.reference_name)
	return found


def shown(day: date) -> list[Snoozed]:
	"""What is put off and the user may read, what comes back first before the rest; a query for each DocType."""
	tasks = _asleep(day, DOCTYPES).run(as_dict=True)
	titles = {doctype: _titles(doctype, tasks) for doctype in {task.reference_type for task in tasks}}
	found = [
		Snoozed(
			task.reference_type,
			task.reference_name,
			titles[task.reference_type][task.reference_name],
			getdate(task.date),
			task.allocated_to,
		)
		for task in tasks
		if task.reference_name in titles[task.reference_type]
	]
	return sorted(found, key=lambda each: (each.until, each.title))[:SHOWN]


def _titles(doctype: str, tasks: list[frappe._dict]) -> dict[str, str]:
	if not frappe.has_permission(doctype, "read"):
		return {}
	title = frappe.get_meta(doctype).get_title_field()
	of_doctype = [task.reference_name for task in tasks if task.reference_type == doctype]
	rows = frappe.get_list(doctype, {"name": ["in", of_doctype]}, ["name", title], limit=0)
	return {row.name: row[title] or row.name for row in rows}


def _asleep(day: date, doctypes: Iterable[str]) -> QueryBuilder:
	"""The tasks that a coordinator gave themselves for a later day. One from a colleague is to be done until then.

	Whoever may read a record may make such a task; only those whose worklist it is take something out of it.
	"""
	task, role = DocType(TASK), DocType("Has Role")
	coordinators = frappe.qb.from_(role).select(role.parent)
	coordinators = coordinators.where((role.parenttype == "User") & role.role.isin(sorted(COORDINATORS)))
	return (
		frappe.qb.from_(task)
		.select(task.reference_type, task.reference_name, task.date, task.allocated_to)
		.where((task.status == "Open") & (task.date > day) & task.reference_type.isin(list(doctypes)))
		.where((task.allocated_to == task.assigned_by) & task.reference_name.notnull())
		.where(task.allocated_to.isin(coordinators) | (task.allocated_to == "Administrator"))
	)


def _open_of(doctype: str, name: str) -> dict[str, str]:
	return {"reference_type": doctype, "reference_name": name, "status": "Open"}


def _day(until: Any) -> date:
	try:
		day = getdate(until)
	except Exception:
		day = None
	if not day or day <= today():
		frappe.throw(_("Choose a date after today."), exc=RuleViolation)
	return day
