"""One step of a Mentoring Workshop, whatever entry point it came through.

What follows is in `mentor_ispe/consequences.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cint, cstr, get_datetime, now_datetime

from mentor_ispe.domain import workshops as domain
from mentor_ispe.domain.events import Event
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.membership import commitment
from mentor_ispe.permissions import gate
from mentor_ispe.readings.contacts import address_of_program
from mentor_ispe.readings.workshop_people import parts_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_workshop.mentoring_workshop import MentoringWorkshop

# Kept by the steps and the service; whatever a request says of them is put back.
PROTECTED_FIELDS = ("places_taken", "announced_on", "calendar_sequence", "calendar_organizer")
# People are told when one of these changes, and calendars of the description as well.
APPOINTMENT = ("title", "starts_on", "duration_minutes", "mode", "location", "link")
IN_CALENDARS = (*APPOINTMENT, "description")


def validate_transition(doc: MentoringWorkshop) -> list[Event]:
	"""Refuse the step if a rule is broken; otherwise write what follows into `doc` and say what happens."""
	stored = doc.get_doc_before_save()
	for field in PROTECTED_FIELDS:
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
	doc.calendar_organizer = doc.calendar_organizer or address_of_program(doc.program)
	return [*_training(doc, stored), *_news(doc, stored)]


def refuse_deletion(doc: MentoringWorkshop) -> None:
	"""A workshop that somebody signed up for stays as history."""
	if doc.participants:
		raise_violations(
			[Violation("history", N_("People have signed up for this workshop. Cancel it instead."))]
		)


def _check_workshop(doc: MentoringWorkshop, stored: MentoringWorkshop | None) -> None:
	broken = check_transition(doc.doctype, stored.status if stored else None, doc.status)
	if cint(doc.duration_minutes) < 1:
		broken.append(Violation("minutes", N_("Enter how many minutes the workshop lasts.")))
	if doc.cycle and frappe.db.get_value("Mentoring Cycle", doc.cycle, "program") != doc.program:
		broken.append(
			Violation(
				"cycle",
				N_("{cycle} belongs to another program. Choose a cycle of this one."),
				{"cycle": doc.cycle},
			)
		)
	if doc.sign_up_until and get_datetime(doc.sign_up_until) > get_datetime(doc.starts_on):
		broken.append(
			Violation("sign_up", N_("Sign-up must close before the workshop starts. Choose an earlier date."))
		)
	if stored and doc.status == "Held" != stored.status and get_datetime(doc.starts_on) > now_datetime():
		broken.append(
			Violation("not_started", N_("The workshop hasn't started yet, so it can't be marked as held."))
		)
	if (
		stored
		and stored.status == "Held"
		and any(
			_differs(doc, stored, field)
			for field in ("audience", "program", "cycle", "is_training", "starts_on")
		)
	):
		broken.append(Violation("held", N_("The workshop was held, so it can't be changed.")))
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
				[Violation("person", N_("You can't change the person in a row. Add another row instead."))]
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
	refusals = commitment.refusals(asking, doc.program) if asking else {}
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
		by_staff=gate.is_coordinator() and not doc.flags.ignore_permissions,  # else by the person themselves
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


def _training(doc: MentoringWorkshop, stored: MentoringWorkshop | None) -> Iterator[Event]:
	did, had = _attended(doc), _attended(stored)
	if doc.is_training and had - did:
		yield domain.TrainingMissed(frozenset(had - did))
	if doc.is_training and did - had:
		yield domain.TrainingAttended(frozenset(did - had))


def _news(doc: MentoringWorkshop, stored: MentoringWorkshop | None) -> Iterator[Event]:
	if doc.status == "Held":
		return
	before = stored.status if stored else doc.status
	yield domain.WorkshopChanged(
		{row.profile: row.status for row in stored.participants} if stored else {},
		{row.profile: row.status for row in doc.participants},
		called_off=before != "Cancelled" == doc.status,
		taken_up=before == "Cancelled" and doc.status == "Planned",
		changed=stored is not None and any(_differs(doc, stored, field) for field in APPOINTMENT),
	)


def _attended(doc: MentoringWorkshop | None) -> set[str]:
	return {row.profile for row in doc.participants if row.status == "Attended"} if doc else set()
