"""Record that a meeting took place: who was there, what was said, what is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.concurrency.locks import SESSION, lock_group
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.sessions import action_items, notes, planning
from mentor_ispe.services.sessions.planning import open_meeting

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

Minutes = Mapping[str, int]


def record(
	session: str,
	profile: str | None = None,
	attendance: Minutes | None = None,
	*,
	summary: str | None = None,
	next_focus: str | None = None,
	new_items: Iterable[Mapping[str, Any]] = (),
	closed_items: Mapping[str, str] | None = None,
) -> MentoringSession:
	"""Record a planned meeting as held.

	`attendance` says who was there for how many minutes (0: not there); whoever isn't named wasn't, and
	without it everyone was who didn't answer No. What was said needs the `profile` of its writer, who holds
	an active seat; `new_items` are as in `action_items.add`, `closed_items` give items their new status.
	"""
	doc = open_meeting(session)
	if doc.status == "Held":
		who = frappe.db.get_value("User", doc.recorded_by, "full_name") or doc.recorded_by
		frappe.throw(
			_("{0} already recorded this meeting. Open it to correct it or to add to its notes.").format(who),
			exc=RuleViolation,
		)
	_set_attendance(doc, attendance)
	doc.status = "Held"
	doc.save(ignore_permissions=True)
	write_down(doc.name, profile, summary, next_focus, new_items, closed_items)
	return doc


def record_unplanned(
	group: str,
	starts_on: datetime | str,
	profile: str | None = None,
	attendance: Minutes | None = None,
	*,
	summary: str | None = None,
	next_focus: str | None = None,
	new_items: Iterable[Mapping[str, Any]] = (),
	closed_items: Mapping[str, str] | None = None,
	**values: Any,
) -> MentoringSession:
	"""Record a meeting that nobody had planned; `values` as for `planning.plan`."""
	lock_group(group)
	doc = frappe.new_doc(SESSION)
	doc.update({"mentoring_group": group, "starts_on": starts_on, "status": "Held"})
	planning.set_values(doc, values)
	if attendance is not None:
		_set_attendance(doc, attendance)
	doc.insert(ignore_permissions=True)
	write_down(doc.name, profile, summary, next_focus, new_items, closed_items)
	return doc


def correct(session: str, attendance: Minutes) -> MentoringSession:
	"""Correct who was at a meeting that was recorded; the versions of the meeting keep what was said before."""
	doc = open_meeting(session)
	if doc.status != "Held":
		frappe.throw(_("Record the meeting first."), exc=RuleViolation)
	_set_attendance(doc, attendance)
	return doc.save(ignore_permissions=True)


def write_down(
	session: str,
	profile: str | None,
	summary: str | None = None,
	next_focus: str | None = None,
	new_items: Iterable[Mapping[str, Any]] = (),
	closed_items: Mapping[str, str] | None = None,
) -> None:
	"""Write what was said in a meeting, in the name of one of the group."""
	said = bool(summary or next_focus or new_items or closed_items)
	if not said:
		return
	if not profile:
		frappe.throw(_("Only people in the group can write its notes."), exc=RuleViolation)
	notes.write(session, profile, summary=summary, next_focus=next_focus)
	action_items.add(session, profile, new_items)
	for item, status in (closed_items or {}).items():
		action_items.close(item, profile, status, session)


def checked_items(items: Any) -> list[Mapping[str, Any]]:
	"""New action items as they came in a request, refused where they aren't any."""
	items = items or []
	if not (isinstance(items, list) and all(isinstance(item, Mapping) for item in items)):
		frappe.throw(_("Send the action items as a list, each with its text."), exc=RuleViolation)
	return items


def checked_closed(items: Any) -> Mapping[str, str]:
	"""Items to close as they came in a request, each with its new status."""
	items = items or {}
	if not isinstance(items, Mapping):
		frappe.throw(_("For each action item, choose Done or Dropped."), exc=RuleViolation)
	return items


def _set_attendance(doc: MentoringSession, attendance: Minutes | None) -> None:
	if attendance is None:
		for row in doc.attendance:
			row.update({"attended": int(row.answer != "No"), "minutes": 0})
		return
	listed = {row.profile: row for row in doc.attendance}
	for profile in attendance:
		if profile not in listed:
			listed[profile] = doc.append("attendance", {"profile": profile})
	for profile, row in listed.items():
		minutes = cint(attendance.get(profile))
		if minutes < 0:
			frappe.throw(_("Minutes can't be negative."), exc=RuleViolation)
		row.update({"attended": int(minutes > 0), "minutes": minutes})
