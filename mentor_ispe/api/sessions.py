"""A group's meetings over HTTP, for the people in it: the person is always the one signed in."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from typing import Any

from frappe.utils import cint

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import DayOrNone, Minutes, Moment, MomentOrNone
from mentor_ispe.api.values import ItemValues, MeetingValues
from mentor_ispe.concurrency import locks
from mentor_ispe.permissions.gate import MEMBER, READ, WRITE, enter
from mentor_ispe.services.groups.group_people import people_of
from mentor_ispe.services.members.profiles import own_profile
from mentor_ispe.services.sessions import actions as group_actions
from mentor_ispe.services.sessions import clocks, planning, recording, views
from mentor_ispe.services.sessions import notes as group_notes


@endpoint(MEMBER, methods=READS)
def sessions(group: str) -> list[dict]:
	"""The meetings of one's group, the latest first, on one's own clock."""
	return views.sessions_of(group, own_profile())


@endpoint(MEMBER, methods=READS)
def agenda(session: str) -> dict:
	"""One meeting with everything: people and their clocks, agenda, action items, notes."""
	return views.agenda(session, own_profile())


@endpoint(MEMBER, methods=READS)
def propose_next(group: str) -> dict:
	"""When the group would meet next by its rhythm, where, and on whose clock that is when."""
	enter(group, READ)
	proposal = planning.propose_next(group)
	people = people_of(group, WRITE)
	return {
		"starts_on": proposal.starts_on,
		"duration_minutes": proposal.duration_minutes,
		"mode": proposal.mode,
		"location": proposal.location,
		"link": proposal.link,
		"local_times": clocks.clocks_for(own_profile(), proposal.starts_on, people)
		if proposal.starts_on
		else [],
	}


@endpoint(MEMBER)
def plan(group: str, starts_on: MomentOrNone = None, values: MeetingValues | None = None) -> dict:
	"""Plan a meeting of one's group, at `starts_on` or as proposed."""
	locks.lock_group(group)
	enter(group, WRITE)
	return _told(planning.plan(group, starts_on, **_values(values)))


@endpoint(MEMBER)
def plan_series(
	group: str,
	starts_on: MomentOrNone = None,
	times: int | None = None,
	every: int | None = None,
	unit: str | None = None,
	values: MeetingValues | None = None,
) -> list[dict]:
	"""Plan meetings in the group's rhythm until the cycle ends, or `times` of them."""
	locks.lock_group(group)
	enter(group, WRITE)
	planned = planning.plan_series(group, starts_on, times=times, every=every, unit=unit, **_values(values))
	return [_told(doc) for doc in planned]


@endpoint(MEMBER)
def change(session: str, values: MeetingValues) -> dict:
	"""Move a planned meeting of one's group, or edit it."""
	locks.lock_group_of_meeting(session)
	_require_of(session)
	return _told(planning.change(session, **_values(values, may_move=True)))


@endpoint(MEMBER)
def cancel(session: str, reason: str) -> dict:
	"""Cancel a planned meeting of one's group, with a reason for everyone."""
	_require_of(session)
	return _told(planning.cancel(session, reason))


@endpoint(MEMBER)
def plan_again(session: str, starts_on: Moment) -> dict:
	"""Plan a cancelled meeting of one's group again, at another time."""
	locks.lock_group_of_meeting(session)
	_require_of(session)
	return _told(planning.plan_again(session, starts_on))


@endpoint(MEMBER)
def answer(session: str, said: str) -> dict:
	"""Say whether one comes: Yes, Maybe or No."""
	_require_of(session)
	return _told(planning.answer(session, own_profile(), said))


@endpoint(MEMBER)
def record(
	session: str,
	attendance: dict[str, Minutes] | None = None,
	summary: str | None = None,
	next_focus: str | None = None,
	new_items: list[ItemValues] | None = None,
	closed_items: dict[str, str] | None = None,
) -> dict:
	"""Record a meeting as held: who was there, what was said, what is to be done."""
	_require_of(session)
	doc = recording.record(
		session,
		own_profile(),
		attendance,
		**_said(summary, next_focus, new_items, closed_items),
	)
	return _told(doc)


@endpoint(MEMBER, once=True)
def record_unplanned(
	group: str,
	starts_on: Moment,
	attendance: dict[str, Minutes] | None = None,
	summary: str | None = None,
	next_focus: str | None = None,
	new_items: list[ItemValues] | None = None,
	closed_items: dict[str, str] | None = None,
	values: MeetingValues | None = None,
) -> dict:
	"""Record a meeting that nobody had planned."""
	locks.lock_group(group)
	enter(group, WRITE)
	doc = recording.record_unplanned(
		group,
		starts_on,
		own_profile(),
		attendance,
		**_said(summary, next_focus, new_items, closed_items),
		**_values(values),
	)
	return _told(doc)


@endpoint(MEMBER, methods=READS)
def notes(session: str) -> dict:
	"""What the group wrote down of a meeting, and who of the staff opened it."""
	return group_notes.read(session, own_profile())


@endpoint(MEMBER)
def write_notes(session: str, summary: str | None = None, next_focus: str | None = None) -> dict:
	"""Write the summary of a meeting and what the next one is about; what isn't given stays."""
	profile = own_profile()
	group_notes.write(session, profile, summary=summary, next_focus=next_focus)
	return group_notes.read(session, profile)


@endpoint(MEMBER, methods=READS)
def action_items(group: str) -> list[dict]:
	"""Every action item of one's group, the open ones first."""
	return group_actions.of_group(group, own_profile())


@endpoint(MEMBER, once=True)
def add_action_item(
	session: str, words: str, assigned_to: str | None = None, due_on: DayOrNone = None
) -> dict:
	"""Agree on something to do in a meeting."""
	item = {"words": words, "assigned_to": assigned_to, "due_on": due_on}
	return {"name": group_actions.add(session, own_profile(), [item])[0]}


@endpoint(MEMBER)
def close_action_item(item: str, status: str = "Done", session: str | None = None) -> dict:
	"""Say that an action item is Done or Dropped."""
	return {"name": item, "status": group_actions.close(item, own_profile(), status, session)}


def _require_of(session: str) -> None:
	enter(group_notes.group_of(session), WRITE)


def _values(values: dict | None, may_move: bool = False) -> dict[str, Any]:
	"""What members may say of a meeting; a guest speaker is the committee's to arrange."""
	given = values or {}
	known = {*planning.FIELDS, *({"starts_on"} if may_move else ())} - {"guest_speaker"}
	planning.refuse_unknown(given, known)
	return given


def _said(summary, next_focus, new_items, closed_items) -> dict[str, Any]:
	return {
		"summary": summary,
		"next_focus": next_focus,
		"new_items": recording.checked_items(new_items),
		"closed_items": recording.checked_closed(closed_items),
	}


def _told(doc) -> dict:
	return {
		"name": doc.name,
		"status": doc.status,
		"starts_on": doc.starts_on,
		"duration_minutes": doc.duration_minutes,
		"host": doc.host,
		"people": [
			{
				"profile": row.profile,
				"full_name": row.full_name,
				"answer": row.answer or "",
				"attended": cint(row.attended),
				"minutes": cint(row.minutes),
			}
			for row in doc.attendance
		],
	}
