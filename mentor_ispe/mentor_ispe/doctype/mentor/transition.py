"""One step of a Mentor or Mentee record, whatever entry point it came through.

Both controllers call `validate_transition` in validate and `store_effects` in on_update. What follows is in
`mentor_ispe/consequences.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cint, cstr, getdate, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.domain import participants as domain
from mentor_ispe.domain.events import Event
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.domain.workshops import NOTED_IN, PARTS_FOR
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.membership import commitment
from mentor_ispe.permissions import gate
from mentor_ispe.readings.workshop_people import trainings_attended

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor

OTHER_SIDE = {"Mentor": "Mentee", "Mentee": "Mentor"}
# Kept by the groups; whatever a request says of them is put back.
PROTECTED_FIELDS = ("seats_taken", "mentoring_group", "waiting_since", "answer_by", "declined_mentors")
TRAINED = ("training_completed", "moderator_training_completed")


def validate_transition(doc: Mentor | Mentee) -> domain.Step:
	"""Refuse the step if a rule is broken; otherwise write what follows from it into `doc`."""
	_refuse_nobody(doc)
	stored = doc.get_doc_before_save()
	for field in PROTECTED_FIELDS:
		if doc.meta.has_field(field):
			doc.set(field, stored.get(field) if stored else None)
	if stored is None and frappe.db.exists(
		doc.doctype, domain.record_name(doc.doctype, doc.profile, doc.cycle)
	):
		_refuse_second(doc)
	before = _to_domain(stored) if stored else None
	after = _to_domain(doc)
	cycle = _cycle(doc, before, after)
	done = domain.step(before, after, cycle, _circumstances(doc, before, after))
	raise_violations(done.violations)
	_stamp(doc, before)
	return done


def store_effects(doc: Mentor | Mentee, done: domain.Step) -> list[Event]:
	"""Keep the count of the cycle's places, locked since a place was asked for. Returns what happened."""
	_count_places(doc.cycle, done.places)
	stored = doc.get_doc_before_save()
	trained = stored and any(cint(doc.get(field)) > cint(stored.get(field)) for field in TRAINED)
	return [*done.events, *([domain.TrainingNoted()] if trained else [])]


def _count_places(cycle: str, more: int) -> None:
	if more:
		taken = frappe.db.get_value("Mentoring Cycle", cycle, "places_taken", for_update=True)
		frappe.db.set_value(
			"Mentoring Cycle", cycle, "places_taken", max(0, cint(taken) + more), update_modified=False
		)


def note_earlier_training(doc: Mentor | Mentee) -> None:
	"""Note on a new application what the person attended earlier in workshops that count for every cycle."""
	if not (doc.profile and doc.cycle):
		return
	program = frappe.db.get_value("Mentoring Cycle", doc.cycle, "program")
	counted = {
		part
		for row in trainings_attended(program, [doc.profile])
		if not row.cycle or row.cycle == doc.cycle
		for part in PARTS_FOR[row.audience]
	}
	for part in counted:
		doctype, field = NOTED_IN[part]
		if doctype == doc.doctype:
			doc.set(field, 1)


def refuse_if_seated(doc: Mentor | Mentee) -> None:
	"""A record that holds a seat, or held one, isn't deleted: the groups' history points to it."""
	seated = doc.get("seats_taken") or doc.get("mentoring_group")
	if seated:
		raise_violations(
			[
				Violation(
					"still_seated",
					N_("{name} still has a place. Withdraw the application first."),
					{"name": doc.full_name or doc.name},
				)
			]
		)


def release_place(doc: Mentor | Mentee) -> None:
	"""Give back the place of a record that is being deleted."""
	_count_places(doc.cycle, -int(domain.takes_place(_to_domain(doc))))


@contextmanager
def one_application(doc: Mentor | Mentee) -> Iterator[None]:
	"""Say in words when another request entered the same application a moment before."""
	try:
		yield
	except frappe.DuplicateEntryError as error:
		if error.args[:1] != (doc.doctype,):
			raise
		frappe.clear_last_message()  # Frappe's, which speaks of a key
		_refuse_second(doc)


def _refuse_nobody(doc: Mentor | Mentee) -> None:
	"""The rules can't do without these two, and Frappe asks for missing values only after them.

	Of a link whose record brings in other fields it doesn't even ask whether the record exists.
	"""
	there = (doc.profile and frappe.db.exists("Mentoring Profile", doc.profile)) and (
		doc.cycle and frappe.db.exists("Mentoring Cycle", doc.cycle)
	)
	if not there:
		raise_violations(
			[Violation("incomplete", N_("Choose the person and the cycle of this application."))]
		)


