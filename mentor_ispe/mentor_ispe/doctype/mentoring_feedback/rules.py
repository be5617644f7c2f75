"""The rules of one piece of feedback, whatever way it comes: the controller calls them.

Whoever writes locks their own profile first, then the request, so that two answers at the same moment
come one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cint, cstr, flt, getdate

from mentor_ispe.clock import format_short_date, today
from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.domain.feedback import submission_rules as rules
from mentor_ispe.domain.feedback.facts import About, Said, Writer
from mentor_ispe.domain.feedback.kinds import KINDS, FeedbackKind
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.mentor_ispe.doctype.mentoring_feedback import private_answers
from mentor_ispe.readings.seats import seat_in

if TYPE_CHECKING:
	from datetime import date

	from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.mentoring_feedback import MentoringFeedback

FEEDBACK, REQUEST, GROUP = "Mentoring Feedback", "Mentoring Feedback Request", "Mentoring Group"
# What a person may say in an answer to everybody who reads it; ratings are shares of 1, five stars are 1.0.
SHARED_FIELDS = ("rating", "comment", "may_publish")
UNANSWERED = ("Open", "Missed", "Waived")
# What an answer is about stays as it was given.
KEPT = ("profile", "kind", "cycle", "mentoring_group", "session", "request")


def complete(doc: MentoringFeedback) -> None:
	"""Fill in what follows from the rest, and put back what can't change."""
	stored = doc.get_doc_before_save()
	if stored:
		for field in KEPT:
			doc.set(field, stored.get(field))
	elif _kind(doc).about == "program":
		doc.update({"mentoring_group": None, "session": None})  # for the association, not for the group
	if _kind(doc).about != "session":
		doc.session = None
	if doc.mentoring_group:
		doc.cycle = frappe.db.get_value(GROUP, doc.mentoring_group, "cycle")
	if not _kind(doc).publishable:
		doc.may_publish = 0


def _kind(doc: MentoringFeedback) -> FeedbackKind:
	"""The kind of an answer; of one that there isn't, Frappe refuses the record afterwards."""
	return KINDS.get(doc.kind) or FeedbackKind(cstr(doc.kind), about="group")


def check(doc: MentoringFeedback) -> None:
	"""Refuse what a rule of the program doesn't allow; find the request that a new answer closes."""
	raise_violations(rules.check_words(_said(doc)))
	if not doc.is_new():
		_check_change(doc)
		return
	_lock_writer(doc.profile)
	raise_violations(rules.check_writer(_about(doc), _writer(doc)))
	doc.request = _request_for(doc)
	_refuse_second(doc)


def close_request(doc: MentoringFeedback) -> None:
	"""The request is given, also when it had been called missed or waived."""
	if doc.request:
		request = frappe.get_doc(REQUEST, doc.request, for_update=True)
		request.status = "Given"
		request.save(ignore_permissions=True)


def last_day_to_change(doc: MentoringFeedback) -> date:
	"""Until when the writer may change the answer."""
	return last_days_to_change([doc])[doc.name]


def last_days_to_change(given: Iterable[MentoringFeedback | frappe._dict]) -> dict[str, date]:
	"""The same of many answers, by name; one query."""
	answers = list(given)
	cycle, program = frappe.qb.DocType("Mentoring Cycle"), frappe.qb.DocType("Mentoring Program")
	days = dict(
		frappe.qb.from_(cycle)
		.join(program)
		.on(program.name == cycle.program)
		.select(cycle.name, program.feedback_days)
		.where(cycle.name.isin(sorted({answer.cycle for answer in answers}) or [""]))
		.run()
	)
	return {
		answer.name: rules.last_day_to_change(getdate(answer.creation), cint(days.get(answer.cycle)))
		for answer in answers
	}


def _lock_writer(profile: str) -> None:
	lock_row_for_write("Mentoring Profile", profile)


def _said(doc: MentoringFeedback) -> Said:
	private = private_answers.said_in(doc)
	return Said(
		flt(doc.rating),
		private["staff_rating"],
		cstr(doc.comment),
		private["staff_comment"],
		private["going"],
	)


