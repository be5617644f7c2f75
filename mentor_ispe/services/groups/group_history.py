"""What happened in a group, as dated events from the records: a constant number of queries, and no private word.

Nothing that somebody wrote is in it: no reasons, notes, concerns or ratings, only that and when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, getdate

from mentor_ispe.clock import today
from mentor_ispe.mails.default_templates.feedback import GROUP_ALARM

GROUP, SESSION, NOTICE = "Mentoring Group", "Mentoring Session", "Mentoring Notice"
FEEDBACK = "Mentoring Feedback"
DECLINED = ("Declined", "Expired")
LEFT = ("Withdrawn", "Ended")
OVER = ("Completed", "Ended Early", "Cancelled")


@dataclass(frozen=True)
class Event:
	"""One thing on the day `on`; `kind` tells what sort, `words` what it is, `record` where it leads."""

	on: date
	kind: str
	words: str
	record: tuple[str, str] | None = None
	planned: bool = False


def history(group: str) -> list[Event]:
	"""The events of a group, earliest first; planned ones are at the end. Lists that the user may not read are left out."""
	doc = frappe.get_doc(GROUP, group)
	events = [
		*_beginning(doc),
		*_answers(doc),
		*_changes(doc),
		*_meetings(doc.name),
		*_feedback(doc.name),
		*_alarms(doc.name),
		*_end(doc),
	]
	order = {kind: place for place, kind in enumerate(KINDS)}
	return sorted(events, key=lambda event: (event.on, order[event.kind]))


KINDS = (
	"proposed",
	"answer",
	"declined",
	"start",
	"charter",
	"meeting",
	"speaker",
	"feedback",
	"alarm",
	"joined",
	"left",
	"extension",
	"end",
)
"""Of one day, the earlier kind comes first."""


def _beginning(doc: Any) -> Iterator[Event]:
	if doc.proposed_on:
		run = ("Mentoring Match Run", doc.match_run) if doc.match_run else None
		words = _("Proposed, from a match run") if run else _("Proposed")
		yield Event(getdate(doc.proposed_on), "proposed", words, run)
	if doc.extends:
		yield Event(
			getdate(doc.creation), "extension", _("Continued from the previous cycle"), (GROUP, doc.extends)
		)
	if doc.start_date:
		yield Event(getdate(doc.start_date), "start", _("Started"))
	if doc.charter_agreed_on:
		yield Event(getdate(doc.charter_agreed_on), "charter", _("Everyone agreed to the charter"))


def _answers(doc: Any) -> Iterator[Event]:
	for row in doc.seats:
		moment, seat, name = row.responded_on, row.status, row.full_name
		if not moment:
			continue
		no = seat in DECLINED
		words = _("{0} declined") if no else _("{0} accepted")
		yield Event(getdate(moment), "declined" if no else "answer", words.format(cstr(name)))


def _changes(doc: Any) -> Iterator[Event]:
	for row in doc.seats:
		if row.joined_on and doc.start_date and getdate(row.joined_on) > getdate(doc.start_date):
			yield Event(getdate(row.joined_on), "joined", _("{0} joined").format(row.full_name))
		if row.left_on and row.status in LEFT and doc.start_date:
			yield Event(getdate(row.left_on), "left", _("{0} left").format(row.full_name))


def _meetings(group: str) -> Iterator[Event]:
	day = today()
	rows = frappe.get_list(
		SESSION,
		{"mentoring_group": group, "status": ["in", ["Held", "Planned"]]},
		["name", "status", "starts_on", "guest_speaker"],
		order_by="starts_on",
		limit=0,
	)
	attendance = _attended([row.name for row in rows])
	for row in rows:
		on = getdate(row.starts_on)
		kind = "speaker" if row.guest_speaker else "meeting"
		if row.status == "Held":
			words = (
				_("Met with a guest speaker, {0} attended") if row.guest_speaker else _("Met, {0} attended")
			)
			yield Event(on, kind, words.format(attendance.get(row.name, 0)), (SESSION, row.name))
		elif on >= day:
			words = (
				_("Meeting with a guest speaker scheduled") if row.guest_speaker else _("Meeting scheduled")
			)
			yield Event(on, kind, words, (SESSION, row.name), planned=True)
		else:
			yield Event(on, kind, _("Meeting scheduled, not recorded yet"), (SESSION, row.name))


def _attended(sessions: list[str]) -> dict[str, int]:
	if not sessions:
		return {}
	rows = frappe.get_all(
		"Mentoring Session Attendance",
		{"parent": ["in", sessions], "parenttype": SESSION, "attended": 1},
		pluck="parent",
		order_by=None,
	)
	return {name: rows.count(name) for name in sessions}


def _feedback(group: str) -> Iterator[Event]:
	"""That somebody said something, not what; several of a day and kind are one event."""
	if not frappe.has_permission(FEEDBACK):
		return
	rows = frappe.get_list(
		FEEDBACK, {"mentoring_group": group}, ["kind", "creation"], order_by="creation", limit=0
	)
	days: dict[tuple[date, str], int] = {}
	for row in rows:
		key = (getdate(row.creation), row.kind)
		days[key] = days.get(key, 0) + 1
	for (on, kind), number in days.items():
		words = (
			_("Feedback: {0}").format(_(kind))
			if number == 1
			else _("Feedback: {0}, {1} times").format(_(kind), number)
		)
		yield Event(on, "feedback", words)


def _alarms(group: str) -> Iterator[Event]:
	"""What coordinators were called for, from the mails about it; once however many they were."""
	if not frappe.has_permission(NOTICE):
		return
	rows = frappe.get_list(
		NOTICE,
		{"reference_doctype": GROUP, "reference_name": group, "template": GROUP_ALARM},
		["creation", "context"],
		order_by="creation",
		limit=0,
	)
	told = {
		(getdate(row.creation), cstr(frappe.parse_json(row.context or "{}").get("alarm"))) for row in rows
	}
	for on, alarm in told:
		yield Event(on, "alarm", _("Alarm: {0}").format(alarm) if alarm else _("Alarm"))


def _end(doc: Any) -> Iterator[Event]:
	if doc.extended_to:
		on = frappe.db.get_value(GROUP, doc.extended_to, "creation")
		yield Event(getdate(on), "extension", _("Continues in the next cycle"), (GROUP, doc.extended_to))
	if doc.status in OVER and doc.end_date:
		words = _("Ended early: {0}").format(_(doc.end_kind)) if doc.end_kind else _(doc.status)
		yield Event(getdate(doc.end_date), "end", words)
	elif doc.status == "Active":
		last = frappe.db.get_value("Mentoring Cycle", doc.cycle, "end_date")
		if last and getdate(last) >= today():
			yield Event(getdate(last), "end", _("Cycle ends"), planned=True)
