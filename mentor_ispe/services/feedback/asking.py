"""Ask for the feedback that is due: a request for each piece, and a mail about it.

May be killed anywhere and run again, or beside another run: a request's key names what is asked of whom,
its name comes from the key, and the notice's key from the name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

import frappe
from frappe.utils import cint, getdate, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.domain.feedback.due import due_at_end_of_cycle, due_date, due_in_group
from mentor_ispe.domain.feedback.facts import Ask, Participant, Rhythm
from mentor_ispe.domain.feedback.kinds import KINDS, PROGRAM, PROGRAM_DAYS
from mentor_ispe.domain.notices import make_key, notice_name
from mentor_ispe.mails.default_templates import feedback as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.readings.profiles import names_of
from mentor_ispe.readings.seats import seats
from mentor_ispe.services.feedback.due_queries import Loaded, load, next_groups, rhythms

GROUP, REQUEST = "Mentoring Group", "Mentoring Feedback Request"
BATCH = 500


@dataclass
class Collected:
	"""What a run asked for; `failed` names the groups and cycles that couldn't be worked out."""

	asked: int = 0
	failed: list[str] = field(default_factory=list)


def ask_for_feedback(on: date | None = None) -> Collected:
	"""Make the requests that are due on the day `on`, and post their mails. Commits after each batch."""
	day, result, after = on or today(), Collected(), ""
	programs = rhythms()
	while names := next_groups(after, day, BATCH):
		asked, failed = run_in_transaction(partial(_ask_in_groups, names, programs, day))
		result.asked += asked
		result.failed += failed
		after = names[-1]
	for cycle in _cycles_at_their_end(day):
		result.asked += run_in_transaction(partial(_ask_at_end_of, cycle, programs, day))
	return result


def ask_in(groups: list[str], on: date) -> int:
	"""Ask for what is due in these groups on the day `on`; returns how much. The caller commits."""
	return _ask_in(load(groups, on), rhythms(), on)[0]


def _ask_in_groups(names: list[str], programs: Mapping[str, Rhythm], day: date) -> tuple[int, list[str]]:
	return _ask_in(load(names, day), programs, day)


def _ask_in(groups: list[Loaded], programs: Mapping[str, Rhythm], day: date) -> tuple[int, list[str]]:
	asks: list[tuple[Ask, Loaded]] = []
	failed = []
	for group in groups:
		try:
			owed = due_in_group(group.life, programs[group.program], day, group.asked)
		except Exception:
			# One group that can't be worked out keeps nobody else from being asked.
			frappe.log_error(
				"Mentoring: the feedback of a group couldn't be worked out",
				reference_doctype=GROUP,
				reference_name=group.life.name,
			)
			failed.append(group.life.name)
			continue
		asks += [(ask, group) for ask in owed]
	held = {
		meeting.name: meeting.held_on for _ask, group in asks for meeting in group.life.meetings
	}  # session → day
	_make(
		[ask for ask, _group in asks],
		{ask.slot: (group.program, group.title) for ask, group in asks},
		programs,
		day,
		held,
	)
	return len(asks), failed


def _cycles_at_their_end(day: date) -> list[frappe._dict]:
	"""Cycles that are over or just about; there are never many."""
	cycle = frappe.qb.DocType("Mentoring Cycle")
	return (
		frappe.qb.from_(cycle)
		.select(cycle.name, cycle.status, cycle.program, cycle.end_date)
		.where((cycle.status == "Completed") | ((cycle.status == "Running") & (cycle.end_date <= day)))
		.where(cycle.end_date > day - timedelta(days=PROGRAM_DAYS))
		.orderby(cycle.name)
	).run(as_dict=True)


def _ask_at_end_of(cycle: frappe._dict, programs: Mapping[str, Rhythm], day: date) -> int:
	slot = f"program:{cycle.name}"
	asked = frappe.get_all(REQUEST, {"cycle": cycle.name, "kind": PROGRAM.code}, pluck="profile")
	asks = due_at_end_of_cycle(
		cycle.name,
		cycle.status,
		getdate(cycle.end_date),
		_participants(cycle.name),
		programs[cycle.program],
		day,
		[(slot, profile) for profile in asked],
	)
	_make(asks, {slot: (cycle.program, cycle.name)}, programs, day, {})
	return len(asks)


def _participants(cycle: str) -> list[Participant]:
	"""Everyone in the cycle; suspended are those whose seat is, and those without one whose membership lapsed."""
	profile = frappe.qb.DocType("Mentoring Profile")
	held = _seats_in(cycle)
	people = []
	for doctype in ("Mentor", "Mentee"):
		part = frappe.qb.DocType(doctype)
		rows = (
			frappe.qb.from_(part)
			.join(profile)
			.on(profile.name == part.profile)
			.select(part.profile, part.status, profile.membership_state)
			.where(part.cycle == cycle)
		).run()
		people += [
			Participant(
				name,
				status,
				any(held[name]) if name in held else membership == "Lapsed",
			)
			for name, status, membership in rows
		]
	return people


def _seats_in(cycle: str) -> dict[str, list[bool]]:
	"""Whether each seat of each person in the cycle's groups is, or was at its end, suspended."""
	found: dict[str, list[bool]] = defaultdict(list)
	for seat in seats(statuses=["Active", "Suspended", "Completed", "Ended"], cycle=cycle):
		found[seat.profile].append(bool(seat.suspended_from))
	return found


def _make(
	asks: list[Ask],
	where: Mapping[str, tuple[str, str]],
	programs: Mapping[str, Rhythm],
	day: date,
	held: Mapping[str, date],
) -> None:
	"""Write the requests and post their mails; a few queries. `where` gives (program, title) of each slot."""
	if not asks:
		return
	names = names_of(ask.profile for ask in asks)
	moment, user = now_datetime(), frappe.session.user
	rows, notices = [], []
	for ask in asks:
		program, title = where[ask.slot]
		key = make_key(ask.slot, ask.profile)
		due_on = due_date(day, cint(programs[program].days))
		request = {
			"name": notice_name(key)[:16],
			"owner": user,
			"creation": moment,
			"modified": moment,
			"modified_by": user,
			"docstatus": 0,
			"idx": 0,
			"request_key": key,
			"profile": ask.profile,
			"full_name": names.get(ask.profile),
			"kind": ask.kind,
			"status": "Open",
			"due_on": due_on,
			"asked_on": moment,
			"reminders": 0,
			"cycle": ask.cycle,
			"program": program,
			"mentoring_group": ask.group,
			"session": ask.session,
		}
		rows.append(request)
		notices.append(
			Notice(
				make_key("feedback-asked", request["name"]),
				templates.FEEDBACK_ASKED,
				ask.profile,
				context={
					"kind": ask.kind,
					"about": title,
					"cycle": ask.cycle,
					"session_on": str(held[ask.session]) if ask.session else "",
					"question": KINDS[ask.kind].question,
					"due_on": str(due_on),
				},
				reference=(REQUEST, request["name"]),
			)
		)
	frappe.db.bulk_insert(
		REQUEST, list(rows[0]), [tuple(row.values()) for row in rows], ignore_duplicates=True
	)
	enqueue_all(notices)
