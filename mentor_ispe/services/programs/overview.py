"""How far the people of a cycle have come, and what its next step is; a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate, now_datetime

from mentor_ispe.clock import format_short_date, moment_text, today
from mentor_ispe.domain.statuses import PLACED
from mentor_ispe.readings.seats import seats
from mentor_ispe.services.programs.next_cycle import has_next

MENTOR, MENTEE, GROUP, RUN = "Mentor", "Mentee", "Mentoring Group", "Mentoring Match Run"
ASKED = ("Proposed", "Accepted", "Active", "Suspended", "Completed")
SAID_YES = ("Accepted", "Active", "Suspended", "Completed")
STAGES = ("Applied", "Approved", "Matched", "Accepted", "Active", "Completed")
"""Each holds those of the next one: an active person has accepted, who accepted was matched."""


@dataclass(frozen=True)
class Stage:
	"""So many people came this far; `filters` (field → condition) open exactly their list."""

	stage: str
	doctype: str
	count: int
	filters: dict[str, Any]


@dataclass(frozen=True)
class NextStep:
	"""What to do now, in a sentence. `label` is that of the button, if there is one; it does one of:

	`status` (move the cycle there), `match` (start a run), `record` ([DocType, name] to open), `list`
	([DocType, filters] to open), `share` (show how members hear of it), `next_cycle` (plan it), `report` (show the
	closing report).
	"""

	words: str
	label: str = ""
	status: str = ""
	match: bool = False
	share: bool = False
	next_cycle: bool = False
	report: bool = False
	record: tuple[str, str] | None = None
	list: tuple[str, dict[str, Any]] | None = None


def stages(cycle: str) -> dict[str, list[Stage]]:
	"""The funnel of mentors and that of mentees or peers, by DocType."""
	parts = {
		doctype: frappe.get_all(doctype, {"cycle": cycle}, ["name", "status"], order_by=None)
		for doctype in (MENTOR, MENTEE)
	}
	held = _held(cycle)
	return {doctype: _stages(doctype, cycle, parts[doctype], held[doctype]) for doctype in parts}


def _stages(doctype: str, cycle: str, parts: list, held: list[tuple[str, str]]) -> list[Stage]:
	done = {part.name for part in parts if part.status == "Completed"}
	placed = {part.name for part in parts if part.status in PLACED}
	# Who left again isn't among those who came far: the list shows who is there.
	named = {
		"Matched": ({name for name, seat in held if seat in ASKED} & placed) | done,
		"Accepted": ({name for name, seat in held if seat in SAID_YES} & placed) | done,
	}
	statuses = {"Approved": sorted(PLACED), "Active": ["Active", "Completed"], "Completed": ["Completed"]}
	found = []
	for stage in STAGES:
		filters: dict[str, Any] = {"cycle": cycle}
		if stage in named:
			count = len(named[stage])
			filters = {"name": ["in", sorted(named[stage]) or [""]]}
		elif stage in statuses:
			count = sum(part.status in statuses[stage] for part in parts)
			filters["status"] = ["in", statuses[stage]]
		else:
			count = len(parts)
		found.append(Stage(stage, doctype, count, filters))
	return found


def _held(cycle: str) -> dict[str, list[tuple[str, str]]]:
	"""(Mentor or Mentee, state of the seat) of everybody in the groups of a cycle, by DocType; one query."""
	held: dict[str, list[tuple[str, str]]] = {MENTOR: [], MENTEE: []}
	for seat in seats(cycle=cycle):
		held[MENTOR if seat.is_mentor else MENTEE].append((seat.person, seat.status))
	return held


def next_step(cycle: str, on: date | None = None) -> NextStep:
	"""What a coordinator does next with this cycle."""
	doc, day = frappe.get_doc("Mentoring Cycle", cycle), on or today()
	if doc.status == "Draft":
		return NextStep(
			_("Nobody can apply yet. Applications are scheduled for {0} to {1}.").format(
				format_short_date(doc.application_from), format_short_date(doc.application_until)
			),
			_("Open for applications"),
			status="Open",
		)
	if doc.status == "Completed" and not has_next(doc.name):
		return NextStep(
			_("This cycle has ended. Plan the next one."), _("Plan the next cycle"), next_cycle=True
		)
	if doc.status == "Completed":
		return NextStep(_("This cycle has ended."), _("View closing report"), report=True)
	if doc.status == "Cancelled":
		return NextStep(_("This cycle has ended."))
	if doc.status == "Running" and getdate(doc.end_date) < day:
		return NextStep(
			_("The cycle ended on {0}. Its groups are completed tonight.").format(
				format_short_date(doc.end_date)
			),
			_("Complete cycle"),
			status="Completed",
		)
	decisions = _undecided(doc)
	if decisions:
		return decisions
	if doc.status == "Open":
		return _open(doc)
	return _matching(doc) or _running(doc)


def _open(doc: Any) -> NextStep:
	"""Applications close by themselves; until somebody has applied, members have to hear of the cycle."""
	until = format_short_date(doc.application_until)
	if any(frappe.db.exists(doctype, {"cycle": doc.name}) for doctype in (MENTEE, MENTOR)):
		return NextStep(
			_(
				"Everyone who applied has an answer. Applications are open until {0}. Then matching starts automatically."
			).format(until)
		)
	return NextStep(
		_("Nobody has applied yet. Applications are open until {0}.").format(until),
		_("Share with members"),
		share=True,
	)


def _undecided(doc: Any) -> NextStep | None:
	waiting = {
		doctype: frappe.db.count(doctype, {"cycle": doc.name, "status": "Applied"})
		for doctype in (MENTEE, MENTOR)
	}
	total = sum(waiting.values())
	if not total:
		return None
	doctype = MENTEE if waiting[MENTEE] else MENTOR
	words = (
		_("One application needs a decision.")
		if total == 1
		else _("{0} applications need a decision.").format(total)
	)
	return NextStep(words, _("Review applications"), list=(doctype, {"cycle": doc.name, "status": "Applied"}))


def _matching(doc: Any) -> NextStep | None:
	"""Steps that bring people into groups, first those that are nearly done."""
	ready = frappe.get_all(
		RUN, {"cycle": doc.name, "status": "Ready"}, pluck="name", order_by="creation desc"
	)
	published = frappe.get_all(
		RUN,
		{"cycle": doc.name, "status": "Published"},
		["published_on"],
		order_by="published_on desc",
		limit=1,
	)
	newest = ready and (
		not published or frappe.db.get_value(RUN, ready[0], "ended_on") > published[0].published_on
	)
	if newest:
		return NextStep(
			_("A match run is ready. Review it, make changes, and publish it."),
			_("Open the match run"),
			record=(RUN, ready[0]),
		)
	filters = {"cycle": doc.name, "status": "Proposed"}
	proposed = frappe.get_all(GROUP, filters, ["unanswered", "announce_on"], order_by=None)
	answered = sum(not cint(group.unanswered) for group in proposed)
	if answered and doc.status == "Running":
		return NextStep(
			_("Everyone has answered in {0} groups. Start them.").format(answered)
			if answered > 1
			else _("Everyone has answered in one group. Start it."),
			_("Open the groups"),
			list=(GROUP, {**filters, "unanswered": 0}),
		)
	unmatched = {"cycle": doc.name, "status": "Approved", "mentoring_group": ["is", "not set"]}
	waiting = frappe.db.count(MENTEE, unmatched)
	if waiting and (doc.status == "Matching" or not proposed):
		return NextStep(
			_("{0} people are waiting for a match.").format(waiting)
			if waiting > 1
			else _("One person is waiting for a match."),
			_("Start a match run"),
			match=True,
		)
	return _answers(proposed, filters)


def _answers(proposed: list, filters: dict[str, Any]) -> NextStep | None:
	"""Who was asked and hasn't answered; nobody was while the match isn't announced."""
	now = now_datetime()
	to_come = sorted(group.announce_on for group in proposed if group.announce_on and group.announce_on > now)
	asked = [group for group in proposed if not group.announce_on or group.announce_on <= now]
	unanswered = [group for group in asked if group.unanswered]
	if unanswered:
		return NextStep(
			_("Proposed groups waiting for answers: {0} of {1}.").format(len(unanswered), len(asked)),
			_("See who hasn't answered"),
			list=(GROUP, {**filters, "unanswered": [">", 0], "announce_on": ["<=", str(now)[:19]]}),
		)
	if to_come:
		return NextStep(_("The matches will be announced on {0}.").format(moment_text(to_come[0])))
	return None


def _running(doc: Any) -> NextStep:
	if doc.status == "Matching":
		return NextStep(
			_("Everyone is in a group. The cycle starts automatically on {0}.").format(
				format_short_date(doc.start_date)
			),
			_("Start cycle"),
			status="Running",
		)
	alarms = {"cycle": doc.name, "status": "Active", "alarm": ["is", "set"]}
	number = frappe.db.count(GROUP, alarms)
	if number:
		return NextStep(
			_("{0} groups need attention.").format(number) if number > 1 else _("One group needs attention."),
			_("Open these groups"),
			list=(GROUP, alarms),
		)
	return NextStep(
		_("The cycle runs until {0}. You're all caught up.").format(format_short_date(doc.end_date))
	)
