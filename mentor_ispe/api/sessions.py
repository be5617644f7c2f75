"""A group's meetings over HTTP, for the people in it: the person is always the one signed in."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from collections.abc import Mapping
from typing import Any

from frappe.utils import cint

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import DayOrNone, Flag, Minutes, Moment, MomentOrNone
from mentor_ispe.api.values import ItemValues, MeetingValues
from mentor_ispe.concurrency import locks
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.gate import MEMBER, READ, WRITE, enter
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal import chosen_time, meeting_form
from mentor_ispe.portal.html_form import HtmlForm
from mentor_ispe.readings.meetings import group_of
from mentor_ispe.services.conversation import writing
from mentor_ispe.services.sessions import action_items as group_actions
from mentor_ispe.services.sessions import finding, planning, queries, recording
from mentor_ispe.services.sessions import notes as group_notes


@endpoint(MEMBER, methods=READS)
def sessions(group: str) -> list[dict]:
	"""The meetings of one's group, the latest first, on one's own clock."""
	return queries.sessions_of(group, own_profile())


@endpoint(MEMBER, methods=READS)
def agenda(session: str) -> dict:
	"""One meeting with everything: people and their clocks, agenda, action items, notes."""
	return queries.agenda(session, own_profile())


@endpoint(MEMBER, methods=READS)
def propose_next(group: str) -> dict:
	"""When the group would meet next by its rhythm, where, and on whose clock that is when."""
	enter(group, READ)
	known = finding.planning_of(group)
	proposal = known.propose_next()
	return {
		**{field: getattr(proposal, field) for field in ("starts_on", *finding.AS_LAST_TIME)},
		"local_times": queries.clocks(proposal.starts_on, known.people, own_profile())
		if proposal.starts_on
		else [],
	}


@endpoint(MEMBER, methods=READS)
def suggest(group: str, duration_minutes: Minutes | None = None) -> list[dict]:
	"""Times that suit the clocks of everyone in one's group, and for whom each is early, late or at a weekend."""
	profile = enter(group, WRITE)
	return queries.suggestions(finding.planning_of(group), profile, duration_minutes or None)


@endpoint(
	MEMBER,
	methods=READS,
	form=HtmlForm(N_("Nothing has been saved yet. Check below what time it is for everyone."), keep=True),
)
def check_time(
	starts_on: Moment,
	group: str | None = None,
	session: str | None = None,
	duration_minutes: Minutes | None = None,
) -> list[dict]:
	"""A moment on the clock of everyone in one's group, before it becomes a meeting; of a `session`, in its group."""
	group = group_of(session) if session else group
	profile = enter(group, WRITE)
	return chosen_time.clock_rows(finding.people_in(group), starts_on, duration_minutes, profile)


@endpoint(MEMBER, form=HtmlForm(meeting_form.is_planned, meeting_form.meeting_page))
def plan(group: str, starts_on: MomentOrNone = None, values: MeetingValues | None = None) -> dict:
	"""Plan a meeting of one's group, at `starts_on` or as proposed."""
	locks.lock_group(group)
	profile = enter(group, WRITE)
	return _meeting(planning.plan(group, starts_on, planner=profile, **_values(values)))


@endpoint(MEMBER, form=HtmlForm(meeting_form.are_planned))
def plan_series(
	group: str,
	starts_on: MomentOrNone = None,
	times: int | None = None,
	every: int | None = None,
	unit: str | None = None,
	take_turns: Flag = 0,
	values: MeetingValues | None = None,
) -> list[dict]:
	"""Plan meetings in the group's rhythm until the cycle ends, or `times` of them.

	With `take_turns` the hour changes, so that early and late ones go round.
	"""
	locks.lock_group(group)
	profile = enter(group, WRITE)
	planned = planning.plan_series(
		group,
		starts_on,
		times=times,
		every=every,
		unit=unit or None,
		take_turns=bool(take_turns),
		planner=profile,
		**_values(values),
	)
	return [_meeting(doc) for doc in planned]


@endpoint(MEMBER, form=HtmlForm(meeting_form.is_changed, fields=meeting_form.as_edited))
def change(session: str, values: MeetingValues) -> dict:
	"""Move a planned meeting of one's group, where the program lets one, or edit it."""
	locks.lock_group_of_meeting(session)
	profile = _check_access(session)
	return _meeting(planning.change(session, by=profile, **_values(values, may_move=True)))


