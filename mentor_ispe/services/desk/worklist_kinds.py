"""The kinds of things that wait for a coordinator, as data: which records, since when, and when it is late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from frappe import _lt
from frappe.utils import now_datetime

from mentor_ispe.membership.places import with_too_few_places
from mentor_ispe.services.desk import worklist_queries as found

LIVE_CYCLES = ("Open", "Matching", "Running")


@dataclass(frozen=True)
class Asked:
	"""What every kind is counted with: the program, who asks, and the day."""

	program: str | None
	user: str
	day: date

	@property
	def yesterday(self) -> date:
		return self.day - timedelta(days=1)

	def in_program(self) -> list[list[Any]]:
		return [["program", "=", self.program]] if self.program else []

	def in_live_cycles(self) -> list[list[Any]]:
		return [["cycle_status", "in", list(LIVE_CYCLES)], *self.in_program()]


@dataclass(frozen=True)
class Kind:
	"""One kind of need: how its records are found. `filters` are rows of (field, operator, value), or None
	where the kind doesn't apply; `late` are further ones. `action` is that of bulk.py which all of them can get
	at one click; where people must be looked at one by one, there is none. No filter names several programs or cycles: the
	Desk splits such a filter at every comma, and people write commas into their names."""

	code: str
	label: str
	doctype: str
	filters: Callable[[Asked], list[list[Any]] | None]
	oldest: str
	late: Callable[[Asked], list[list[Any]]] | None = None
	late_label: str = ""
	action: str = ""
	action_label: str = ""


def named(names: set[str]) -> list[list[Any]]:
	return [["name", "in", sorted(names) or [""]]]


def _until(field: str, day: date) -> list[Any]:
	"""On this day or earlier. With "<" a list would show the records without a day too."""
	return [field, "between", ["2000-01-01", str(day)]]


def announced() -> list[Any]:
	"""Groups whose people know of their match: with "<=" a list shows those without such a time as well."""
	return ["announce_on", "<=", f"{now_datetime():%Y-%m-%d %H:%M:%S}"]


def _past_promise(asked: Asked) -> list[list[Any]]:
	return [_until("answer_by", asked.yesterday)]


KINDS: tuple[Kind, ...] = (
	Kind(
		"open_concerns",
		_lt("Follow up on concerns"),
		"Mentoring Concern",
		lambda asked: [["status", "in", ["Open", "In Mediation"]], *asked.in_program()],
		"creation",
	),
	Kind(
		"mentor_applications",
		_lt("Decide on mentor applications"),
		"Mentor",
		lambda asked: [["status", "=", "Applied"], *asked.in_live_cycles()],
		"applied_on",
		_past_promise,
		_lt("past the promised date"),
	),
	Kind(
		"mentee_applications",
		_lt("Decide on mentee and peer applications"),
		"Mentee",
		lambda asked: [["status", "=", "Applied"], *asked.in_live_cycles()],
		"applied_on",
		_past_promise,
		_lt("past the promised date"),
	),
	Kind(
		"unmatched_mentees",
		_lt("Match mentees and peers"),
		"Mentee",
		lambda asked: [
			["status", "=", "Approved"],
			["mentoring_group", "is", "not set"],
			*asked.in_live_cycles(),
		],
		"waiting_since",
		_past_promise,
		_lt("past the promised date"),
	),
	Kind(
		"unmatched_mentors",
		_lt("Match mentors"),
		"Mentor",
		lambda asked: [["status", "=", "Approved"], ["seats_taken", "=", 0], *asked.in_live_cycles()],
		"applied_on",
		_past_promise,
		_lt("past the promised date"),
	),
	Kind(
		"cycles_to_match",
		_lt("Match and start cycles"),
		"Mentoring Cycle",
		lambda asked: [["status", "=", "Matching"], *asked.in_program()],
		"application_until",
		lambda asked: [_until("start_date", asked.yesterday)],
		_lt("past their start date"),
	),
	Kind(
		"matches_unanswered",
		_lt("Ask for answers to matches"),
		"Mentoring Group",
		lambda asked: [
			["status", "in", ["Proposed", "Active"]],
			["unanswered", ">", 0],
			announced(),
			*asked.in_program(),
		],
		"proposed_on",
		lambda asked: [_until("respond_by", asked.day + timedelta(days=3))],
		_lt("due within three days"),
		action="remind_answers",
		action_label=_lt("Send reminder"),
	),
	Kind(
		"groups_to_start",
		_lt("Start groups in which everyone answered"),
		"Mentoring Group",
		lambda asked: [["status", "=", "Proposed"], ["unanswered", "=", 0], *asked.in_program()],
		"proposed_on",
		action="start_groups",
		action_label=_lt("Start"),
	),
	Kind(
		"alarms",
		_lt("Help groups that need attention"),
		"Mentoring Group",
		lambda asked: [["status", "=", "Active"], ["alarm", "is", "set"], *asked.in_program()],
		"start_date",
	),
	Kind(
		"no_first_meeting",
		_lt("Help groups to their overdue first meeting"),
		"Mentoring Group",
		lambda asked: named(found.without_first_meeting(asked.day, asked.program)),
		"start_date",
	),
	Kind(
		"low_health",
		_lt("Check on groups with low health"),
		"Mentoring Group",
		lambda asked: named(found.under_threshold(asked.program)),
		"start_date",
	),
	Kind(
		"without_mentor",
		_lt("Find mentors for groups"),
		"Mentoring Group",
		lambda asked: named(found.without_mentor(asked.program)),
		"start_date",
	),
	Kind(
		"without_moderator",
		_lt("Find moderators for groups"),
		"Mentoring Group",
		lambda asked: named(found.without_moderator(asked.program)),
		"start_date",
		action="next_moderator",
		action_label=_lt("Assign a willing moderator"),
	),
	Kind(
		"lapsed_members",
		_lt("Contact people in groups whose membership lapsed"),
		"Mentoring Profile",
		lambda asked: named(found.lapsed(asked.program)),
		"lapsed_since",
	),
	Kind(
		"lapsing_members",
		_lt("Contact people in groups whose membership is about to lapse"),
		"Mentoring Profile",
		lambda asked: named(found.about_to_lapse(asked.day, asked.program)),
		"active_until",
		lambda asked: [["membership_state", "=", "Grace"]],
		_lt("in their grace period"),
	),
	Kind(
		"too_few_places",
		_lt("Check memberships shared by too many people"),
		"Mentoring Profile",
		lambda asked: None if asked.program else named(with_too_few_places()),
		"creation",
	),
	Kind(
		"feedback_overdue",
		_lt("Ask for overdue feedback"),
		"Mentoring Feedback Request",
		lambda asked: [["status", "=", "Open"], _until("due_on", asked.yesterday), *asked.in_program()],
		"due_on",
		lambda asked: [["reminders", ">=", 2]],
		_lt("reminded at least twice"),
		action="remind_feedback",
		action_label=_lt("Send reminder"),
	),
	Kind(
		"speakers_to_arrange",
		_lt("Book guest speakers"),
		"Guest Speaker Request",
		lambda asked: [["status", "in", ["Requested", "Approaching"]], *asked.in_program()],
		"creation",
		lambda asked: [_until("wished_until", asked.yesterday)],
		_lt("past the requested date"),
	),
	Kind(
		"workshops_to_fill",
		_lt("Fill workshops of the next 30 days"),
		"Mentoring Workshop",
		lambda asked: named(found.workshops_to_fill(now_datetime(), asked.program)),
		"starts_on",
	),
	Kind(
		"workshops_to_record",
		_lt("Record who attended workshops"),
		"Mentoring Workshop",
		lambda asked: [["status", "=", "Planned"], _until("starts_on", asked.yesterday), *asked.in_program()],
		"starts_on",
	),
	Kind(
		"mentors_untrained",
		_lt("Get mentors trained"),
		"Mentor",
		lambda asked: named(found.untrained("Mentor", asked.program)),
		"decided_on",
		lambda asked: [["status", "=", "Active"]],
		_lt("already in a group"),
	),
	Kind(
		"mentees_untrained",
		_lt("Get mentees and peers trained"),
		"Mentee",
		lambda asked: named(found.untrained("Mentee", asked.program)),
		"decided_on",
		lambda asked: [["status", "=", "Active"]],
		_lt("already in a group"),
	),
	Kind(
		"moderators_untrained",
		_lt("Get moderators trained"),
		"Mentee",
		lambda asked: named(found.untrained_moderators(asked.program)),
		"decided_on",
	),
	Kind(
		"possible_duplicates",
		_lt("Decide on possible duplicates"),
		"Mentoring Possible Duplicate",
		lambda asked: None if asked.program else [["status", "=", "Open"]],
		"creation",
	),
	Kind(
		"changes_elsewhere",
		_lt("Check names and addresses changed elsewhere"),
		"Mentoring Profile Change",
		lambda asked: None if asked.program else [["status", "=", "Open"]],
		"creation",
	),
	Kind(
		"disabled_logins",
		_lt("Check participants with a disabled login"),
		"Mentoring Profile",
		lambda asked: named(found.with_disabled_login(asked.program)),
		"creation",
	),
	Kind(
		"mails_failed",
		_lt("Check emails that couldn't be sent"),
		"Mentoring Notice",
		lambda asked: None if asked.program else [["status", "=", "Failed"]],
		"creation",
	),
)
