"""One step of a Mentoring Session, whatever entry point it came through.

The controller calls `lock_related` before Frappe reads the stored meeting, and `validate_transition` in validate;
services and the Desk only set fields and save. What follows is in `mentor_ispe/consequences.py`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import cint, cstr, get_datetime, get_system_timezone, getdate, now_datetime

from mentor_ispe.concurrency import locks
from mentor_ispe.concurrency.retries import raise_retry
from mentor_ispe.domain.pauses import return_day
from mentor_ispe.domain.sessions import managing
from mentor_ispe.domain.sessions import meetings as domain
from mentor_ispe.domain.sessions.local_times import moved
from mentor_ispe.domain.sessions.readiness import said_to
from mentor_ispe.domain.sessions.step import Step, step
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.meeting_links.base import Call
from mentor_ispe.meeting_links.built_in import OwnRoom
from mentor_ispe.meeting_links.registry import make_link
from mentor_ispe.readings import readiness
from mentor_ispe.readings.contacts import address_of_program
from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.readings.seats import seats

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

# Whatever a request says of these is put back; this module and `planning.plan_series` write them.
PROTECTED_FIELDS = (
	"series",
	"calendar_uid",
	"calendar_sequence",
	"calendar_organizer",
	"asked_sequence",
	"link_made_by",
	"recorded_by",
	"recorded_on",
	"changed_by",
	"changed_on",
)
# Long enough that nobody guesses one: whoever knows it, and writes from the person's address, answers for them.
UID_LENGTH = 32
WAS_IN = ("Active", "Suspended", "Completed")
ERASERS = frozenset({"System Manager", "Administrator"})


def lock_related(doc: MentoringSession) -> bool:
	"""Lock the group's row; False when what this transaction read of its meetings may be out of date."""
	group = doc.is_new() and doc.mentoring_group
	group = group or frappe.db.get_value("Mentoring Session", doc.name, "mentoring_group")
	if group and frappe.db.exists("Mentoring Group", group):
		return locks.bump_meeting_version(group)
	return False


def validate_transition(doc: MentoringSession, up_to_date: bool) -> Step:
	"""Work out what follows from the step, refuse it if a rule is broken, write it into `doc`.

	A step that takes or moves a time depends on the group's other meetings, and on who is ready: it starts over
	where they may be out of date.
	"""
	stored = doc.get_doc_before_save()
	for field in PROTECTED_FIELDS:
		doc.set(field, stored.get(field) if stored else None)
	if stored and doc.link_made_by == OwnRoom.name and doc.host != stored.host and doc.link == stored.link:
		doc.link = ""  # the room is the host's
	_refuse_incomplete(doc)
	before, asked = meeting_of(stored) if stored else None, meeting_of(doc)
	if not up_to_date and (domain.is_time_new(before, asked) or before.status != asked.status):
		raise_retry("The meetings of this group changed meanwhile")
	done = step(before, asked, _facts(doc))
	raise_violations(said_to(profile_of(frappe.session.user), done.violations))
	_write_back(doc, done.after)
	_make_link(doc, stored)
	_keep_calendar(doc, done)
	_keep_answers(doc, stored)
	if doc.status == "Held" and (before is None or before.status != "Held"):
		doc.update({"recorded_by": frappe.session.user, "recorded_on": now_datetime()})
	if before and managing.is_moved(before, done.after) and done.after.status != "Held":
		who = doc.flags.changed_by or frappe.session.user
		doc.update({"changed_by": None if who == "Guest" else who, "changed_on": now_datetime()})
	return done


def is_moved(stored: MentoringSession, doc: MentoringSession) -> bool:
	"""Whether what is to be saved puts the meeting to another time or place, or names another host."""
	_refuse_incomplete(doc)
	before, after = meeting_of(stored), meeting_of(doc)
	return managing.is_moved(before, after) or before.host != after.host


