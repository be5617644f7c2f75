"""One step of a Mentoring Session, whatever door it came through.

The controller calls `lock` before Frappe reads the stored meeting, `take` in validate and `follow_up` in
on_update; services and the Desk only set fields and save.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import cint, cstr, get_datetime, get_system_timezone, getdate, now_datetime

from mentor_ispe.concurrency import locks
from mentor_ispe.concurrency.retries import raise_retry
from mentor_ispe.domain.sessions import meetings as domain
from mentor_ispe.domain.sessions.local_times import moved
from mentor_ispe.domain.sessions.rotation import next_host
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.mails.calendar_events import organizer
from mentor_ispe.notifications import meeting, mentoring_session
from mentor_ispe.services.library import speakers
from mentor_ispe.services.readiness import readiness
from mentor_ispe.services.refusals import refuse

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

# Whatever a request says of these is put back; `planning.plan` sets the series, this module the others.
KEPT = (
	"series",
	"calendar_uid",
	"calendar_sequence",
	"calendar_organizer",
	"recorded_by",
	"recorded_on",
)
# A change of one of these reaches the calendars of everyone on the list.
IN_CALENDARS = ("starts_on", "duration_minutes", "mode", "location", "link", "guest_speaker")
WAS_IN = ("Active", "Suspended", "Completed")


def lock(doc: MentoringSession) -> None:
	"""Take the group's row; `take` starts over where what it reads may be out of date."""
	group = doc.is_new() and doc.mentoring_group
	group = group or frappe.db.get_value("Mentoring Session", doc.name, "mentoring_group")
	if group and frappe.db.exists("Mentoring Group", group):
		doc.flags.up_to_date = locks.bump_meeting_version(group)


def take(doc: MentoringSession) -> None:
	"""Work out what follows from the step, refuse it if a rule is broken, write it into `doc`."""
	stored = doc.get_doc_before_save()
	_put_back(doc, stored)
	_refuse_incomplete(doc)
	doc.starts_on = _existing(get_datetime(doc.starts_on).replace(microsecond=0))
	before = to_domain(stored) if stored else None
	_forget_answers(doc, before)
	if not doc.flags.up_to_date and _needs_the_others(doc, before):
		raise_retry("The meetings of this group changed meanwhile")
	known = readiness.load([doc.mentoring_group])
	others = _others(doc)
	facts = _facts(doc, known, others)
	_list_people(doc, before, facts)
	_choose_host(doc, facts, others)
	_settle_attendance(doc)
	refuse(domain.check(before, to_domain(doc), facts))
	_keep_calendar(doc, stored, before)
	if doc.status == "Held" and (before is None or before.status != "Held"):
		doc.update({"recorded_by": frappe.session.user, "recorded_on": now_datetime()})
	doc.flags.lacking = {name: facts.missing[name] for name in facts.active if name in facts.missing}


def follow_up(doc: MentoringSession) -> None:
	"""Tell everyone concerned."""
	before = doc.get_doc_before_save()
	mentoring_session.session_changed(doc, before)
	speakers.follow_session(doc)
	if doc.status == "Planned" and (before is None or before.status != "Planned"):
		meeting.requirements_missing(doc.mentoring_group, doc.flags.lacking)


def to_domain(doc: MentoringSession) -> domain.Meeting:
	"""The meeting as the rules see it."""
	return domain.Meeting(
		status=doc.status,
		starts_on=get_datetime(doc.starts_on),
		minutes=cint(doc.duration_minutes),
		people=tuple(
			domain.Guest(row.profile, cstr(row.full_name), bool(cint(row.attended)), cint(row.minutes))
			for row in doc.attendance
		),
		host=doc.host or None,
		cancel_reason=cstr(doc.cancel_reason),
	)


def _put_back(doc: MentoringSession, stored: MentoringSession | None) -> None:
	for field in KEPT:
		doc.set(field, stored.get(field) if stored else None)
	if stored is None:
		doc.series = doc.flags.series


def _refuse_incomplete(doc: MentoringSession) -> None:
	"""The rules can't do without these, and Frappe asks for missing values only after them."""
	broken = []
	if not (doc.mentoring_group and frappe.db.exists("Mentoring Group", doc.mentoring_group)):
		broken.append(Violation("incomplete", N_("Choose the group that meets.")))
	if not _is_moment(doc.starts_on):
		broken.append(Violation("incomplete", N_("Say on which day and at what time the meeting starts.")))
	broken += [
		Violation("incomplete", N_("Choose a person in row {row}."), {"row": row.idx})
		for row in doc.attendance
		if not row.profile
	]
	broken += [
		Violation(
			"answer",
			N_("An answer to an invitation is one of {allowed}."),
			{"allowed": [answer for answer in domain.ANSWERS if answer]},
		)
		for row in doc.attendance
		if cstr(row.answer) not in domain.ANSWERS
	]
	refuse(broken)


def _existing(moment: datetime) -> datetime:
	"""The moment as calendars read it, should the site's clock jump over it."""
	here = ZoneInfo(get_system_timezone())
	return moved(moment, here, here)


def _forget_answers(doc: MentoringSession, before: domain.Meeting | None) -> None:
	"""An answer was given to a time. Moved to another one, or planned again, the meeting asks everybody anew."""
	if before is None or doc.status != "Planned":
		return
	if before.status == "Planned" and before.starts_on == get_datetime(doc.starts_on):
		return
	for row in doc.attendance:
		row.answer = None


def _is_moment(value) -> bool:
	try:
		return bool(value and get_datetime(value))
	except (ValueError, TypeError):
		return False


