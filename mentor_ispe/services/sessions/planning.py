"""Plan, change, cancel and answer a group's meetings. Rules are kept by the Mentoring Session itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_datetime, now_datetime

from mentor_ispe.concurrency.locks import SESSION, lock_group
from mentor_ispe.domain.pauses import is_away
from mentor_ispe.domain.sessions import cadence
from mentor_ispe.domain.sessions.local_times import moved
from mentor_ispe.domain.sessions.meetings import ANSWERS
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_session import transition
from mentor_ispe.readings.meetings import group_of
from mentor_ispe.services.sessions import finding, managing
from mentor_ispe.services.sessions.finding import Proposal, propose_next

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

# What whoever plans may say of a meeting, beside its start.
FIELDS = (
	"duration_minutes",
	"mode",
	"location",
	"link",
	"focus",
	"agenda",
	"topics",
	"resources",
	"host",
	"guest_speaker",
)
LISTS = {"topics": "topic", "resources": "resource"}


def open_meeting(session: str) -> MentoringSession:
	"""The meeting as it is now, locked."""
	return frappe.get_doc(SESSION, session, for_update=True)


def plan(
	group: str, starts_on: datetime | str | None = None, *, planner: str | None = None, **values: Any
) -> MentoringSession:
	"""Plan a meeting, at `starts_on` or as proposed; `values` are any of FIELDS.

	`planner` is the profile of the member who plans it, who counts as coming.

	Length and place are those of the last meeting where nothing is said. Everyone who is ready is invited.
	Raises RuleViolation with every reason why it can't be.
	"""
	lock_group(group)
	doc = frappe.new_doc(SESSION)
	proposal = None if starts_on else propose_next(group)
	starts_on = starts_on or _proposed(proposal)
	doc.update({"mentoring_group": group, "starts_on": starts_on, "status": "Planned"})
	doc.update(
		{field: getattr(proposal, field) for field in finding.AS_LAST_TIME}
		if proposal
		else finding.as_last_time(group)
	)
	doc.flags.planner = planner
	set_values(doc, values)
	return doc.insert(ignore_permissions=True)


def plan_series(
	group: str,
	starts_on: datetime | str | None = None,
	*,
	times: int | None = None,
	every: int | None = None,
	unit: str | None = None,
	take_turns: bool = False,
	planner: str | None = None,
	**values: Any,
) -> list[MentoringSession]:
	"""Plan meetings in the group's rhythm (or every so many `unit`), until the cycle ends or `times` of them.

	They keep the weekday and the hour of the planner's clock; `starts_on` is on the site's. With `take_turns` they
	keep the day alone, at the hour that is fairest to those who had early and late ones before.
	"""
	lock_group(group)
	known = finding.planning_of(group)
	start = _moment(starts_on) if starts_on else _proposed(known.propose_next())
	frame = known.frame
	rhythm = _rhythm(every, unit) if every else frame.rhythm
	if times is not None and not 1 <= times <= cadence.LONGEST_SERIES:
		frappe.throw(
			_("A series can have 1 to {0} meetings.").format(cadence.LONGEST_SERIES), exc=RuleViolation
		)
	here, theirs = finding.site_zone(), known.home
	on_clock = cadence.series(rhythm, moved(start, here, theirs), frame.last_day, times)
	if take_turns:
		on_clock = known.take_turns(on_clock, cint(values.get("duration_minutes")) or None)
	dates = [moved(at, theirs, here) for at in on_clock]
	dates = [at for at in dates if not is_away(frame.standstill, at.date())]
	if not dates:
		dates = [start]  # after the end, which the meeting itself says in words
	meetings = [plan(group, at, planner=planner, **values) for at in dates]
	series = frappe.generate_hash(length=12)
	for doc in meetings:
		doc.db_set("series", series, update_modified=False)
	return meetings


def change(
	session: str, *, by: str | None = None, for_user: str | None = None, **values: Any
) -> MentoringSession:
	"""Move a meeting or edit it; `values` are `starts_on` and any of FIELDS.

	`by` is the profile of whoever asks, who needs the group's leave to move it; None is the staff, or a poll.
	`for_user` is the login to name as whoever moved it, where that isn't the one signed in.
	"""
	doc = open_meeting(session)
	if doc.status != "Planned":
		frappe.throw(
			_("This meeting is {0}. You can only change upcoming meetings.").format(_(doc.status).lower()),
			exc=RuleViolation,
		)
	if "starts_on" in values:
		doc.starts_on = values.pop("starts_on")
	set_values(doc, values)
	if by and transition.is_moved(stored := frappe.get_doc(SESSION, session), doc):
		managing.require_mover(stored, by)  # not as whoever names themselves the host by this
	doc.flags.changed_by = for_user
	return doc.save(ignore_permissions=True)


def cancel(session: str, reason: str, *, by: str | None = None) -> MentoringSession:
	"""Cancel a planned meeting, with a reason that everyone invited reads; twice changes nothing."""
	doc = open_meeting(session)
	if by:
		managing.require_mover(doc, by)
	if doc.status == "Cancelled":
		return doc
	doc.update({"status": "Cancelled", "cancel_reason": cstr(reason).strip()})
	return doc.save(ignore_permissions=True)


def swap_hosts(session: str, other: str, *, by: str) -> tuple[MentoringSession, MentoringSession]:
	"""Let the hosts of two planned meetings of a group change places; `by` is one of them, or manages the meetings."""
	if group_of(session) != group_of(other):
		frappe.throw(_("The meeting belongs to another group."), exc=RuleViolation)
	one, two = open_meeting(session), open_meeting(other)
	hosts = one.host, two.host
	if by not in hosts and by not in managing.managers_of(one.mentoring_group):
		frappe.throw(_("Only the host of one of these meetings can swap them."), exc=frappe.PermissionError)
	if not all(hosts) or not all(is_ahead(doc) for doc in (one, two)):
		frappe.throw(_("Choose two upcoming meetings that each have a host."), exc=RuleViolation)
	for doc, host in ((one, hosts[1]), (two, hosts[0])):
		if host not in {row.profile for row in doc.attendance}:
			name = frappe.db.get_value("Mentoring Profile", host, "full_name")
			frappe.throw(_("{0} isn't invited to the other meeting.").format(name), exc=RuleViolation)
		doc.host = host
		doc.save(ignore_permissions=True)
	return one, two


def is_ahead(doc: MentoringSession) -> bool:
	"""Whether the meeting is planned and hasn't begun."""
	return doc.status == "Planned" and get_datetime(doc.starts_on) > now_datetime()


