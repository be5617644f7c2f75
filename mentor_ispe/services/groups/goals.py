"""Goals of mentees, peers and mentors: set, worked on step by step, and looked at again at the end.

The person who set a goal writes it and nobody else; the group reads it unless it isn't shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from mentor_ispe.domain import goals as domain
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings.seats import seat_in

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_goal.mentoring_goal import MentoringGoal

GOAL = "Mentoring Goal"
# What a person writes; the rest follows.
OWN_FIELDS = ("title", "description", "target_date", "progress", "shared", "steps")
STEP_FIELDS = ("step", "due_on", "done")
SHOWN = (
	"name",
	"profile",
	"full_name",
	"mentoring_group",
	"cycle",
	"role",
	"status",
	"target_date",
	"progress",
	"shared",
	"title",
	"description",
	"reviewed_on",
	"review",
	"carried_to",
)


def goals_of(profile: str, cycle: str | None = None) -> list[dict[str, Any]]:
	"""A person's own goals with their steps, the open ones first; without those that went on elsewhere."""
	filters: dict[str, Any] = {"profile": profile, "carried_to": ("is", "not set")}
	if cycle:
		filters["cycle"] = cycle
	return _shown(filters)


def every_goal_of(profile: str) -> list[dict[str, Any]]:
	"""The same with those that went on elsewhere, for the copy of one's data."""
	return _shown({"profile": profile})


def goals_in(group: str, reader: str | None = None) -> list[dict[str, Any]]:
	"""The goals of a group with their steps: all of them, or what the person `reader` may see."""
	shown = _shown({"mentoring_group": group})
	return [goal for goal in shown if reader is None or goal["shared"] or goal["profile"] == reader]


def save_goal(
	profile: str,
	values: Mapping[str, Any],
	name: str | None = None,
	group: str | None = None,
	cycle: str | None = None,
	role: str | None = None,
) -> MentoringGoal:
	"""Change one's goal, or set a new one in a group, or for a cycle whose match is still to come.

	`values` are OWN_FIELDS; `steps` are rows of STEP_FIELDS, which replace those there were.
	"""
	unknown = sorted(set(values) - set(OWN_FIELDS))
	if unknown:
		frappe.throw(
			_("A goal has no field {0} that you can set.").format(", ".join(unknown)), exc=RuleViolation
		)
	if name:
		doc = _own(name, profile)
	else:
		doc = frappe.new_doc(GOAL)
		doc.update(
			{
				"profile": profile,
				"mentoring_group": group,
				"cycle": cycle,
				"role": role or "Mentee",
				"shared": 1,
			}
		)
	for field, value in values.items():
		doc.set(field, _steps(value) if field == "steps" else value)
	return doc.save(ignore_permissions=True)


def review_goal(profile: str, name: str, status: str, review: str) -> MentoringGoal:
	"""Look at one's goal again: "Achieved", "Partly Achieved" or "Dropped", with words of what came of it."""
	doc = _own(name, profile)
	doc.update({"status": status, "review": review})
	doc.flags.reviewed_again = True
	return doc.save(ignore_permissions=True)


def reopen(profile: str, name: str) -> MentoringGoal:
	"""Go on with a goal that was reviewed."""
	doc = _own(name, profile)
	doc.status = "Open"
	return doc.save(ignore_permissions=True)


def tick(profile: str, name: str, step: int, done: bool) -> MentoringGoal:
	"""Say whether the step in row `step` (from 1) is done."""
	doc = _own(name, profile)
	rows = [row for row in doc.steps if row.idx == step]
	if not rows:
		frappe.throw(_("This goal has no step {0}.").format(step), exc=RuleViolation)
	rows[0].done = int(done)
	return doc.save(ignore_permissions=True)


def copy_open_goals(old_group: str, new_group: str) -> list[str]:
	"""Carry the open goals of a group into the one it goes on in; return the names of the new ones.

	Goals of those who aren't in the new group stay behind. Done twice, it carries nothing a second time.
	"""
	carried = []
	cycle = frappe.db.get_value("Mentoring Group", new_group, "cycle")
	for name in frappe.get_all(
		GOAL,
		{"mentoring_group": old_group, "status": "Open", "carried_to": ("is", "not set")},
		pluck="name",
		order_by="creation, name",
	):
		old = frappe.get_doc(GOAL, name, for_update=True)
		seat = seat_in(new_group, old.profile)
		if old.carried_to or seat is None or not seat.live:
			continue
		new = frappe.new_doc(GOAL)
		new.update(
			{
				"profile": old.profile,
				"mentoring_group": new_group,
				"cycle": cycle,
				"role": seat.role,
				**{field: old.get(field) for field in OWN_FIELDS if field != "steps"},
				"steps": _steps([row.as_dict() for row in old.steps]),
			}
		)
		new.flags.carried = True
		new.insert(ignore_permissions=True)
		old.db_set("carried_to", new.name)
		carried.append(new.name)
	return carried


def _own(name: str, profile: str) -> MentoringGoal:
	"""The goal, locked, if it is this person's; nobody is told whether another person's exists."""
	if frappe.db.get_value(GOAL, name, "profile") != profile:
		raise frappe.PermissionError(_("This goal isn't yours."))
	return frappe.get_doc(GOAL, name, for_update=True)


def _steps(rows: Any) -> list[dict[str, Any]]:
	if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
		frappe.throw(_("Send the steps as a list."), exc=RuleViolation)
	return [{field: row.get(field) for field in STEP_FIELDS} for row in rows]


def _shown(filters: dict[str, Any]) -> list[dict[str, Any]]:
	goals = frappe.get_all(GOAL, filters=filters, fields=list(SHOWN), order_by="creation, name")
	steps: dict[str, list[dict[str, Any]]] = {goal.name: [] for goal in goals}
	if goals:
		for row in frappe.get_all(
			"Mentoring Goal Step",
			filters={"parent": ("in", list(steps)), "parenttype": GOAL},
			fields=["parent", "idx", *STEP_FIELDS],
			order_by="parent, idx",
		):
			steps[row.pop("parent")].append(dict(row))
	shown = [{**goal, "steps": steps[goal.name]} for goal in goals]
	return sorted(shown, key=lambda goal: goal["status"] in domain.REVIEWED)
