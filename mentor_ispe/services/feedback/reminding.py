"""Look after the requests that wait: remind twice, then call them missed; let off who has left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cint, cstr, getdate, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.domain.feedback.due import MISS, REMIND, WAIVE, Waiting, next_step
from mentor_ispe.domain.feedback.facts import Rhythm
from mentor_ispe.domain.feedback.kinds import KINDS, codes_of
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.pauses import is_away, read
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import feedback as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.readings.seats import SEAT, query_of_seats
from mentor_ispe.services.feedback.due_queries import meeting_days, rhythms

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_feedback_request.mentoring_feedback_request import (
		MentoringFeedbackRequest,
	)

GROUP, REQUEST = "Mentoring Group", "Mentoring Feedback Request"
BATCH = 500
_FIELDS = (
	"name",
	"profile",
	"kind",
	"due_on",
	"reminders",
	"reminded_on",
	"cycle",
	"program",
	"mentoring_group",
	"session",
)


@dataclass
class Chased:
	"""What a run did to the open requests, in numbers."""

	reminded: int = 0
	missed: int = 0
	waived: int = 0


def remind(on: date | None = None) -> Chased:
	"""Take every open request one step on, if it is due on the day `on`. Commits after each batch."""
	day, result, after = on or today(), Chased(), ""
	programs = rhythms()
	while batch := frappe.get_all(
		REQUEST,
		filters={"status": "Open", "name": (">", after)},
		fields=list(_FIELDS),
		order_by="name",
		limit=BATCH,
	):
		step = run_in_transaction(partial(_chase, batch, programs, day))
		result.reminded += step.reminded
		result.missed += step.missed
		result.waived += step.waived
		after = batch[-1].name
	return result


def remind_in(cycle: str, on: date) -> Chased:
	"""The same for the open requests of one cycle. The caller commits."""
	filters = {"status": "Open", "cycle": cycle}
	batch = frappe.get_all(REQUEST, filters=filters, fields=list(_FIELDS), order_by="name")
	return _chase(batch, rhythms(), on)


def remind_by_hand(request: str) -> MentoringFeedbackRequest:
	"""Remind of an open request now, once a day at most; it counts among the reminders. Raises RuleViolation."""
	doc = frappe.get_doc(REQUEST, request, for_update=True)
	if doc.status != "Open":
		frappe.throw(
			_("{0} is {1}. You can remind people only of open requests.").format(
				doc.full_name, _(doc.status)
			),
			exc=RuleViolation,
		)
	if doc.reminded_on and getdate(doc.reminded_on) >= today():
		frappe.throw(_("{0} has already been reminded today.").format(doc.full_name), exc=RuleViolation)
	_remind([doc])
	return doc


def _chase(batch: list[frappe._dict], programs: dict[str, Rhythm], day: date) -> Chased:
	where = places(batch)
	steps: dict[str, list[frappe._dict]] = defaultdict(list)
	for request in batch:
		waiting = Waiting(
			due_on=getdate(request.due_on),
			reminders=cint(request.reminders),
			reminded_on=getdate(request.reminded_on) if request.reminded_on else None,
			place=where[request.name],
		)
		step = next_step(waiting, day, programs.get(request.program, Rhythm()).days)
		if step:
			steps[step].append(request)
	_remind(steps[REMIND])
	_set(steps[MISS], {"status": "Missed"})
	_set(steps[WAIVE], {"status": "Waived"})
	return Chased(len(steps[REMIND]), len(steps[MISS]), len(steps[WAIVE]))


def _remind(requests: list[frappe._dict]) -> None:
	for sent in {cint(request.reminders) for request in requests}:
		_set(
			[request for request in requests if cint(request.reminders) == sent],
			{"reminders": sent + 1, "reminded_on": now_datetime()},
		)
	titles = _titles(request.mentoring_group for request in requests)
	held = meeting_days(request.session for request in requests)
	enqueue_all(
		Notice(
			make_key("feedback-reminder", cint(request.reminders) + 1, request.name),
			templates.FEEDBACK_REMINDER,
			request.profile,
			context={
				"kind": request.kind,
				"about": titles.get(request.mentoring_group, request.cycle),
				"cycle": request.cycle,
				"due_on": cstr(request.due_on),
				"session_on": str(held[request.session].date()) if request.session in held else "",
				"last": cint(request.reminders) + 1 > 1,
			},
			reference=(REQUEST, request.name),
		)
		for request in requests
	)


def _set(requests: list[frappe._dict], values: dict) -> None:
	"""One query for all of them; those that were answered a moment ago are left alone."""
	if requests:
		names = [request.name for request in requests]
		frappe.db.set_value(REQUEST, {"name": ("in", names), "status": "Open"}, values)


def _titles(groups: Iterable[str | None]) -> dict[str, str]:
	names = sorted({name for name in groups if name})
	rows = frappe.get_all(GROUP, {"name": ("in", names)}, ["name", "title"]) if names else []
	return {row.name: row.title or row.name for row in rows}


def places(requests: list[frappe._dict]) -> dict[str, str]:
	"""Where the person of each request is now: "in", "suspended" (also: away) or "gone"; three queries."""
	seats, taking_part = _seats(requests), _taking_part(requests)
	found = {}
	for request in requests:
		if KINDS[request.kind].about == "program":
			suspended = any(
				seat == "Suspended"
				for (profile, _group), (cycle, seat) in seats.items()
				if profile == request.profile and cycle == request.cycle
			)
			there = (request.profile, request.cycle) in taking_part
			found[request.name] = "gone" if not there else "suspended" if suspended else "in"
			continue
		_cycle, seat = seats.get((request.profile, request.mentoring_group), ("", ""))
		if KINDS[request.kind].at_the_end:
			found[request.name] = "in" if seat in ("Completed", "Ended") else "gone"
		else:
			found[request.name] = {"Active": "in", "Suspended": "suspended"}.get(seat, "gone")
	return found


def _seats(requests: list[frappe._dict]) -> dict[tuple[str, str], tuple[str, str]]:
	"""(profile, group) → (cycle, state of the seat)."""
	row, group = frappe.qb.DocType(SEAT), frappe.qb.DocType(GROUP)
	people = {request.profile for request in requests}
	cycles = {request.cycle for request in requests}
	rows = (
		query_of_seats(row, profiles=people, cycle=cycles)
		.select(row.profile, group.name, group.cycle, row.status, row.pauses)
		.orderby(row.idx)
	).run()
	found: dict[tuple[str, str], tuple[str, str]] = {}
	for profile, name, cycle, status, away in rows:
		if status == "Active" and is_away(read(cstr(away)), today()):
			status = "Suspended"
		# Of somebody who came back the seat that they hold counts, else the latest.
		if found.get((profile, name), ("", ""))[1] not in LIVE_SEATS:
			found[profile, name] = (cycle, cstr(status))
	return found


def _taking_part(requests: list[frappe._dict]) -> set[tuple[str, str]]:
	about_program = [request for request in requests if request.kind in codes_of(about="program")]
	found: set[tuple[str, str]] = set()
	for doctype in ("Mentor", "Mentee"):
		part = frappe.qb.DocType(doctype)
		rows = (
			frappe.qb.from_(part)
			.select(part.profile, part.cycle)
			.where(part.profile.isin(sorted({request.profile for request in about_program}) or [""]))
			.where(part.cycle.isin(sorted({request.cycle for request in about_program}) or [""]))
			.where(part.status.isin(["Approved", "Active", "Completed"]))
		).run()
		found.update((profile, cycle) for profile, cycle in rows)
	return found