def _make_link(doc: MentoringSession, stored: MentoringSession | None) -> None:
	"""Give an online meeting that is planned without a link the one of the program's provider."""
	if doc.link:
		if stored is None or doc.link != stored.link:
			doc.link_made_by = None  # somebody wrote it
		return
	asked_before = (
		stored is not None and stored.status == "Planned" and stored.mode == doc.mode and not stored.link
	)
	if doc.status != "Planned" or doc.mode != "Online" or asked_before:
		return
	group = frappe.db.get_value("Mentoring Group", doc.mentoring_group, ["program", "title"], as_dict=True)
	provider = frappe.get_cached_value("Mentoring Program", group.program, "meeting_links")
	if provider:
		call = Call(
			doc.mentoring_group, cstr(group.title), doc.starts_on, cint(doc.duration_minutes), _host_of(doc)
		)
		doc.link = make_link(provider, call)
		doc.link_made_by = provider if doc.link else None


def _host_of(doc: MentoringSession) -> str:
	"""The host, else who plans it, else the mentor."""
	people = seats([doc.mentoring_group], statuses=["Active"])
	planner = profile_of(frappe.session.user)
	chosen = [
		doc.host,
		*(seat.profile for seat in people if seat.profile == planner),
		*(seat.profile for seat in people if seat.is_mentor),
	]
	return next(filter(None, chosen), "")


def refuse_deletion(doc: MentoringSession) -> None:
	"""A meeting that took place stays, but for who erases data; a planned one is cancelled, so that people know."""
	if doc.status == "Planned":
		raise_violations([Violation("planned", N_("Cancel the meeting first, so that everyone is told."))])
	if doc.status == "Held" and not ERASERS & set(frappe.get_roles()):
		raise_violations([Violation("history", N_("This meeting took place, so it can't be deleted."))])


def meeting_of(doc: MentoringSession) -> domain.Meeting:
	"""The meeting as the rules see it."""
	return domain.Meeting(
		status=doc.status,
		starts_on=_existing(get_datetime(doc.starts_on).replace(microsecond=0)),
		minutes=cint(doc.duration_minutes),
		people=tuple(
			domain.Guest(
				row.profile,
				cstr(row.full_name),
				bool(cint(row.attended)),
				cint(row.minutes),
				cstr(row.answer),
				cstr(row.calendar_uid),
			)
			for row in doc.attendance
		),
		host=doc.host or None,
		cancel_reason=cstr(doc.cancel_reason),
		mode=cstr(doc.mode),
		location=cstr(doc.location),
		link=cstr(doc.link),
		guest_speaker=cstr(doc.guest_speaker),
		focus=cstr(doc.focus),
		agenda=cstr(doc.agenda),
	)


def _refuse_incomplete(doc: MentoringSession) -> None:
	"""The rules can't do without these, and Frappe asks for missing values only after them."""
	broken = []
	if not (doc.mentoring_group and frappe.db.exists("Mentoring Group", doc.mentoring_group)):
		broken.append(Violation("incomplete", N_("Choose a group.")))
	if not _is_moment(doc.starts_on):
		broken.append(Violation("incomplete", N_("Enter the day and time when the meeting starts.")))
	broken += [
		Violation("incomplete", N_("Choose a person in row {row}."), {"row": row.idx})
		for row in doc.attendance
		if not row.profile
	]
	broken += [
		Violation(
			"answer",
			N_("Choose one of these answers: {allowed}."),
			{"allowed": [answer for answer in domain.ANSWERS if answer]},
		)
		for row in doc.attendance
		if cstr(row.answer) not in domain.ANSWERS
	]
	raise_violations(broken)


def _is_moment(value) -> bool:
	try:
		return bool(value and get_datetime(value))
	except (ValueError, TypeError):
		return False


def _existing(moment: datetime) -> datetime:
	"""The moment as calendars read it, should the site's clock jump over it."""
	here = ZoneInfo(get_system_timezone())
	return moved(moment, here, here)