def _needs_the_others(doc: MentoringSession, before: domain.Meeting | None) -> bool:
	"""Whether the step depends on the group's other meetings, or on who is ready: it takes or moves a time."""
	after = to_domain(doc)
	return before is None or (before.starts_on, before.minutes, before.status) != (
		after.starts_on,
		after.minutes,
		after.status,
	)


def _others(doc: MentoringSession) -> list[frappe._dict]:
	return frappe.get_all(
		"Mentoring Session",
		{
			"mentoring_group": doc.mentoring_group,
			"status": ("!=", "Cancelled"),
			"name": ("!=", doc.name or ""),
		},
		["name", "status", "starts_on", "duration_minutes", "host"],
		order_by="starts_on",
	)


def _facts(doc: MentoringSession, known: readiness.Readiness, others: Sequence[frappe._dict]) -> domain.Facts:
	group = frappe.db.get_value(
		"Mentoring Group", doc.mentoring_group, ["status", "cycle", "program", "end_date"], as_dict=True
	)
	day = getdate(doc.starts_on)
	seats = known.seats[doc.mentoring_group]
	doc.flags.circle = frappe.get_cached_value("Mentoring Program", group.program, "format") == "Peer Circle"
	doc.flags.names = {seat.person.profile: seat.person.full_name for seat in seats}
	return domain.Facts(
		group_status=group.status,
		now=now_datetime(),
		last_day=getdate(frappe.db.get_value("Mentoring Cycle", group.cycle, "end_date") or date.max),
		ended_on=group.end_date and getdate(group.end_date),
		active=_profiles(seat for seat in seats if seat.status == "Active"),
		belonging=_profiles(seat for seat in seats if _belonged(seat, day)),
		missing=known.missing(doc.mentoring_group, day, statuses=None),
		others=[
			domain.Meeting(row.status, get_datetime(row.starts_on), cint(row.duration_minutes))
			for row in others
		],
	)


def _profiles(seats) -> tuple[str, ...]:
	return tuple(dict.fromkeys(seat.person.profile for seat in seats))


def _belonged(seat: readiness.Seat, day: date) -> bool:
	if seat.joined_on and seat.joined_on > day:
		return False
	left = seat.left_on is not None and seat.left_on < day
	return not left and (seat.status in WAS_IN or bool(seat.joined_on and seat.left_on))


def _list_people(doc: MentoringSession, before: domain.Meeting | None, facts: domain.Facts) -> None:
	"""Who is on the list: of a planned meeting everyone who may come, kept up to date until it starts.

	A meeting that is entered as held without a list is one to which everyone came who could.
	"""
	if doc.status == "Held":
		if before is None and not doc.attendance:
			for profile in facts.active:
				if profile not in facts.missing and profile in facts.belonging:
					_add(doc, profile, attended=1)
		return
	if doc.status != "Planned" or get_datetime(doc.starts_on) <= facts.now:
		return
	known = {guest.profile for guest in before.people} if before else set()
	wanted = domain.invited([*known], facts.active, facts.missing)
	doc.set(
		"attendance", [row for row in doc.attendance if row.profile not in known or row.profile in wanted]
	)
	there = {row.profile for row in doc.attendance}
	for profile in wanted:
		if profile not in there:
			_add(doc, profile)


def _add(doc: MentoringSession, profile: str, attended: int = 0) -> None:
	doc.append(
		"attendance",
		{"profile": profile, "full_name": doc.flags.names.get(profile), "attended": attended},
	)


def _choose_host(doc: MentoringSession, facts: domain.Facts, others: Sequence[frappe._dict]) -> None:
	"""In a circle everybody takes a turn; a host who left hands over."""
	if doc.status == "Cancelled" or (doc.status == "Held" and not doc.is_new()):
		return
	if doc.host and not doc.is_new() and doc.host not in facts.active:
		doc.host = None
	if doc.host or not doc.flags.circle:
		return
	may_come = {row.profile for row in doc.attendance}
	hosted = [row.host for row in others if row.host and row.starts_on < get_datetime(doc.starts_on)]
	doc.host = next_host([profile for profile in facts.active if profile in may_come], hosted)


def _settle_attendance(doc: MentoringSession) -> None:
	for row in doc.attendance:
		if doc.status != "Held":
			row.update({"attended": 0, "minutes": 0})
		elif not cint(row.attended):
			row.minutes = 0
		elif not cint(row.minutes):
			row.minutes = cint(doc.duration_minutes)


def _keep_calendar(
	doc: MentoringSession, stored: MentoringSession | None, before: domain.Meeting | None
) -> None:
	if not doc.calendar_organizer:
		doc.calendar_organizer = organizer(doc.program).email
	if before is None:
		doc.calendar_uid, doc.calendar_sequence = f"{doc.name}@{frappe.local.site}", 0
		return
	if not doc.calendar_uid:  # from before there were calendars
		doc.calendar_uid = f"{doc.name}@{frappe.local.site}"
	after = to_domain(doc)
	called_off = (before.status == "Cancelled") != (after.status == "Cancelled")
	if called_off or (after.status == "Planned" and _differs(doc, stored)):
		doc.calendar_sequence = cint(stored.calendar_sequence) + 1


def _differs(doc: MentoringSession, stored: MentoringSession) -> bool:
	for field in IN_CALENDARS:
		if _comparable(doc, field) != _comparable(stored, field):
			return True
	return {row.profile for row in doc.attendance} != {row.profile for row in stored.attendance}


def _comparable(doc: MentoringSession, field: str):
	value: object = doc.get(field)
	if field == "starts_on":
		return get_datetime(value)
	return cint(value) if field == "duration_minutes" else cstr(value)
