"""What is asked of a person now, over all programs: the facts, as `domain/next_steps.py` asks for them.

Every kind of step reads its own records in a constant number of queries, however many groups, meetings and
requests there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_datetime, getdate, now_datetime

from mentor_ispe.domain.feedback.kinds import KINDS as QUESTIONS
from mentor_ispe.domain.membership import GRACE, LAPSED, NEVER
from mentor_ispe.domain.next_steps import HOME, KINDS, ON, TOLD, Asked, in_order
from mentor_ispe.domain.pages import group_path
from mentor_ispe.domain.statuses import TAKES_PART
from mentor_ispe.domain.workshops import PARTS_FOR
from mentor_ispe.readings.readiness import missing
from mentor_ispe.services.feedback.queries import my_requests
from mentor_ispe.services.groups import ending
from mentor_ispe.services.members import asked_in_groups, member_status
from mentor_ispe.services.readiness import workshops

# Part → whether the program requires its training, and where it is noted.
TRAINING = {
	"Mentor": ("Mentor", "training_for_mentors", "training_completed"),
	"Mentee": ("Mentee", "training_for_mentees", "training_completed"),
	"Moderator": ("Mentee", "training_for_moderators", "moderator_training_completed"),
}


@dataclass(frozen=True)
class Step:
	"""One thing that is asked, in the reader's language: `about` names the group or the program.

	`link` is where it is done, a path of the members' pages or the address to renew a membership at; it is empty
	for what is only told. `due` is the last day or the moment, None where there is none.
	"""

	kind: str
	words: str
	about: str
	link: str
	due: date | datetime | None = None

	@property
	def day(self) -> date:
		return getdate(self.due) if self.due else date.max

	@property
	def on_day(self) -> bool:
		"""Whether `due` is the day on which it is, rather than the last one."""
		return KINDS[self.kind].day == ON

	@property
	def tells_day(self) -> bool:
		"""Whether the words name the day themselves."""
		return KINDS[self.kind].day == TOLD

	@property
	def keeps_going(self) -> bool:
		"""Whether it is a task of whoever keeps a group going."""
		return KINDS[self.kind].keeps_going


def next_steps(
	profile: str, status: Mapping[str, Any] | None = None, now: datetime | None = None
) -> list[Step]:
	"""Everything that the person can do now; `status` is theirs of member_status, when it is at hand."""
	return [step for step in _all_steps(profile, status, now) if step.link]


def steps_and_news(
	profile: str, status: Mapping[str, Any], now: datetime | None = None
) -> tuple[list[Step], list[str]]:
	"""The same, and the sentences about what will be asked of them and can't be done yet."""
	found = _all_steps(profile, status, now)
	return [step for step in found if step.link], [step.words for step in found if not step.link]


def steps_in(group: str, profile: str, now: datetime | None = None) -> list[Step]:
	"""What is asked of the person on the pages of one group, the most urgent first."""
	own = [row for row in member_status.groups_of(profile) if row["name"] == group]
	page = group_path(group)
	moment = now or now_datetime()
	asked = _as_steps([*asked_in_groups.asked(profile, own, moment), *_feedback(profile, own)])
	here = [step for step in asked if step.link == page or step.link.startswith((f"{page}/", f"{page}#"))]
	return [*unsigned_in(group, profile, moment.date()), *here]


def unsigned_in(group: str, profile: str, on: date) -> list[Step]:
	"""The agreements without whose signature the person can't come to the group's meetings."""
	lacks = missing(group, on).get(profile, ())
	return _as_steps(
		Asked("Agreement", "", values={"title": each.params["title"]})
		for each in lacks
		if each.code == "unsigned"
	)


def _all_steps(profile: str, status: Mapping[str, Any] | None, now: datetime | None) -> list[Step]:
	moment = now or now_datetime()
	state = status or member_status.status_of(profile)
	return _as_steps(
		[
			*_membership(state),
			*_matches(state),
			*_drafts(profile, state, moment.date()),
			*_agreements(state),
			*_training(profile, state, moment),
			*_goals_met(profile, state),
			*_feedback(profile, state["groups"]),
			*asked_in_groups.asked(profile, state["groups"], moment),
		]
	)


def _as_steps(asked: Iterable[Asked]) -> list[Step]:
	return [
		Step(
			each.kind,
			_(each.words).format(**{**each.values, "count": each.count}),
			each.about,
			each.link,
			each.due,
		)
		for each in in_order(asked)
	]


def _membership(state: Mapping[str, Any]) -> Iterator[Asked]:
	standing = state["membership"]
	if not any(row["status"] in TAKES_PART for row in state["applications"]):
		return
	seated = any(row["seat"] == "Suspended" for row in state["groups"])
	kinds = {GRACE: "Grace", LAPSED: "Lapsed" if seated else "Lapsed Applicant", NEVER: "No Membership"}
	if kind := kinds.get(standing["state"]):
		renewal = frappe.db.get_single_value("Mentoring Settings", "renewal_url")
		explained = f"{HOME}#membership"
		link = explained if kind == "No Membership" else cstr(renewal) or explained
		yield Asked(kind, _("Membership"), standing["grace_until"], values={"renewal": link})


