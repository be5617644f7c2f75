"""The forms of a group's meetings. The person is always the one signed in."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from typing import Any

import frappe
from frappe import _

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.concurrency import locks
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import MEMBER, WRITE, enter
from mentor_ispe.portal import reading, words
from mentor_ispe.portal.forms import Done, entered, many
from mentor_ispe.portal.group_page import address
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.members.profiles import own_profile
from mentor_ispe.services.sessions import actions, notes, planning, recording

NEW_ITEMS = 3
# What the forms ask of a meeting beside its start.
ASKED = ("duration_minutes", "mode", "location", "link", "focus")


@endpoint(MEMBER, form=True)
def answer(session: str, said: str = "") -> Done:
	"""Say whether one comes."""
	planning.answer(session, _writer(session), said)
	return Done(_("Your answer is kept, the others see it."))


@endpoint(MEMBER, form=True)
def plan(group: str, starts_on: str = "") -> Done:
	"""Plan one meeting."""
	clock = _hold(group)
	at = reading.moment(starts_on, clock)
	doc = planning.plan(group, at, **_values())
	return Done(
		_("The meeting of {0} is planned, everyone is invited.").format(clock.when(doc.starts_on)),
		address(group, "meetings", doc.name),
	)


@endpoint(MEMBER, form=True)
def plan_series(group: str, starts_on: str = "", times: str = "", every: str = "", unit: str = "") -> Done:
	"""Plan meetings in a rhythm."""
	clock = _hold(group)
	planned = planning.plan_series(
		group,
		reading.moment(starts_on, clock),
		times=reading.number(times, _("How many meetings")),
		every=reading.number(every, _("Every")),
		unit=unit or None,
		**_values(),
	)
	return Done(
		_("{0} meetings are planned, the last one for {1}.").format(
			len(planned), clock.when(planned[-1].starts_on)
		)
	)


@endpoint(MEMBER, form=True)
def change(session: str, starts_on: str = "") -> Done:
	"""Move a planned meeting, or edit it."""
	locks.lock_group_of_meeting(session)
	clock = Clock.of(_writer(session))
	values = _values()
	if at := reading.moment(starts_on, clock):
		values["starts_on"] = at
	planning.change(session, **values)
	return Done(_("The meeting is changed."))


@endpoint(MEMBER, form=True)
def prepare(session: str, agenda: str = "") -> Done:
	"""Write the agenda, and choose what to read."""
	locks.lock_group_of_meeting(session)
	_writer(session)
	values: dict[str, Any] = {"resources": many("resources")}
	if agenda.strip() != words.to_text(frappe.db.get_value(locks.SESSION, session, "agenda")):
		values["agenda"] = words.to_html(agenda)
	planning.change(session, **values)
	return Done(_("The agenda is kept."))


@endpoint(MEMBER, form=True)
def cancel(session: str, reason: str = "") -> Done:
	"""Cancel a planned meeting."""
	_writer(session)
	planning.cancel(session, reason)
	return Done(_("The meeting is cancelled, everyone is told."))


@endpoint(MEMBER, form=True)
def plan_again(session: str, starts_on: str = "") -> Done:
	"""Plan a cancelled meeting again."""
	locks.lock_group_of_meeting(session)
	clock = Clock.of(_writer(session))
	at = reading.moment(starts_on, clock)
	if not at:
		frappe.throw(_("Say on which day and at what time you meet."), exc=RuleViolation)
	planning.plan_again(session, at)
	return Done(_("The meeting is planned again for {0}, everyone is invited.").format(clock.when(at)))


@endpoint(MEMBER, form=True)
def record(session: str, summary: str = "", next_focus: str = "") -> Done:
	"""Record a meeting as held: who was there, what was said, what is to be done."""
	profile = _writer(session)
	recording.record(session, profile, _minutes(), **_said(summary, next_focus))
	return Done(_("The meeting is recorded."))


@endpoint(MEMBER, form=True, once=True)
def record_unplanned(
	group: str,
	starts_on: str = "",
	duration_minutes: str = "",
	mode: str = "Online",
	summary: str = "",
	next_focus: str = "",
) -> Done:
	"""Record a meeting that nobody had planned."""
	clock = _hold(group)
	at = reading.moment(starts_on, clock)
	if not at:
		frappe.throw(_("Say on which day and at what time you met."))
	length = reading.number(duration_minutes, _("Minutes"))
	values = {"mode": mode, **({"duration_minutes": length} if length else {})}
	doc = recording.record_unplanned(
		group, at, own_profile(), _minutes(), **_said(summary, next_focus), **values
	)
	return Done(_("The meeting is recorded."), address(group, "meetings", doc.name))


@endpoint(MEMBER, form=True)
def correct(session: str) -> Done:
	"""Correct who was at a meeting."""
	_writer(session)
	recording.correct(session, _minutes())
	return Done(_("The attendance is corrected."))


@endpoint(MEMBER, form=True)
def write_notes(session: str, summary: str = "", next_focus: str = "") -> Done:
	"""Write the summary of a meeting, and what the next one is about."""
	notes.write(session, _writer(session), summary=summary, next_focus=next_focus)
	return Done(_("The notes are kept. Only your group reads them."))


@endpoint(MEMBER, form=True, once=True)
def add_item(session: str, what: str = "", assigned_to: str = "", due_on: str = "") -> Done:
	"""Agree on something to do."""
	item = {"words": what, "assigned_to": assigned_to or None, "due_on": reading.day(due_on)}
	actions.add(session, _writer(session), [item])
	return Done(_("Noted."))


@endpoint(MEMBER, form=True)
def close_item(item: str, status: str = "Done") -> Done:
	"""Say that something is done, or dropped."""
	actions.close(item, own_profile(), status)
	return Done(_("Noted."))


def _writer(session: str) -> str:
	"""The signed-in person's profile, who holds an active seat in the group of this meeting."""
	return enter(notes.group_of(session), WRITE)


def _hold(group: str) -> Clock:
	"""Lock the group for who plans in it; their clock."""
	profile = enter(group, WRITE)
	locks.lock_group(group)
	return Clock.of(profile)


def _values() -> dict[str, Any]:
	"""What the form says of the meeting; a field that it didn't have stays as it is."""
	given = {name: values[0].strip() for name, values in entered().items() if name in ASKED}
	if "duration_minutes" in given:
		length = reading.number(given.pop("duration_minutes"), _("Minutes"))
		given |= {"duration_minutes": length} if length is not None else {}
	if not given.get("mode"):
		given.pop("mode", None)
	return given


def _minutes() -> dict[str, int]:
	"""Who was there for how long, from the fields `minutes:<profile>`; nothing typed is not there."""
	return {
		profile: reading.number(typed, _("Minutes")) or 0
		for profile, typed in reading.under("minutes").items()
	}


def _said(summary: str, next_focus: str) -> dict[str, Any]:
	"""What was said and agreed on, as `recording` takes it."""
	what, whose, until = (reading.under(name) for name in ("what", "whose", "until"))
	return {
		"summary": summary,
		"next_focus": next_focus,
		"new_items": [
			{"words": text, "assigned_to": whose.get(row) or None, "due_on": reading.day(until.get(row))}
			for row, text in what.items()
			if text
		],
		"closed_items": {item: status for item, status in reading.under("item").items() if status},
	}
