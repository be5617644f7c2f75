"""Polls: ask a group at which of some times its people can meet; the best becomes the meeting.

Whoever writes locks the group's row first, then the poll's: the last answer, another one and the job go one after
the other, and there is one meeting.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_datetime, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.concurrency import locks
from mentor_ispe.concurrency.locks import SESSION
from mentor_ispe.domain.participants import TrainingNoted
from mentor_ispe.domain.sessions import polls as domain
from mentor_ispe.domain.sessions import slots as slots_domain
from mentor_ispe.domain.violations import Violation
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation, error_text, raise_violations
from mentor_ispe.mails.calendar_events import aware
from mentor_ispe.permissions import gate, group_records
from mentor_ispe.readings.seats import groups_with, profiles_in
from mentor_ispe.services.conversation import writing
from mentor_ispe.services.polls.queries import POLL, answers_of
from mentor_ispe.services.sessions import finding, managing, planning

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor
	from mentor_ispe.mentor_ispe.doctype.mentoring_poll.mentoring_poll import MentoringPoll

# Where the meeting will be, asked with the times.
PLACE = ("mode", "location", "link")
_SAVEPOINT = "mentoring_poll"


def open_poll(
	group: str,
	profile: str,
	starts: Sequence[datetime],
	ends_on: datetime | None = None,
	minutes: int | None = None,
	session: str | None = None,
	**place: str | None,
) -> MentoringPoll:
	"""Ask the others; whoever asks can come at all of the times. Raises RuleViolation.

	With `session`, a planned meeting of the group, the poll is about another time for that one, at its place. A new
	meeting has the length and the `place` (PLACE) that are named, else those of the last one.

	Without `ends_on` answers are taken for three days, or until a day before the first time if that is sooner.
	"""
	locks.lock_group(group)
	gate.require(group, profile, gate.WRITE)
	if frappe.db.exists(POLL, {"mentoring_group": group, "status": domain.OPEN}):
		frappe.throw(
			_("Your group is already choosing between some times. Answer that poll, or close it first."),
			exc=RuleViolation,
		)
	moves = _planned_meeting(session, group) if session else None
	times, now = sorted({get_datetime(at).replace(second=0, microsecond=0) for at in starts}), now_datetime()
	ends_on = ends_on or _usual_end(times, now)
	known = finding.planning_of(group)
	raise_violations(domain.check(times, ends_on, now, known.frame.last_day))
	doc = frappe.new_doc(POLL)
	doc.update(
		{
			"mentoring_group": group,
			"asked_by": profile,
			"status": domain.OPEN,
			"ends_on": ends_on,
			"session": session or None,
			**(moves or known.as_last_time()),
			**{field: place[field] for field in PLACE if place.get(field) is not None and not moves},
			**({"duration_minutes": minutes} if minutes else {}),
			"slots": [{"starts_on": at} for at in times],
			"answers": [_row(profile, range(1, len(times) + 1))],
		}
	)
	group_records.save(doc)
	others = tuple(one for one in profiles_in(group, gate.WRITE, there_on=today()) if one != profile)
	raise_events(doc, [domain.PollOpened(others)])
	return doc


def _planned_meeting(session: str, group: str) -> frappe._dict:
	"""How long the meeting that is to move is, and where."""
	filters = {"name": session, "mentoring_group": group, "status": "Planned"}
	found = frappe.db.get_value(SESSION, filters, finding.AS_LAST_TIME, as_dict=True)
	if not found:
		frappe.throw(_("You can only move an upcoming meeting of your group."), exc=RuleViolation)
	return found


def answer(poll: str, profile: str, numbers: Collection[int], words: str = "") -> MentoringPoll:
	"""Say at which of the times one can come, none if `numbers` is empty; `words` go into the conversation.

	When nobody is left to answer, the poll is decided. Raises RuleViolation when it takes no answers any more.
	"""
	doc = _open_locked(poll)
	gate.require(doc.mentoring_group, profile, gate.WRITE)
	if doc.status != domain.OPEN or get_datetime(doc.ends_on) <= now_datetime():
		frappe.throw(_("This poll is closed. See your group's meetings for the result."), exc=RuleViolation)
	if not set(numbers) <= set(range(1, len(doc.slots) + 1)):
		frappe.throw(_("Choose from the times that are listed."), exc=RuleViolation)
	others = [row for row in doc.answers if row.profile != profile]
	doc.set("answers", [*others, _row(profile, numbers)])
	group_records.save(doc)
	if words.strip():
		writing.send(doc.mentoring_group, profile, words)
	if _is_answered(doc):
		_decide(doc)
	return doc


def _is_answered(doc: MentoringPoll) -> bool:
	return domain.has_everybody(
		answers_of(doc), profiles_in(doc.mentoring_group, gate.WRITE, there_on=today())
	)


def decide_waiting(profile: str) -> None:
	"""Somebody can meet now who couldn't before: decide what their groups had answered and waited for."""
	for group in groups_with([profile], statuses=["Active"]):
		locks.lock_group(group)
		name = frappe.db.get_value(POLL, {"mentoring_group": group, "status": domain.OPEN})
		doc = name and frappe.get_doc(POLL, name, for_update=True)
		if doc and doc.status == domain.OPEN and _is_answered(doc):
			_decide(doc)


def decide_after_training(doc: Mentor | Mentee, event: TrainingNoted) -> None:
	"""Somebody's training was just noted."""
	decide_waiting(doc.profile)


