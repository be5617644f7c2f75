"""What a group hears of its meetings beside the invitations: what is missing, and who opened its notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cint, cstr, get_url

from mentor_ispe.clock import today
from mentor_ispe.domain.events import ActivePeopleChanged
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.pages import group_path
from mentor_ispe.domain.sessions.events import Declined, HostChosen, MeetingPlanned, NotesOpened
from mentor_ispe.domain.violations import Violation
from mentor_ispe.mails import outbox
from mentor_ispe.mails.calendar_events import in_zone, start_values
from mentor_ispe.mails.default_templates.sessions import (
	BEFORE_YOU_MEET,
	MEETING_DECLINED,
	MEETING_HOST,
	NOTES_OPENED,
)
from mentor_ispe.readings import readiness

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup
	from mentor_ispe.mentor_ispe.doctype.mentoring_note_opening.mentoring_note_opening import (
		MentoringNoteOpening,
	)
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

GROUP = "Mentoring Group"


def page_of(group: str, session: str) -> str:
	"""The address of a meeting's page."""
	return get_url(group_path(group, "meetings", session))


def meeting_planned(doc: MentoringSession, event: MeetingPlanned) -> None:
	"""Tell those who can't come what they lack."""
	_requirements_missing(doc.mentoring_group, event.lacking)


def declined(doc: MentoringSession, event: Declined) -> None:
	"""Tell the others on the list; of one answer to one time once."""
	filters = {"name": ("in", [row.profile for row in doc.attendance])}
	people = frappe.get_all("Mentoring Profile", filters, ["name", "full_name", "time_zone"], order_by="name")
	who = next((cstr(row.full_name) for row in people if row.name == event.profile), "")
	outbox.enqueue_all(
		outbox.Notice(
			make_key(
				"declined", doc.name, cint(doc.calendar_sequence), event.profile, event.answer, row.name
			),
			MEETING_DECLINED,
			row.name,
			context={
				"group": cstr(doc.group_title),
				"person": who,
				"maybe": event.answer == "Maybe",
				**start_values(doc.starts_on, row.time_zone),
				"meeting_url": page_of(doc.mentoring_group, doc.name),
			},
			reference=(doc.doctype, doc.name),
		)
		for row in people
		if row.name != event.profile
	)


def host_chosen(doc: MentoringSession, event: HostChosen) -> None:
	"""Tell the host, and who was it before, unless they did it themselves."""
	wanted = sorted({name for name in (event.host, event.before) if name})
	fields = ["name", "full_name", "time_zone", "user"]
	people = frappe.get_all("Mentoring Profile", {"name": ("in", wanted)}, fields, order_by="name")
	who = next((cstr(row.full_name) for row in people if row.name == event.host), "")
	url = page_of(doc.mentoring_group, doc.name)
	outbox.enqueue_all(
		outbox.Notice(
			make_key("host", doc.name, doc.modified, row.name),
			MEETING_HOST,
			row.name,
			context={
				"group": cstr(doc.group_title),
				"person": who,
				"yours": row.name == event.host,
				**start_values(doc.starts_on, row.time_zone),
				"meeting_url": url,
			},
			reference=(doc.doctype, doc.name),
		)
		for row in people
		if row.user != frappe.session.user
	)


def people_arrived(doc: MentoringGroup, event: ActivePeopleChanged) -> None:
	"""Tell those who have become active in a running group what they lack to be invited."""
	if doc.status != "Active" or not event.arrived:
		return
	tell_what_is_missing(doc.name, {seat.profile for seat in event.arrived})


def tell_what_is_missing(group: str, profiles: Collection[str]) -> None:
	"""Tell those of the group's people what they lack to be invited; of the same things once."""
	missing = readiness.missing(group, today())
	_requirements_missing(group, {name: missing[name] for name in missing if name in profiles})


def _requirements_missing(group: str, missing: Mapping[str, Sequence[Violation]]) -> None:
	"""Tell people what they lack to be invited (profile → what); of the same things once in a group."""
	if not missing:
		return
	title = cstr(frappe.db.get_value(GROUP, group, "title"))
	outbox.enqueue_all(missing_notice(group, title, profile, lacks) for profile, lacks in missing.items())


def missing_notice(
	group: str,
	title: str,
	profile: str,
	missing: Sequence[Violation],
	when: Mapping[str, str] | None = None,
	occasion: str = "",
) -> outbox.Notice:
	"""The notice for one person; `when` is the next meeting on their clock, `occasion` tells it apart from the first."""
	lacks = [lack.params.get("agreement") or lack.params["part"][0] for lack in missing]
	return outbox.Notice(
		make_key("before-you-meet", group, profile, occasion or "-".join(sorted(lacks))),
		BEFORE_YOU_MEET,
		profile,
		context={
			"group": title,
			"agreements": [lack.params["title"] for lack in missing if lack.code == "unsigned"],
			"training": [lack.params["part"][0] for lack in missing if lack.code == "untrained"],
			**(when or {"starts_on": "", "zone": ""}),
		},
		reference=(GROUP, group),
	)


def notes_opened(opening: MentoringNoteOpening, event: NotesOpened) -> None:
	"""Tell the group who opened its notes and why; not a word of the notes."""
	title = cstr(frappe.db.get_value(GROUP, opening.mentoring_group, "title"))
	who = frappe.db.get_value("User", opening.opened_by, "full_name") or opening.opened_by
	outbox.enqueue_all(
		_opened_notice(opening, title, who, event.starts_on, *person) for person in event.zones.items()
	)


def _opened_notice(
	opening: MentoringNoteOpening, title: str, who: str, starts_on: Any, profile: str, zone: str | None
) -> outbox.Notice:
	return outbox.Notice(
		make_key("notes-opened", opening.name, profile),
		NOTES_OPENED,
		profile,
		context={
			"group": title,
			**start_values(starts_on, zone),
			"opened_by": who,
			"opened_on": cstr(in_zone(opening.opened_on, zone)[0]),
			"reason": opening.reason,
		},
		reference=(opening.doctype, opening.name),
	)
