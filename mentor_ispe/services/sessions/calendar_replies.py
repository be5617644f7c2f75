"""Answers that calendar programs send to the association's mailbox, see `domain/calendar_replies.py`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import frappe
from frappe.utils import now_datetime

from mentor_ispe.concurrency.locks import SESSION
from mentor_ispe.domain.calendar_replies import Invitation, Reply, counts
from mentor_ispe.mails.calendar_events import aware
from mentor_ispe.services.sessions import finding, planning

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession
	from mentor_ispe.mentor_ispe.doctype.mentoring_session_attendance.mentoring_session_attendance import (
		MentoringSessionAttendance,
	)

ATTENDANCE = "Mentoring Session Attendance"


class Answered(NamedTuple):
	"""Whose answer was written down, in which group."""

	group: str
	profile: str


def record_answer(reply: Reply) -> Answered | None:
	"""Write down what the person answers, as if they had on the page.

	None, and nothing is changed, for an answer that doesn't count: somebody else's, one about another time, one that
	is older than what the person said since. So the same mail may be read twice.
	"""
	session = frappe.db.get_value(ATTENDANCE, {"calendar_uid": reply.uid, "parenttype": SESSION}, "parent")
	if not session:
		return None
	doc = planning.open_meeting(session)
	row = next((row for row in doc.attendance if row.calendar_uid == reply.uid), None)
	if not row or not planning.is_ahead(doc) or not counts(reply, _invitation(doc, row)):
		return None
	row.answer = reply.answer
	doc.flags.answered_on = {row.profile: _on_site_clock(reply)}
	doc.save(ignore_permissions=True)
	return Answered(doc.mentoring_group, row.profile)


def _invitation(doc: MentoringSession, row: MentoringSessionAttendance) -> Invitation:
	return Invitation(
		uid=row.calendar_uid or "",
		address=frappe.db.get_value("Mentoring Profile", row.profile, "email") or "",
		first=doc.asked_sequence,
		last=doc.calendar_sequence,
		answered_at=aware(row.answered_on) if row.answered_on else None,
	)


def _on_site_clock(reply: Reply) -> datetime:
	"""When it was written; not later than now, should that computer's clock be ahead."""
	written = reply.stamp.astimezone(finding.site_zone()).replace(tzinfo=None)
	return min(written, now_datetime())