def _refuse_second(doc: Mentor | Mentee) -> None:
	raise_violations(
		[
			Violation(
				"applied_already",
				N_("{name} already applied to {cycle}. Open that application instead."),
				{"name": doc.full_name or doc.profile, "cycle": doc.cycle},
			)
		]
	)


def _to_domain(doc: Mentor | Mentee) -> domain.Application:
	return domain.Application(
		role=doc.doctype,
		full_name=cstr(doc.full_name),
		status=doc.status,
		seats_offered=cint(doc.get("seats_offered")),
		decision_note=cstr(doc.decision_note),
	)


def _cycle(
	doc: Mentor | Mentee, before: domain.Application | None, after: domain.Application
) -> domain.CycleRules:
	takes = domain.takes_place(after) and not domain.takes_place(before)
	cycle = frappe.db.get_value(
		"Mentoring Cycle",
		doc.cycle,
		["status", "program", "application_from", "application_until", "places", "places_taken"],
		as_dict=True,
		for_update=takes,  # the last place goes to one request only
	)
	program = frappe.get_cached_doc("Mentoring Program", cycle.program)
	return domain.CycleRules(
		name=doc.cycle,
		status=cycle.status,
		application_from=getdate(cycle.application_from),
		application_until=getdate(cycle.application_until),
		places=cint(cycle.places),
		places_taken=cint(cycle.places_taken),
		format=program.format,
		max_seats=cint(program.max_seats),
		may_be_both=bool(program.may_be_both),
		published=program.status == "Published",
	)


def _circumstances(
	doc: Mentor | Mentee, before: domain.Application | None, after: domain.Application
) -> domain.Circumstances:
	refusals: tuple = ()
	if domain.commits(before, after):
		program = frappe.db.get_value("Mentoring Cycle", doc.cycle, "program")
		refusals = commitment.refusals([doc.profile], program).get(doc.profile, ())
	seated_in = ""
	if doc.get("mentoring_group"):
		seated_in = (
			frappe.db.get_value("Mentoring Group", doc.mentoring_group, "title") or doc.mentoring_group
		)
	return domain.Circumstances(
		today=today(),
		by_staff=gate.is_coordinator(),
		seats_taken=cint(doc.get("seats_taken")),
		seated_in=seated_in,
		applied_on_other_side=before is None and _applied_on_other_side(doc),
		refusals=refusals,
		goals_met=after.status == "Completed" and not seated_in and met_goals(doc.name),
		told=bool(doc.flags.told),  # a service says so, which no request can
	)


def met_goals(mentee: str) -> bool:
	"""Whether the last group this mentee sat in ended with the goals met."""
	group, row = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Group Member")
	last = (
		frappe.qb.from_(row)
		.join(group)
		.on(group.name == row.parent)
		.select(group.end_kind)
		.where((row.participant == mentee) & (row.status == "Ended") & (group.status == "Ended Early"))
		.orderby(group.end_date, order=frappe.qb.desc)
		.orderby(group.modified, order=frappe.qb.desc)
		.limit(1)
	).run(pluck=True)
	return last == ["Goals Met"]


def promised_answer(cycle: str, since: date) -> date | None:
	"""The last day of the time in which the cycle's program promises an answer; None: it promises none."""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	weeks = cint(frappe.get_cached_value("Mentoring Program", program, "reply_weeks")) if program else 0
	return since + timedelta(weeks=weeks) if weeks else None


def _applied_on_other_side(doc: Mentor | Mentee) -> bool:
	other = OTHER_SIDE[doc.doctype]
	status = frappe.db.get_value(other, domain.record_name(other, doc.profile, doc.cycle), "status")
	return status not in (None, "Rejected", "Withdrawn")


def _stamp(doc: Mentor | Mentee, before: domain.Application | None) -> None:
	old = before.status if before else None
	if old == doc.status:
		return
	now = now_datetime()
	if doc.status == "Applied":
		doc.update({"applied_on": now, "decided_on": None, "decided_by": None})
	elif doc.status in ("Approved", "Rejected"):
		doc.applied_on = doc.applied_on or now
		doc.update({"decided_on": now, "decided_by": frappe.session.user})
	if doc.status in domain.STANDING and (old is None or doc.status == "Applied"):
		doc.answer_by = promised_answer(doc.cycle, getdate(doc.applied_on))
	if doc.doctype == "Mentee":
		doc.waiting_since = now if doc.status == "Approved" else None
