"""Who is told what of a workshop; those with a place get it as a file for their calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cint, cstr, get_datetime

from mentor_ispe.domain.calendar import Attendee, invitation
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.plain_text import editor_text
from mentor_ispe.domain.workshops import WorkshopChanged
from mentor_ispe.mails import calendar_events, outbox
from mentor_ispe.mails.default_templates import workshops

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_workshop.mentoring_workshop import MentoringWorkshop


def workshop_changed(doc: MentoringWorkshop, event: WorkshopChanged) -> None:
	"""Tell everybody for whom the step is news."""
	outbox.enqueue_all(_notices(doc, event))


def announce_workshops(workshops_and_people: Sequence[tuple[Any, Mapping[str, bool]]]) -> int:
	"""Tell people of workshops, each with {profile: whether it's required of them}; those told before are not."""
	profiles = {profile for _doc, people in workshops_and_people for profile in people}
	known = _people(profiles)
	return outbox.enqueue_all(
		outbox.Notice(
			make_key("workshop-announced", doc.name, profile),
			workshops.WORKSHOP_ANNOUNCED,
			profile,
			context={
				**_context(doc, known[profile].time_zone),
				"link": "",  # for those who come
				"required": required,
				"sign_up_until": _local(doc.sign_up_until, known[profile].time_zone),
				"places": cint(doc.places),
			},
			reference=("Mentoring Workshop", doc.name),
		)
		for doc, people in workshops_and_people
		for profile, required in people.items()
	)


def remind_of_workshops(workshops_and_people: Sequence[tuple[Any, Collection[str]]]) -> int:
	"""Remind people of workshops, once for the moment it starts."""
	known = _people({profile for _doc, people in workshops_and_people for profile in people})
	return outbox.enqueue_all(
		outbox.Notice(
			make_key("workshop-reminder", doc.name, get_datetime(doc.starts_on), profile),
			workshops.WORKSHOP_REMINDER,
			profile,
			context=_context(doc, known[profile].time_zone),
			reference=("Mentoring Workshop", doc.name),
		)
		for doc, people in workshops_and_people
		for profile in people
	)


def _notices(doc: MentoringWorkshop, event: WorkshopChanged) -> Iterator[outbox.Notice]:
	host = calendar_events.organizer(doc.program, doc.calendar_organizer)
	known = _people({*event.was, *event.now})
	for profile, status in event.now.items():
		person, old = known[profile], event.was.get(profile)
		context = _context(doc, person.time_zone)
		if event.called_off:
			if old in ("Signed Up", "Waiting"):
				values = {"given_up": False, "reason": cstr(doc.cancel_reason)}
				file = _file(doc, host, person, cancelled=True) if old == "Signed Up" else None
				yield _notice(doc, profile, workshops.WORKSHOP_CANCELLED, {**context, **values}, file)
		elif doc.status != "Planned":
			continue
		elif status == "Signed Up" and old != "Signed Up":
			values = {"moved_up": old == "Waiting"}
			yield _notice(
				doc, profile, workshops.WORKSHOP_PLACE, {**context, **values}, _file(doc, host, person)
			)
		elif status == "Signed Up" and (event.changed or event.taken_up):
			template = workshops.WORKSHOP_PLACE if event.taken_up else workshops.WORKSHOP_CHANGED
			values = {"moved_up": False} if event.taken_up else {}
			yield _notice(doc, profile, template, {**context, **values}, _file(doc, host, person))
		elif status == "Waiting" and old != "Waiting":
			yield _notice(doc, profile, workshops.WORKSHOP_WAITING, context, None)
		elif status == "Cancelled" and old == "Signed Up":
			values = {"given_up": True, "reason": ""}
			file = _file(doc, host, person, cancelled=True)
			yield _notice(doc, profile, workshops.WORKSHOP_CANCELLED, {**context, **values}, file)


def _notice(
	doc: MentoringWorkshop, profile: str, template: str, context: dict[str, Any], file: str | None
) -> outbox.Notice:
	# A waiting list moves without a change of the calendar entry, so the moment names the occasion there.
	occasion = cint(doc.calendar_sequence) if file else f"{template}@{doc.modified}"
	return outbox.Notice(
		make_key("workshop", doc.name, occasion, profile),
		template,
		profile,
		context=context,
		reference=(doc.doctype, doc.name),
		calendar=file,
	)


def _file(doc: MentoringWorkshop, host: Attendee, person, cancelled: bool = False) -> str:
	"""The message for one person: the others who come are none of their business."""
	attendee = Attendee(cstr(person.full_name), person.email, "" if cancelled else "Yes")
	return invitation(calendar_events.workshop_event(doc, host, (attendee,), cancelled))


def _context(doc: Any, zone: str | None) -> dict[str, Any]:
	online = doc.mode == "Online"
	return {
		"workshop": doc.title,
		"program": doc.program,
		**calendar_events.start_values(doc.starts_on, zone),
		"minutes": cint(doc.duration_minutes),
		"mode": doc.mode,
		"location": "" if online else cstr(doc.location),
		"link": cstr(doc.link) if online else "",
		"description": editor_text(doc.description),
	}


def _local(moment, zone: str | None) -> str:
	return cstr(calendar_events.in_zone(moment, zone)[0]) if moment else ""


def _people(profiles: Iterable[str]) -> dict[str, Any]:
	rows = frappe.get_all(
		"Mentoring Profile",
		{"name": ("in", sorted(profiles) or [""])},
		["name", "full_name", "email", "time_zone"],
	)
	return {row.name: row for row in rows}