@endpoint(MEMBER, form=HtmlForm(N_("The meeting has been canceled. Everyone has been told.")))
def cancel(session: str, reason: str) -> dict:
	"""Cancel a planned meeting of one's group, where the program lets one, with a reason for everyone."""
	profile = _check_access(session)
	return _meeting(planning.cancel(session, reason, by=profile))


@endpoint(MEMBER, form=HtmlForm(N_("The hosts have swapped. They will be told.")))
def swap_hosts(session: str, other: str) -> list[dict]:
	"""Let the host of a planned meeting and that of another one of the group change places."""
	locks.lock_group_of_meeting(session)
	profile = _check_access(session)
	return [_meeting(doc) for doc in planning.swap_hosts(session, other, by=profile)]


@endpoint(MEMBER, form=HtmlForm(meeting_form.is_planned_again))
def plan_again(session: str, starts_on: Moment) -> dict:
	"""Plan a cancelled meeting of one's group again, at another time."""
	locks.lock_group_of_meeting(session)
	profile = _check_access(session)
	return _meeting(planning.plan_again(session, starts_on, by=profile))


@endpoint(MEMBER, form=HtmlForm(N_("Your answer has been saved. The others can see it.")))
def answer(session: str, said: str, words: str = "") -> dict:
	"""Say whether one comes: Yes, Maybe or No. `words` go to the others as a message."""
	_check_access(session)
	done = planning.answer(session, own_profile(), said)
	if words.strip():
		writing.send(done.mentoring_group, own_profile(), words)
	return _meeting(done)


@endpoint(MEMBER, form=HtmlForm(N_("The meeting has been recorded.")))
def record(
	session: str,
	attendance: dict[str, Minutes] | None = None,
	summary: str | None = None,
	next_focus: str | None = None,
	new_items: list[ItemValues] | None = None,
	closed_items: dict[str, str] | None = None,
) -> dict:
	"""Record a meeting as held: who was there, what was said, what is to be done."""
	_check_access(session)
	doc = recording.record(
		session,
		own_profile(),
		attendance,
		**_said(summary, next_focus, new_items, closed_items),
	)
	return _meeting(doc)


@endpoint(MEMBER, once=True, form=HtmlForm(N_("The meeting has been recorded."), meeting_form.meeting_page))
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
	return _meeting(doc)


@endpoint(MEMBER, form=HtmlForm(N_("The attendance has been corrected.")))
def correct(session: str, attendance: dict[str, Minutes]) -> dict:
	"""Correct who was at a meeting that was recorded, and for how many minutes; whoever isn't named wasn't there."""
	_check_access(session)
	return _meeting(recording.correct(session, attendance))


@endpoint(MEMBER, methods=READS)
def notes(session: str) -> dict:
	"""What the group wrote down of a meeting, and who of the staff opened it."""
	return group_notes.read(session, own_profile())


@endpoint(MEMBER, form=HtmlForm(N_("The notes have been saved. Only your group can read them.")))
def write_notes(session: str, summary: str | None = None, next_focus: str | None = None) -> dict:
	"""Write the summary of a meeting and what the next one is about; what isn't given stays."""
	profile = own_profile()
	group_notes.write(session, profile, summary=summary, next_focus=next_focus)
	return group_notes.read(session, profile)


@endpoint(MEMBER, methods=READS)
def action_items(group: str) -> list[dict]:
	"""Every action item of one's group, the open ones first."""
	return group_actions.of_group(group, own_profile())


@endpoint(MEMBER, once=True, form=HtmlForm(N_("Saved.")))
def add_action_item(
	session: str, words: str, assigned_to: str | None = None, due_on: DayOrNone = None
) -> dict:
	"""Agree on something to do in a meeting."""
	item = {"words": words, "assigned_to": assigned_to, "due_on": due_on}
	return {"name": group_actions.add(session, own_profile(), [item])[0]}


@endpoint(MEMBER, form=HtmlForm(N_("Saved.")))
def close_action_item(item: str, status: str = "Done", session: str | None = None) -> dict:
	"""Say that an action item is Done or Dropped."""
	return {"name": item, "status": group_actions.close(item, own_profile(), status, session)}


def _check_access(session: str) -> str:
	return enter(group_of(session), WRITE)


def _values(values: Mapping[str, Any] | None, may_move: bool = False) -> dict[str, Any]:
	"""What members may say of a meeting; a guest speaker is the committee's to arrange."""
	given = dict(values or {})
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


def _meeting(doc) -> dict:
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
