"""Who is told what when a group, or somebody's seat in it, moves on.

Suspension and restoration are told by the sweep, once for all of a person's seats; that a group goes on in the
next cycle, by the extension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cstr, get_url, get_url_to_form

from mentor_ispe.clock import today
from mentor_ispe.domain import events, pauses
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.pages import group_path
from mentor_ispe.domain.seats import MENTOR, Seat
from mentor_ispe.mails import coordinators, outbox
from mentor_ispe.mails.default_templates import groups, matches
from mentor_ispe.readings.profiles import profile_of, shared_emails
from mentor_ispe.readings.seats import seat_of_row

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup
	from mentor_ispe.mentor_ispe.doctype.mentoring_group_member.mentoring_group_member import (
		MentoringGroupMember,
	)


def seat_changed(doc: MentoringGroup, event: events.SeatChanged) -> None:
	"""Ask whoever is proposed, greet whoever starts, see off whose seat ends; tell coordinators of a no."""
	seat, was = event.new, event.was
	if seat.status == "Proposed" and not _is_asked_otherwise(doc):
		outbox.enqueue_all([_proposal(doc, seat)])
	elif seat.status == "Active" and was != "Suspended":
		values: dict[str, Any] = {**_dates(doc), "expectations_html": _expectations(doc, seat)}
		values |= {"contacts": _contacts(doc, seat), "conversation_url": _conversation(doc)}
		others = [
			row.full_name for row in doc.seats if row.profile in _active(doc) and row.profile != seat.profile
		]
		values["only"] = cstr(others[0]) if len(others) == 1 else ""
		_notify_of_seat(doc, seat, matches.GROUP_STARTED, values)
	elif seat.status == "Ended" or (seat.status == "Withdrawn" and was not in ("", "Draft")):
		values = {"reason": _reason_for(doc, seat), **_afterwards(doc, seat, was)}
		_notify_of_seat(doc, seat, matches.SEAT_ENDED, values)
	if was == "Proposed" and seat.status == "Declined":
		values = {**_common(doc), "person": seat.full_name, "reason": seat.reason}
		key = make_key("group-answer", doc.name, seat.profile, seat.status, doc.modified)
		coordinators.notify(key, matches.MATCH_DECLINED, values, (doc.doctype, doc.name))


def proposals(doc: MentoringGroup) -> list[outbox.Notice]:
	"""What asks everybody in a new group; a run that is published announces those of all its groups at once."""
	return [_proposal(doc, seat_of_row(row)) for row in doc.seats if row.status == "Proposed"]


def seats_accepted(doc: MentoringGroup, event: events.SeatsAccepted) -> None:
	"""Tell the coordinators whose yes it is, and those who said theirs before that they can all write now."""
	if event.at_once and doc.extends:
		return  # they said so to the extension
	values = {
		**_common(doc),
		"people": [seat.full_name for seat in event.seats],
		"group_url": get_url_to_form(doc.doctype, doc.name),
	}
	_notify_coordinators(doc, "group-accepted", matches.MATCH_ACCEPTED, values, doc.modified)
	if doc.status == "Proposed":
		_notify_of_everyone(doc, event)


def _notify_of_everyone(doc: MentoringGroup, event: events.SeatsAccepted) -> None:
	"""Who says the last yes reads it on the page; where the group starts with it, the mail of the start says it."""
	names = {seat.profile: seat.full_name for seat in event.seats}
	for profile in names.keys() - event.now if len(names) > 1 else ():
		others = [name for one, name in names.items() if one != profile]
		values = {"others": others, "conversation_url": _conversation(doc)}
		_notify(doc, profile, matches.EVERYONE_ACCEPTED, values)


def somebody_left(doc: MentoringGroup, event: events.SomebodyLeft) -> None:
	"""Tell those who stay, and the coordinators when the others can't well go on."""
	seat, least = event.seat, frappe.get_cached_value("Mentoring Program", doc.program, "group_size_min")
	for profile in _active(doc):
		_notify(doc, profile, groups.MEMBER_LEFT, {"person": seat.full_name}, doc.modified, seat.profile)
	values = {"person": seat.full_name, "reason": seat.reason, "left": event.stay}
	if not seat.is_mentor and event.stay < least:
		row = _row(doc, seat)
		_notify_coordinators(doc, "group-small", groups.GROUP_SMALL, {**values, "least": least}, row.name)
	if seat.is_mentor and not any(row.status in ("Active", "Suspended", "Proposed") for row in doc.mentors):
		_notify_coordinators(doc, "group-without-mentor", groups.GROUP_WITHOUT_MENTOR, values, seat.person)