def plan_again(session: str, starts_on: datetime | str, *, by: str | None = None) -> MentoringSession:
	"""Plan a cancelled meeting again, at another time; everyone is invited anew, `by` counts as coming."""
	doc = open_meeting(session)
	if by:
		managing.require_mover(doc, by)
	if doc.status != "Cancelled":
		frappe.throw(_("Only a canceled meeting can be scheduled again."), exc=RuleViolation)
	doc.update({"status": "Planned", "starts_on": starts_on, "cancel_reason": None})
	doc.flags.planner = by
	return doc.save(ignore_permissions=True)


def answer(session: str, profile: str, said: str) -> MentoringSession:
	"""Say for one person on the list whether they come: Yes, Maybe or No."""
	if said not in ANSWERS or not said:
		frappe.throw(
			_("Choose one of these answers: {0}.").format(", ".join(filter(None, ANSWERS))),
			exc=RuleViolation,
		)
	doc = open_meeting(session)
	if doc.status != "Planned":
		frappe.throw(_("You can only answer invitations to upcoming meetings."), exc=RuleViolation)
	row = next((row for row in doc.attendance if row.profile == profile), None)
	if row is None:
		frappe.throw(
			_(
				"You can't be invited to this meeting yet. First sign your agreements and complete your training."
			),
			exc=RuleViolation,
		)
	if row.answer != said:
		row.answer = said
		doc.save(ignore_permissions=True)
	return doc


def _proposed(proposal: Proposal) -> datetime:
	if proposal.starts_on is None:
		frappe.throw(_("No more meetings fit before the cycle ends."), exc=RuleViolation)
	return proposal.starts_on


def _rhythm(every: int, unit: str | None) -> cadence.Rhythm:  # type: ignore[return]  # frappe.throw never returns
	try:
		return cadence.Rhythm(every, unit or "Month")
	except ValueError:
		frappe.throw(_("Enter how often you meet, for example every 2 weeks."), exc=RuleViolation)


def _moment(value: datetime | str) -> datetime:  # type: ignore[return]  # frappe.throw never returns
	try:
		return get_datetime(value)
	except (ValueError, TypeError):
		frappe.throw(
			_("{0} is not a valid date and time. Use the format YYYY-MM-DD HH:MM.").format(value),
			exc=RuleViolation,
		)


def set_values(doc: MentoringSession, values: Mapping[str, Any]) -> None:
	"""Write `values`, any of FIELDS, into a meeting; lists are lists of names."""
	refuse_unknown(values, FIELDS)
	for field, value in values.items():
		if field in LISTS:
			doc.set(field, [{LISTS[field]: name} for name in _names(value)])
		elif value is not None or not doc.is_new():
			doc.set(field, value)


def refuse_unknown(values: Mapping[str, Any], known: Iterable[str]) -> None:
	"""Refuse values that aren't among those that may be said of a meeting."""
	may = list(known)
	if not isinstance(values, Mapping):
		frappe.throw(
			_("Send at least one of these fields of the meeting: {0}.").format(", ".join(sorted(may))),
			exc=RuleViolation,
		)
	unknown = sorted(set(values) - set(may))
	if unknown:
		frappe.throw(
			_("A meeting has no field {0}. Its fields are: {1}.").format(
				", ".join(unknown), ", ".join(sorted(may))
			),
			exc=RuleViolation,
		)


def _names(value: Any) -> Iterable[str]:
	return dict.fromkeys([value] if isinstance(value, str) else value or ())