def _matches(state: Mapping[str, Any]) -> Iterator[Asked]:
	for row in state["groups"]:
		if row["seat"] == "Proposed" and row["status"] in ("Proposed", "Active"):
			values = {"group": row["name"], "title": cstr(row["title"])}
			yield Asked("Match", cstr(row["program"]), row["respond_by"], values=values)


def _drafts(profile: str, state: Mapping[str, Any], on: date) -> Iterator[Asked]:
	applied = {
		row["cycle"] for row in state["applications"] if row["status"] not in ("Withdrawn", "Rejected")
	}
	draft, cycle = frappe.qb.DocType("Mentoring Application Draft"), frappe.qb.DocType("Mentoring Cycle")
	rows = (
		frappe.qb.from_(draft)
		.join(cycle)
		.on(cycle.name == draft.cycle)
		.select(cycle.name, cycle.application_until)
		.where((draft.profile == profile) & (cycle.status == "Open"))
		.where((cycle.application_from <= on) & (cycle.application_until >= on))
	).run()
	for name, until in rows:
		if name not in applied:
			yield Asked("Draft", name, until, values={"cycle": name})


def _agreements(state: Mapping[str, Any]) -> Iterator[Asked]:
	for row in state["agreements_to_sign"]:
		yield Asked("Agreement", cstr(row["cycle"] or ""), values={"title": row["title"]})


def _training(profile: str, state: Mapping[str, Any], now: datetime) -> Iterator[Asked]:
	"""Training that a program requires, unless the person has done it or has a place in a workshop to come."""
	asked: dict[str, set[str]] = {}
	for part, program in _untrained(profile, state):
		asked.setdefault(program, set()).add(part)
	if not asked:
		return
	rows = [
		row
		for row in workshops.offered_to(profile)
		if row["is_training"] and row["status"] == "Planned" and get_datetime(row["starts_on"]) > now
	]
	for program, parts in sorted(asked.items()):
		fit = [row for row in rows if row["program"] == program and parts & PARTS_FOR[row["audience"]]]
		if any(row["my_status"] in ("Signed Up", "Waiting") for row in fit):
			continue
		open_ones = [row for row in fit if row["may_sign_up"]]
		if open_ones:
			yield Asked("Training", program, open_ones[0]["starts_on"])
		else:
			yield Asked("Training Later", program)


def _untrained(profile: str, state: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
	"""(part, program) of each training that the person takes part without."""
	placed = {row["doctype"] for row in state["applications"] if row["status"] in ("Approved", "Active")}
	if not placed:
		return
	moderates = {
		row["cycle"]
		for row in state["groups"]
		if row.get("is_moderator") and row["seat"] in ("Accepted", "Active")
	}
	program = frappe.qb.DocType("Mentoring Program")
	for doctype in sorted(placed):
		record = frappe.qb.DocType(doctype)
		parts = {part: rest for part, rest in TRAINING.items() if rest[0] == doctype}
		rows = (
			frappe.qb.from_(record)
			.join(program)
			.on(program.name == record.program)
			.select(record.program, record.cycle)
			.select(*(program[switch] for _doctype, switch, _done in parts.values()))
			.select(*(record[done] for _doctype, _switch, done in parts.values()))
			.where((record.profile == profile) & record.status.isin(["Approved", "Active"]))
		).run(as_dict=True)
		for row in rows:
			for part, (_doctype, switch, done) in parts.items():
				lacks = cint(row[switch]) and not cint(row[done])
				if lacks and (part != "Moderator" or row.cycle in moderates):
					yield part, row.program


def _goals_met(profile: str, state: Mapping[str, Any]) -> Iterator[Asked]:
	"""Who waits for another match after a group that met its goals may want none."""
	waits = {
		row["cycle"]
		for row in state["applications"]
		if row["doctype"] == "Mentee" and row["status"] == "Approved"
	}
	for row in state["groups"]:
		ended = row["status"] == "Ended Early" and row["seat"] == "Ended" and row["role"] == "Mentee"
		if ended and row["cycle"] in waits:
			waits.discard(row["cycle"])
			if ending.may_finish(profile, row["cycle"]):
				yield Asked("Goals Met", cstr(row["title"]), values={"group": row["name"]})


def _feedback(profile: str, groups: Iterable[Mapping[str, Any]]) -> Iterator[Asked]:
	titles = {row["name"]: cstr(row["title"]) for row in groups}
	for row in my_requests(profile):
		group = row["mentoring_group"]
		if row["status"] != "Open" or (group and group not in titles):
			continue
		question = QUESTIONS[row["kind"]].next_step
		values = {"question": _(question), "group": group or ""}
		kind = "Feedback" if group else "Program Feedback"
		yield Asked(kind, titles.get(group or "", cstr(row["cycle"])), row["due_on"], values=values)