def group_closed(doc: MentoringGroup, event: events.GroupClosed) -> None:
	"""Thank everybody at the end; tell the coordinators of an early one, and who waits again."""
	if doc.status == "Ended Early":
		leaves = doc.flags.leaves_the_cycle
		waiting = [s.full_name for s in event.were if not s.is_mentor and s.profile != leaves]
		values = {"kind": cstr(doc.end_kind), "reason": cstr(doc.end_reason), "waiting": waiting}
		_notify_coordinators(doc, "group-ended-early", groups.ENDED_EARLY, values)
	if doc.status == "Completed":
		for seat in event.were:
			if seat.status == "Active":
				_notify(doc, seat.profile, groups.GROUP_COMPLETED, {})


def moderator_changed(doc: MentoringGroup, event: events.ModeratorChanged) -> None:
	"""Tell who moderates now and who did, and those who can choose when a running group is left without.

	Who starts as moderator with the group reads it in the mail of the start.
	"""
	before, after = event.before, event.after
	if after is None:
		_notify_of_gap(doc, before)
		return
	expectations = frappe.get_cached_value("Mentoring Program", doc.program, "expectations_moderators")
	values = {"before": before.full_name if before else "", "expectations_html": cstr(expectations)}
	_notify(doc, after.profile, groups.MODERATOR_CHOSEN, values)
	if before is not None and before.profile in _active(doc):
		_notify(doc, before.profile, groups.MODERATOR_RELIEVED, {"person": after.full_name})


def _notify_of_gap(doc: MentoringGroup, before: Seat | None) -> None:
	who = before.profile if before else ""
	values = {"before": before.full_name if before else "", "willing": _willing(doc)}
	_notify_coordinators(doc, "moderator-missing", groups.MODERATOR_MISSING, values, who, doc.modified)
	mentors = [cstr(row.profile) for row in doc.mentors if row.status == "Active"]
	for profile in mentors or _active(doc):
		_notify(doc, profile, groups.CHOOSE_MODERATOR, values)


def pause_changed(doc: MentoringGroup, event: events.PauseChanged) -> None:
	"""Tell the others that somebody will be away, or when they are back."""
	seat = event.seat
	pause = pauses.current(seat.pauses, today())
	values = {
		"person": seat.full_name,
		"away_from": cstr(pause.first) if pause else "",
		"returns_on": cstr(pause.returns_on) if pause else "",
	}
	for profile in _active(doc):
		if profile != seat.profile:
			_notify(doc, profile, groups.PERSON_AWAY, values, doc.modified, seat.profile)


def charter_changed(doc: MentoringGroup, event: events.CharterChanged) -> None:
	"""Ask everybody who hasn't agreed to what the charter says now; once a day."""
	for row in doc.seats:
		if row.status == "Active" and not row.charter_agreed_on:
			_notify(doc, cstr(row.profile), groups.CHARTER_TO_AGREE, {}, today())


def _is_asked_otherwise(doc: MentoringGroup) -> bool:
	"""Whether the group is new and its people said that they go on together, or a run asks them: `proposals`."""
	return bool(doc.extends or doc.match_run) and doc.get_doc_before_save() is None


def _proposal(doc: MentoringGroup, seat: Seat) -> outbox.Notice:
	values = {"match_reason": seat.match_reason, "respond_by": cstr(doc.respond_by)}
	return _notice_of_seat(doc, seat, matches.MATCH_PROPOSED, values)


def _row(doc: MentoringGroup, seat: Seat) -> MentoringGroupMember:
	return next(row for row in reversed(doc.seats) if row.participant == seat.person)


def _common(doc: MentoringGroup, reader: str = "") -> dict[str, Any]:
	"""What several mails say of the group; its people without the reader, a profile."""
	live = ("Proposed", "Accepted", "Active", "Suspended")
	others = [row for row in doc.seats if row.status in live and row.profile != reader]
	return {
		"cycle": doc.cycle,
		"group": doc.title,
		"mentor": ", ".join(cstr(row.full_name) for row in others if row.role == MENTOR),
		"members": [cstr(row.full_name) for row in others if row.role != MENTOR],
		"kickoff_on": cstr(frappe.get_cached_value("Mentoring Cycle", doc.cycle, "kickoff_on")),
	}