def _about(doc: MentoringFeedback) -> About:
	group = frappe._dict()
	if doc.mentoring_group:
		group = frappe.db.get_value(GROUP, doc.mentoring_group, ["status", "format"], as_dict=True) or group
	session = frappe._dict()
	if doc.session:
		fields = ["status", "mentoring_group"]
		session = frappe.db.get_value("Mentoring Session", doc.session, fields, as_dict=True) or session
	return About(
		doc.kind,
		cstr(group.format),
		cstr(group.status),
		cstr(session.status),
		session.mentoring_group == doc.mentoring_group,
	)


def _writer(doc: MentoringFeedback) -> Writer:
	seat, mentor, moderates = (
		_seat(doc.mentoring_group, doc.profile) if doc.mentoring_group else ("", False, False)
	)
	attended = doc.session and frappe.db.exists(
		"Mentoring Session Attendance", {"parent": doc.session, "profile": doc.profile, "attended": 1}
	)
	return Writer(seat, mentor, moderates, _takes_part(doc.profile, doc.cycle), bool(attended))


def _seat(group: str, profile: str) -> tuple[str, bool, bool]:
	"""(state of the seat, whether it is the mentor's, whether its holder moderates)."""
	seat = seat_in(group, profile)
	# Whoever was let go before the group began never was in it.
	if seat is None or (seat.status == "Ended" and not seat.joined_on):
		return "", False, False
	return seat.status, seat.is_mentor, seat.is_moderator and not seat.is_mentor


def _takes_part(profile: str, cycle: str) -> bool:
	filters = {"profile": profile, "cycle": cycle, "status": ("in", ("Approved", "Active", "Completed"))}
	return any(frappe.db.exists(side, filters) for side in ("Mentor", "Mentee"))


def _request_for(doc: MentoringFeedback) -> str | None:
	"""The request that this answers, locked; None for what nobody asked for.

	One update is enough for a group, so it closes whoever's request; the latest unanswered one counts.
	"""
	filters = {"kind": doc.kind, "cycle": doc.cycle, "status": ("in", UNANSWERED)}
	if doc.mentoring_group:
		filters["mentoring_group"] = doc.mentoring_group
	if doc.session:
		filters["session"] = doc.session
	if not _kind(doc).one_for_all:
		filters["profile"] = doc.profile
	if doc.flags.request:
		filters["name"] = doc.flags.request
	found = frappe.get_all(REQUEST, filters, ["name", "status", "asked_on"], order_by="asked_on desc")
	found.sort(key=lambda request: request.status != "Open")  # stable: of the open ones the latest
	for request in found:
		if frappe.db.get_value(REQUEST, request.name, "status", for_update=True) in UNANSWERED:
			return request.name
	if doc.flags.request:
		frappe.throw(_("This has already been answered, or someone else was asked."), exc=RuleViolation)
	return None


def _refuse_second(doc: MentoringFeedback) -> None:
	"""One answer to each question: as long as it can be changed, it is changed instead."""
	kind = _kind(doc)
	if not kind.asked_for or (doc.request and not kind.once):
		return
	filters = {"profile": doc.profile, "kind": doc.kind, "cycle": doc.cycle}
	for field in ("mentoring_group", "session"):
		if doc.get(field):
			filters[field] = doc.get(field)
	for name in frappe.get_all(FEEDBACK, filters, pluck="name", order_by="creation desc", limit=1):
		given = frappe.get_doc(FEEDBACK, name)
		until = last_day_to_change(given)
		if today() <= until:
			frappe.throw(
				_("You've already given this feedback. You can change it until {0}.").format(
					format_short_date(until)
				),
				exc=RuleViolation,
			)
		if kind.once:
			frappe.throw(_("You've already given this feedback."), exc=RuleViolation)


def _check_change(doc: MentoringFeedback) -> None:
	"""After a while others have read the answer and it stays; consent to publish is taken back at any time."""
	stored = doc.get_doc_before_save()
	changed = {field for field in SHARED_FIELDS if (doc.get(field) or None) != (stored.get(field) or None)}
	if private_answers.said_in(doc) != private_answers.stored(doc.name):
		changed.add("private")
	if "may_publish" in changed and not cint(doc.may_publish):
		changed.remove("may_publish")
	until = last_day_to_change(stored)
	if changed and today() > until:
		frappe.throw(
			_("This feedback could be changed until {0}. Please give new feedback instead.").format(
				format_short_date(until)
			),
			exc=RuleViolation,
		)
