"""What else changes when a running group closes, or when somebody leaves it, whatever door it came through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cstr, now_datetime

from mentor_ispe.domain.groups import CLOSING, GONE_SEATS
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails import coordinators, outbox
from mentor_ispe.mails.default_templates import groups as templates
from mentor_ispe.services.sessions import planning

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

STARTED = ("Active", "Suspended")
# Asked for at the end of a group: these stay open when it closes.
ASKED_AT_THE_END = ("Closing", "Program")


def follow(doc: MentoringGroup) -> None:
	"""Called by the controller after each save; does something only when a running group moves on."""
	stored = doc.get_doc_before_save()
	if stored is None or stored.status != "Active":
		return
	if doc.status in CLOSING:
		_close(doc, stored)
	else:
		_see_off(doc, stored)


def _close(doc: MentoringGroup, stored: MentoringGroup) -> None:
	"""Cancel what was planned; after an early ending ask for no more feedback than the closing one."""
	cancel_planned_sessions(doc.name, _("{0} has ended.").format(doc.title))
	if doc.status == "Ended Early":
		waive_requests(doc.name)
		values = {
			"kind": cstr(doc.end_kind),
			"reason": cstr(doc.end_reason),
			"waiting": _who_waits(doc, stored),
		}
		_tell_coordinators(doc, "group-ended-early", templates.ENDED_EARLY, values)
	if doc.status == "Completed":
		for profile in _active(stored):
			_tell(doc, profile, templates.GROUP_COMPLETED, {})


def _see_off(doc: MentoringGroup, stored: MentoringGroup) -> None:
	"""Tell those who stay that somebody left, and the coordinators when the others can't well go on."""
	before = {row.name: row.status for row in stored.members}
	left = [row for row in doc.members if before.get(row.name) in STARTED and row.status in GONE_SEATS]
	stay = sum(row.status in STARTED for row in doc.members)
	least = frappe.get_cached_value("Mentoring Program", doc.program, "group_size_min")
	for row in left:
		_say_left(doc, row.profile, row.full_name)
		if stay < least:
			values = {"person": row.full_name, "reason": cstr(row.reason), "left": stay, "least": least}
			_tell_coordinators(doc, "group-small", templates.GROUP_SMALL, values, row.name)
	if stored.mentor_status in STARTED and doc.mentor_status in GONE_SEATS:
		_say_left(doc, frappe.db.get_value("Mentor", doc.mentor, "profile"), doc.mentor_name)
		values = {"person": doc.mentor_name, "reason": cstr(doc.mentor_reason), "left": stay}
		_tell_coordinators(doc, "group-without-mentor", templates.GROUP_WITHOUT_MENTOR, values, doc.mentor)


def _say_left(doc: MentoringGroup, who: str, name: str) -> None:
	waive_requests(doc.name, who)
	for profile in _active(doc):
		_tell(doc, profile, templates.MEMBER_LEFT, {"person": name}, who)


def cancel_planned_sessions(group: str, reason: str) -> list[str]:
	"""Cancel the group's meetings that are still to come; the session's own rules tell those invited."""
	planned = frappe.db.get_values(
		"Mentoring Session",
		{"mentoring_group": group, "status": "Planned", "starts_on": (">", now_datetime())},
		"name",
		order_by="starts_on",
		for_update=True,  # also those that another request planned a moment ago
		pluck="name",
	)
	for name in planned:
		planning.cancel(name, reason)
	return planned


def waive_requests(group: str, profile: str | None = None) -> None:
	"""Ask no more for the feedback that only a running group owes, of one person or of everybody in it."""
	request = frappe.qb.DocType("Mentoring Feedback Request")
	query = (
		frappe.qb.update(request)
		.set(request.status, "Waived")
		.set(request.modified, now_datetime())
		.where((request.mentoring_group == group) & (request.status == "Open"))
		.where(request.kind.notin(ASKED_AT_THE_END))
	)
	if profile:
		query = query.where(request.profile == profile)
	query.run()


def _active(doc: MentoringGroup) -> list[str]:
	people = [row.profile for row in doc.members if row.status == "Active"]
	if doc.mentor and doc.mentor_status == "Active":
		people.insert(0, frappe.db.get_value("Mentor", doc.mentor, "profile"))
	return people


def _tell(doc: MentoringGroup, profile: str, template: str, context: dict, *about: str) -> None:
	outbox.enqueue(
		key=make_key(template, doc.name, profile, doc.modified, *about),
		template=template,
		profile=profile,
		context={"group": doc.title, "cycle": doc.cycle, **context},
		reference=(doc.doctype, doc.name),
	)


def _tell_coordinators(doc: MentoringGroup, occasion: str, template: str, values: dict, *about: str) -> None:
	coordinators.notify(
		make_key(occasion, doc.name, *about),
		template,
		{"group": doc.title, "cycle": doc.cycle, **values},
		(doc.doctype, doc.name),
	)


def _who_waits(doc: MentoringGroup, stored: MentoringGroup) -> list[str]:
	leaves = doc.flags.leaves_the_cycle
	return [row.full_name for row in stored.members if row.status in STARTED and row.profile != leaves]
