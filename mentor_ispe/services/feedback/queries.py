"""Feedback as it is read: what a person was asked, what they gave, what people said to their group."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe.utils import getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.feedback.facts import PAIR, About, Writer
from mentor_ispe.domain.feedback.kinds import CHECK_IN, GROUP_UPDATE, STORY, codes_of, next_period_end
from mentor_ispe.domain.feedback.submission_rules import check_writer
from mentor_ispe.domain.seats import Seat
from mentor_ispe.mentor_ispe.doctype.mentoring_feedback import private_answers
from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.rules import last_days_to_change
from mentor_ispe.permissions.own_session import is_own_session, require_own_session
from mentor_ispe.services.feedback.due_queries import meeting_days, rhythms

FEEDBACK, REQUEST = "Mentoring Feedback", "Mentoring Feedback Request"
_SHOWN = (
	"name",
	"kind",
	"cycle",
	"mentoring_group",
	"session",
	"rating",
	"comment",
	"may_publish",
	"creation",
)


def my_requests(profile: str) -> list[frappe._dict]:
	"""What the person was asked and hasn't answered: open ones first, then missed ones, which stay open to them."""
	rows = frappe.get_all(
		REQUEST,
		filters={"profile": profile, "status": ("in", ("Open", "Missed"))},
		fields=["name", "kind", "status", "due_on", "cycle", "mentoring_group", "session", "reminders"],
		order_by="due_on asc, name asc",
	)
	return sorted(rows, key=lambda row: row.status != "Open")


def my_feedback(profile: str) -> list[dict[str, Any]]:
	"""Everything the person gave, what they said in private included, newest first; for themselves alone."""
	require_own_session()
	rows = frappe.get_all(
		FEEDBACK,
		filters={"profile": profile},
		fields=_SHOWN,
		order_by="creation desc, name desc",
	)
	until = last_days_to_change(rows)
	private = private_answers.stored_of(row.name for row in rows)
	return [
		{**row, **private.get(row.name, private_answers.NOTHING), "change_until": until[row.name]}
		for row in rows
	]


def group_feedback(group: str) -> list[frappe._dict]:
	"""What the people of a group said to it, for one of them; nothing private. The caller has asked the gate."""
	return frappe.get_all(
		FEEDBACK,
		filters={"mentoring_group": group, "kind": ("not in", codes_of(about="program"))},
		fields=["profile", "full_name", *_SHOWN],
		order_by="creation desc, name desc",
	)


def stories(program: str | None = None, cycle: str | None = None) -> list[dict[str, Any]]:
	"""The success stories that may be published, newest first: who tells them, of which cycle, the words."""
	feedback, of = frappe.qb.DocType(FEEDBACK), frappe.qb.DocType("Mentoring Cycle")
	query = (
		frappe.qb.from_(feedback)
		.join(of)
		.on(of.name == feedback.cycle)
		.select(feedback.name, feedback.full_name, feedback.cycle, feedback.comment, feedback.creation)
		.where((feedback.kind == STORY.code) & (feedback.may_publish == 1))
		.orderby(feedback.creation, order=frappe.qb.desc)
		.orderby(feedback.name)
	)
	if program:
		query = query.where(of.program == program)
	if cycle:
		query = query.where(feedback.cycle == cycle)
	return query.run(as_dict=True)


def latest_stories(count: int) -> list[frappe._dict]:
	"""The newest stories that may be published, of programs that everyone may see: `full_name`, `program`, `comment`."""
	feedback, cycle, program = map(frappe.qb.DocType, (FEEDBACK, "Mentoring Cycle", "Mentoring Program"))
	return (
		frappe.qb.from_(feedback)
		.join(cycle)
		.on(cycle.name == feedback.cycle)
		.join(program)
		.on(program.name == cycle.program)
		.select(feedback.full_name, cycle.program, feedback.comment)
		.where((feedback.kind == STORY.code) & (feedback.may_publish == 1))
		.where((program.status == "Published") & feedback.comment.notnull() & (feedback.comment != ""))
		.orderby(feedback.creation, order=frappe.qb.desc)
		.orderby(feedback.name)
		.limit(count)
	).run(as_dict=True)


def of_group(profile: str, group: str, cycle: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
	"""(owed, given) in a group, and about the program in its cycle; each with `held_on` of its meeting.

	What was given is left out unless the person themselves is signed in.
	"""

	def here(row: dict) -> bool:
		return row["mentoring_group"] == group or (not row["mentoring_group"] and row["cycle"] == cycle)

	owed = [row for row in my_requests(profile) if here(row)]
	given = [row for row in my_feedback(profile) if here(row)] if is_own_session() else []
	return _with_meeting(owed), _with_meeting(given)


def said_to_group(group: str) -> list[dict[str, Any]]:
	"""The same as `group_feedback`, each with `held_on` of its meeting."""
	return _with_meeting(group_feedback(group))


def _with_meeting(rows: list[Any]) -> list[dict[str, Any]]:
	held = meeting_days(row["session"] for row in rows)
	return [{**row, "held_on": held.get(row["session"])} for row in rows]


def next_update(group: frappe._dict, me: Seat) -> tuple[str, date | None] | None:
	"""(kind, when the next one is due) of what the person may say of how the group is doing, whenever they like.

	`group` is its head; None when it isn't theirs to say.
	"""
	kind = CHECK_IN if group.format == PAIR else GROUP_UPDATE
	writer = Writer(me.status, me.is_mentor, me.is_moderator and not me.is_mentor)
	if group.status != "Active" or check_writer(About(kind.code, group.format, group.status), writer):
		return None
	ends_on = frappe.db.get_value("Mentoring Cycle", group.cycle, "end_date")
	rhythm = rhythms()[group.program]
	due = next_period_end(getdate(group.start_date), rhythm, today(), ends_on and getdate(ends_on))
	return kind.code, due


def about_programs(profile: str) -> list[dict[str, Any]]:
	"""What the person is asked about a program as a whole, of whatever group."""
	return [row for row in my_requests(profile) if not row["mentoring_group"]]
