"""Raise a concern, look after it, and read one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe

from mentor_ispe.permissions.own_session import require_own_session

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_concern.mentoring_concern import MentoringConcern

CONCERN, STEP = "Mentoring Concern", "Mentoring Concern Step"
SHOWN = ("name", "mentoring_group", "status", "kind", "concern", "answer", "creation", "closed_on")


def raise_concern(group: str, profile: str, kind: str, words: str) -> MentoringConcern:
	"""Raise a concern about anything in a group that the person is or was in.

	The caller has checked that the user is this person. Only they and the coordinators who aren't in that
	group see it.
	"""
	doc = frappe.new_doc(CONCERN)
	doc.update({"mentoring_group": group, "raised_by": profile, "kind": kind, "concern": words})
	return doc.insert(ignore_permissions=True)


def take_step(
	concern: str,
	status: str | None = None,
	note: str = "",
	answer: str | None = None,
	assigned_to: str | None = None,
) -> MentoringConcern:
	"""Move a concern on, as a coordinator: the note is for coordinators, the answer for the person."""
	doc = frappe.get_doc(CONCERN, concern, for_update=True)
	doc.check_permission("write")
	doc.step_note = note
	if status:
		doc.status = status
	if answer is not None:
		doc.answer = answer
	if assigned_to is not None:
		doc.assigned_to = assigned_to or None
	return doc.save()


def raised_by(profile: str) -> list[dict]:
	"""A person's own concerns, for themselves: newest first, with the dated steps but not the coordinators' notes."""
	require_own_session()
	rows = frappe.get_all(CONCERN, {"raised_by": profile}, SHOWN, order_by="creation desc")
	titles = dict(
		frappe.get_all(
			"Mentoring Group",
			{"name": ("in", [row.mentoring_group for row in rows] or [""])},
			["name", "title"],
			as_list=True,
		)
	)
	steps: dict[str, list[dict]] = {}
	for step in frappe.get_all(
		STEP,
		{"parent": ("in", [row.name for row in rows] or [""]), "parenttype": CONCERN},
		["parent", "status", "taken_on"],
		order_by="parent, idx",
	):
		steps.setdefault(step.parent, []).append({"status": step.status, "taken_on": step.taken_on})
	return [
		{**row, "group_title": titles.get(row.mentoring_group), "steps": _moves(steps.get(row.name, []))}
		for row in rows
	]


def _moves(steps: list[dict]) -> list[dict]:
	"""The steps to another status: notes in between are the coordinators' own."""
	return [
		step
		for before, step in zip([None, *steps], steps, strict=False)
		if not before or before["status"] != step["status"]
	]
