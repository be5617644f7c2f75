"""One step of a Mentoring Workshop, whatever door it came through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.utils import cint, cstr, get_datetime, now_datetime

from mentor_ispe.domain import workshops as domain
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.notifications import mentoring_workshop
from mentor_ispe.services.applications import eligibility
from mentor_ispe.services.applications.participant_step import by_staff
from mentor_ispe.services.readiness import training
from mentor_ispe.services.readiness.workshop_people import parts_of
from mentor_ispe.services.sessions import joining

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_workshop.mentoring_workshop import MentoringWorkshop

# Kept by the steps; whatever a request says of them is put back.
KEPT = ("places_taken", "announced_on", "calendar_sequence")
# Calendars are told when one of these changes.
IN_CALENDARS = ("title", "starts_on", "duration_minutes", "mode", "location", "link", "description")


def take(doc: MentoringWorkshop) -> None:
	"""Refuse the step if a rule is broken; otherwise write what follows from it into `doc`."""
	stored = doc.get_doc_before_save()
	for field in KEPT:
		if not (field == "announced_on" and doc.flags.announcing):
			doc.set(field, stored.get(field) if stored else None)
	_check_workshop(doc, stored)
	old = {row.name: row for row in stored.participants} if stored else {}
	_stamp(doc, old)
	workshop = _to_domain(doc)
	asked = _rows(doc, old)
	arranged = domain.arrange(workshop, asked)
	gone = [
		cstr(row.full_name) for name, row in old.items() if name not in {row.name for row in doc.participants}
	]
	raise_violations(domain.check(workshop, arranged, gone))
	for row, place in zip(doc.participants, arranged, strict=True):
		row.status = place.status
	doc.places_taken = sum(place.status in domain.ON_A_PLACE for place in arranged)
	_raise_sequence(doc, stored)


def follow_up(doc: MentoringWorkshop) -> None:
	"""Note the training of those who attended, invite them to the sessions they are ready for, tell people."""
	before = doc.get_doc_before_save()
	_note_training(doc, before)
	mentoring_workshop.workshop_changed(doc, before)


def refuse_deletion(doc: MentoringWorkshop) -> None:
	"""A workshop that somebody signed up for stays as history."""
	if doc.participants:
		raise_violations([Violation("history", N_("People signed up for this workshop; cancel it instead."))])


def _check_workshop(doc: MentoringWorkshop, stored: MentoringWorkshop | None) -> None:
	broken = check_transition(doc.doctype, stored.status if stored else None, doc.status)
	if cint(doc.duration_minutes) < 1:
		broken.append(Violation("minutes", N_("Say how many minutes the workshop lasts.")))
	if doc.cycle and frappe.db.get_value("Mentoring Cycle", doc.cycle, "program") != doc.program:
		broken.append(Violation("cycle", N_("{cycle} is a cycle of another program."), {"cycle": doc.cycle}))
	if doc.sign_up_until and get_datetime(doc.sign_up_until) > get_datetime(doc.starts_on):
		broken.append(Violation("sign_up", N_("People sign up before the workshop starts.")))
	if stored and doc.status == "Held" != stored.status and get_datetime(doc.starts_on) > now_datetime():
		broken.append(Violation("not_started", N_("The workshop hasn't started; it can't have been held.")))
	if (
		stored
		and stored.status == "Held"
		and any(
			_differs(doc, stored, field)
			for field in ("audience", "program", "cycle", "is_training", "starts_on")
		)
	):
		broken.append(Violation("held", N_("The workshop was held; what it was doesn't change any more.")))
	raise_violations(broken)


def _stamp(doc: MentoringWorkshop, old: dict) -> None:
	"""Whoever joins now joined now, at the end of the queue; whatever a request says of it is put back."""
	now = now_datetime()
	for row in doc.participants:
		stored = old.get(row.name)
		row.full_name = (
			frappe.db.get_value("Mentoring Profile", row.profile, "full_name")
			if not stored
			else row.full_name
		)
		joins = row.status in domain.HOLDING_ON and (not stored or stored.status not in domain.HOLDING_ON)
		row.signed_up_on = now if joins else (stored.signed_up_on if stored else None)
		if stored and stored.profile != row.profile:
			raise_violations(
				[Violation("person", N_("A row stays with its person; add another one instead."))]
			)


def _rows(doc: MentoringWorkshop, old: dict) -> list[domain.Place]:
	new = [
		row.profile for row in doc.participants if row.name not in old or old[row.name].status != row.status
	]
	parts = parts_of(doc.program, doc.cycle, new) if new else {}
	asking = [
		row.profile
		for row in doc.participants
		if row.status in ("Signed Up", "Waiting")
		and (row.name not in old or old[row.name].status not in domain.HOLDING_ON)
	]
	refusals = eligibility.refusals(asking, doc.program) if asking else {}
	return [
		domain.Place(
			profile=row.profile,
			status=row.status,
			signed_up_on=get_datetime(row.signed_up_on) if row.signed_up_on else None,
			old_status=old[row.name].status if row.name in old else None,
			full_name=cstr(row.full_name) or row.profile,
			parts=parts.get(row.profile, frozenset()),
			refusals=refusals.get(row.profile, ()),
		)
		for row in doc.participants
	]


def _to_domain(doc: MentoringWorkshop) -> domain.Workshop:
	now = now_datetime()
	starts_on = get_datetime(doc.starts_on)
	until = get_datetime(doc.sign_up_until) if doc.sign_up_until else starts_on
	return domain.Workshop(
		status=doc.status,
		audience=doc.audience,
		places=cint(doc.places),
		started=starts_on <= now,
		late=until < now,
		by_staff=by_staff() and not doc.flags.by_member,
	)


def _raise_sequence(doc: MentoringWorkshop, stored: MentoringWorkshop | None) -> None:
	doc.calendar_sequence = cint(stored.calendar_sequence) if stored else 0
	if stored and (
		stored.status != doc.status
		or any(_differs(doc, stored, field) for field in IN_CALENDARS)
		or _on_a_place(stored) != _on_a_place(doc)
	):
		doc.calendar_sequence += 1


def _on_a_place(doc: MentoringWorkshop) -> set[str]:
	return {row.profile for row in doc.participants if row.status in domain.ON_A_PLACE}


def _differs(doc: MentoringWorkshop, stored: MentoringWorkshop, field: str) -> bool:
	new, old = doc.get(field), stored.get(field)
	if field == "starts_on":
		return get_datetime(new) != get_datetime(old)
	return cstr(new or "") != cstr(old or "")


def _note_training(doc: MentoringWorkshop, before: MentoringWorkshop | None) -> None:
	if not doc.is_training:
		return
	did, had = _attended(doc), _attended(before)
	if missed := had - did:
		training.take_back_training(doc.program, doc.cycle, doc.audience, missed)
	if did - had:
		for profile in training.note_training(doc.program, doc.cycle, doc.audience, did - had):
			joining.join_planned(profile)


def _attended(doc: MentoringWorkshop | None) -> set[str]:
	return {row.profile for row in doc.participants if row.status == "Attended"} if doc else set()