def close(poll: str, profile: str) -> MentoringPoll:
	"""End a poll without a meeting, as whoever asked; twice changes nothing."""
	doc = _open_locked(poll)
	gate.require(doc.mentoring_group, profile, gate.WRITE)
	if doc.asked_by != profile:
		frappe.throw(_("Only the person who asked can close this poll."), exc=RuleViolation)
	if doc.status == domain.OPEN:
		doc.status = domain.CLOSED
		group_records.save(doc)
	return doc


def due(now: datetime | None = None) -> list[str]:
	"""Open polls whose day has come."""
	return frappe.get_all(
		POLL, {"status": domain.OPEN, "ends_on": ("<=", now or now_datetime())}, pluck="name", order_by="name"
	)


def decide_due(poll: str) -> bool:
	"""Decide a poll whose day has come; False when that was done meanwhile."""
	doc = _open_locked(poll)
	if doc.status != domain.OPEN or get_datetime(doc.ends_on) > now_datetime():
		return False
	_decide(doc)
	return True


def _usual_end(times: Sequence[datetime], now: datetime) -> datetime:
	latest = times[0] - timedelta(days=1) if times else now
	soonest = now + timedelta(hours=1)
	return max(min(now + timedelta(days=3), latest), soonest).replace(second=0, microsecond=0)


def _open_locked(poll: str) -> MentoringPoll:
	group = frappe.db.get_value(POLL, poll, "mentoring_group")
	if not group:
		raise frappe.PermissionError(_("Only people in the group can see this."))
	locks.lock_group(group)
	return frappe.get_doc(POLL, poll, for_update=True)


def _row(profile: str, numbers: Collection[int]) -> dict[str, Any]:
	return {
		"profile": profile,
		"numbers": ", ".join(str(number) for number in sorted(set(numbers))),
		"answered_on": now_datetime(),
	}


def _decide(doc: MentoringPoll) -> None:
	"""Plan the meeting at the best of the times; without one, the poll is closed and whoever asked hears why.

	Where everybody has answered and too few are ready to meet, it stays open until its day: nobody answers twice.
	"""
	group, answers = doc.mentoring_group, answers_of(doc)
	known = finding.planning_of(group)
	people = list(known.people)
	possible = _possible(doc, known)
	if _moves(doc):
		agreed = _agreed_to_move(doc, answers)
		possible = {number: one for number, one in possible.items() if number in agreed}
	number = domain.decide(possible, answers, people, known.borne())
	best = get_datetime(doc.slots[number - 1].starts_on) if number else None
	meeting, why = _plan(doc, best) if best else (None, ())
	if best and domain.waits(why, now_datetime(), get_datetime(doc.ends_on)):
		raise_events(doc, [domain.PollWaits(best, why)])
		return
	doc.update({"status": domain.DECIDED if meeting else domain.CLOSED, "session": meeting or doc.session})
	group_records.save(doc)
	if meeting:
		_note_who_comes(meeting, {who for who in people if number in answers.get(who, ())})
	else:
		raise_events(doc, [domain.PollClosed(best, why)])


def _possible(doc: MentoringPoll, known: finding.Planning) -> dict[int, slots_domain.Slot]:
	"""Those of the times that are still to come and free."""
	minutes, now = cint(doc.duration_minutes), aware(now_datetime())
	found = {row.idx: slots_domain.slot(aware(row.starts_on), minutes, known.zones) for row in doc.slots}
	return {
		number: one
		for number, one in found.items()
		if one.starts_at > now
		and not any(
			one.starts_at < until and start < one.starts_at + timedelta(minutes=minutes)
			for start, until in known.taken()
		)
	}


def _moves(doc: MentoringPoll) -> bool:
	"""Whether the poll is about another time for a meeting that is still planned."""
	return bool(doc.session and frappe.db.get_value(SESSION, doc.session, "status") == "Planned")


def _agreed_to_move(doc: MentoringPoll, answers: domain.Answers) -> set[int]:
	"""The times that somebody who may move the meeting can come to: whoever else asks for another time suggests it."""
	meeting = frappe.get_doc(SESSION, doc.session)
	managers = managing.managers_of(doc.mentoring_group)
	return {
		number
		for profile, numbers in answers.items()
		if managing.may_move(meeting, profile, managers)
		for number in numbers
	}


def _plan(doc: MentoringPoll, starts_on: datetime) -> tuple[str | None, tuple[Violation, ...]]:
	"""The meeting; None, and why, where a rule refuses it, an answer is kept all the same."""
	frappe.db.savepoint(_SAVEPOINT)
	# The last answer may have come by a link: whoever asked has planned it, or moved it.
	planner = frappe.db.get_value("Mentoring Profile", doc.asked_by, "user") or doc.owner
	try:
		if _moves(doc):
			return planning.change(
				doc.session,
				for_user=planner,
				starts_on=starts_on,
				duration_minutes=doc.duration_minutes,
			).name, ()
		planned = planning.plan(
			doc.mentoring_group,
			starts_on,
			planner=doc.asked_by,
			duration_minutes=doc.duration_minutes,
			**{field: cstr(doc.get(field)) for field in PLACE},
		)
		planned.db_set("owner", planner, update_modified=False)
		return planned.name, ()
	except RuleViolation as error:
		frappe.db.rollback(save_point=_SAVEPOINT)
		frappe.clear_messages()
		said = Violation("refused", "{words}", {"words": error_text(error)})
		return None, tuple(error.violations) or (said,)


def _note_who_comes(meeting: str, coming: set[str]) -> None:
	"""Whoever said that they can come then has answered the invitation by that."""
	session = planning.open_meeting(meeting)
	for row in session.attendance:
		row.answer = "Yes" if row.profile in coming else row.answer
	session.save(ignore_permissions=True)