def _facts(doc: MentoringSession) -> domain.Facts:
	group = frappe.db.get_value(
		"Mentoring Group", doc.mentoring_group, ["status", "cycle", "program", "end_date"], as_dict=True
	)
	day = getdate(doc.starts_on)
	known = readiness.load([doc.mentoring_group])
	seats = known.seats[doc.mentoring_group]
	return domain.Facts(
		group_status=group.status,
		now=now_datetime(),
		last_day=getdate(frappe.db.get_value("Mentoring Cycle", group.cycle, "end_date") or date.max),
		ended_on=group.end_date and getdate(group.end_date),
		active=_profiles(seat for seat in seats if seat.is_there(day)),
		away={
			seat.person.profile: back
			for seat in seats
			if seat.status == "Active" and (back := return_day(seat.pauses, day))
		},
		belonging=_profiles(seat for seat in seats if _belonged(seat, day)),
		missing=known.missing(doc.mentoring_group, day, statuses=None),
		others=_others(doc),
		names={seat.person.profile: seat.person.full_name for seat in seats},
		circle=frappe.get_cached_value("Mentoring Program", group.program, "format") == "Peer Circle",
		planner=doc.flags.planner,
	)


def _others(doc: MentoringSession) -> list[domain.Meeting]:
	rows = frappe.get_all(
		"Mentoring Session",
		{
			"mentoring_group": doc.mentoring_group,
			"status": ("!=", "Cancelled"),
			"name": ("!=", doc.name or ""),
		},
		["status", "starts_on", "duration_minutes", "host"],
		order_by="starts_on",
	)
	return [
		domain.Meeting(row.status, get_datetime(row.starts_on), cint(row.duration_minutes), host=row.host)
		for row in rows
	]


def _profiles(seats) -> tuple[str, ...]:
	return tuple(dict.fromkeys(seat.person.profile for seat in seats))


def _belonged(seat: readiness.ParticipantSeat, day: date) -> bool:
	if seat.joined_on and seat.joined_on > day:
		return False
	left = seat.left_on is not None and seat.left_on < day
	return not left and (seat.status in WAS_IN or bool(seat.joined_on and seat.left_on))


def _write_back(doc: MentoringSession, after: domain.Meeting) -> None:
	doc.update({"starts_on": after.starts_on, "host": after.host})
	rows = {row.profile: row for row in doc.attendance}
	doc.set("attendance", [rows[guest.profile] for guest in after.people if guest.profile in rows])
	for guest in after.people:
		row = rows.get(guest.profile) or doc.append("attendance", {"profile": guest.profile})
		row.update(
			{
				"full_name": guest.full_name,
				"answer": guest.answer or None,
				"attended": int(guest.attended),
				"minutes": guest.minutes,
			}
		)


def _keep_calendar(doc: MentoringSession, done: Step) -> None:
	if not doc.calendar_organizer:
		doc.calendar_organizer = address_of_program(doc.program)
	if not doc.calendar_uid:  # also of a meeting from before there were calendars
		doc.calendar_uid = f"{doc.name}@{frappe.local.site}"
	doc.calendar_sequence = cint(doc.calendar_sequence) + int(done.in_calendars)
	if done.asks_anew:
		doc.asked_sequence = doc.calendar_sequence


def _keep_answers(doc: MentoringSession, stored: MentoringSession | None) -> None:
	"""What each row keeps beside the answer, whatever a request says of it: when it was given, the UID of its person.

	A person who was invited before there were UIDs of their own keeps the meeting's: another one would be a second
	entry in their calendar. `flags.answered_on` says when an answer was written that comes from a mail.
	"""
	known = {row.profile: row for row in stored.attendance} if stored else {}
	written = doc.flags.answered_on or {}
	for row in doc.attendance:
		before = known.get(row.profile)
		row.calendar_uid = before.calendar_uid if before else None
		if not before and doc.status == "Planned":
			row.calendar_uid = f"{frappe.generate_hash(length=UID_LENGTH)}@{frappe.local.site}"
		if not row.answer:
			row.answered_on = None
		elif row.profile in written:
			row.answered_on = written[row.profile]
		elif before and cstr(before.answer) == row.answer:
			row.answered_on = before.answered_on
		else:
			row.answered_on = now_datetime()