def _dates(doc: MentoringGroup) -> dict[str, str]:
	end = frappe.get_cached_value("Mentoring Cycle", doc.cycle, "end_date")
	return {"start_date": cstr(doc.start_date), "end_date": cstr(end)}


def _afterwards(doc: MentoringGroup, seat: Seat, was: str) -> dict[str, bool]:
	"""What comes next; who leaves the cycle as well waits for nothing, and a mentor waits for no other mentor."""
	began, leaves = was in ("Active", "Suspended"), doc.flags.leaves_the_cycle == seat.profile
	waits_again = began and not seat.is_mentor and not leaves
	return {
		"called_off": not began,
		"withdrew": _left_by_themselves(seat),
		"looks_further": not began and not leaves,
		"waits_again": waits_again,
		"goals_met": waits_again and doc.end_kind == "Goals Met",
	}


def _left_by_themselves(seat: Seat) -> bool:
	return seat.status == "Withdrawn" and profile_of(frappe.session.user) == seat.profile


def _reason_for(doc: MentoringGroup, seat: Seat) -> str:
	"""What the person may read of why: the coordinators' words; a member's own they know, another's is private."""
	if _left_by_themselves(seat):
		return ""
	return seat.reason or ("" if doc.reason_is_private else cstr(doc.end_reason))


def _contacts(doc: MentoringGroup, reader: Seat) -> list[dict[str, str]]:
	"""The addresses of the others who show theirs to their groups, mentors first."""
	others = [profile for profile in _active(doc) if profile != reader.profile]
	names, emails = {row.profile: cstr(row.full_name) for row in doc.seats}, shared_emails(others)
	return [{"name": names[one], "email": emails[one]} for one in others if one in emails]


def _conversation(doc: MentoringGroup) -> str:
	return get_url(group_path(cstr(doc.name), "messages"))


def _expectations(doc: MentoringGroup, seat: Seat) -> str:
	"""What the program expects of everyone, and of this person's part in the group; HTML, as staff wrote it."""
	program = frappe.get_cached_doc("Mentoring Program", doc.program)
	parts = ["everyone", "mentors" if seat.is_mentor else "mentees"]
	if seat.is_moderator:
		parts.append("moderators")
	return "".join(cstr(program.get(f"expectations_{part}")) for part in parts)


def _willing(doc: MentoringGroup) -> list[str]:
	active = [row for row in doc.members if row.status == "Active" and not row.is_moderator]
	names = frappe.get_all(
		"Mentee",
		{"name": ("in", [row.participant for row in active] or [""]), "willing_to_moderate": 1},
		pluck="name",
	)
	return [cstr(row.full_name) for row in active if row.participant in names]


def _active(doc: MentoringGroup) -> list[str]:
	return [cstr(row.profile) for row in (*doc.mentors, *doc.members) if row.status == "Active"]


def _notify_of_seat(doc: MentoringGroup, seat: Seat, template: str, values: dict[str, Any]) -> None:
	outbox.enqueue_all([_notice_of_seat(doc, seat, template, values)])


def _notice_of_seat(doc: MentoringGroup, seat: Seat, template: str, values: dict[str, Any]) -> outbox.Notice:
	return outbox.Notice(
		key=make_key("group", doc.name, seat.profile, seat.status, doc.modified),
		template=template,
		profile=seat.profile,
		context={**_common(doc, seat.profile), **values},
		reference=(doc.doctype, doc.name),
		not_before=doc.announce_on,
	)


def _notify(doc: MentoringGroup, profile: str, template: str, values: dict[str, Any], *occasion: Any) -> None:
	"""`occasion` tells it apart from another time that the same is said; the step itself unless given."""
	outbox.enqueue(
		key=make_key(template, doc.name, profile, *(occasion or (doc.modified,))),
		template=template,
		profile=profile,
		context={"group": doc.title, "cycle": doc.cycle, **values},
		reference=(doc.doctype, doc.name),
	)


def _notify_coordinators(
	doc: MentoringGroup, occasion: str, template: str, values: dict[str, Any], *about: Any
) -> None:
	coordinators.notify(
		make_key(occasion, doc.name, *about),
		template,
		{"group": doc.title, "cycle": doc.cycle, **values},
		(doc.doctype, doc.name),
	)
