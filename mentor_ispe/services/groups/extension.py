"""Go on with the same group in the next cycle of its program, when those in it say yes in time.

Answers are kept with the group, under its lock, so two that come at the same moment make one next group.
What comes of the answers is decided in `domain/extensions.py`, at once when everyone says yes, otherwise
the night after the last day to apply to the next cycle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import getdate

from mentor_ispe.clock import format_short_date, today
from mentor_ispe.domain import events
from mentor_ispe.domain import extensions as domain
from mentor_ispe.domain.seats import Seat
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation, error_text, violation_message
from mentor_ispe.mails import outbox
from mentor_ispe.membership import commitment
from mentor_ispe.mentor_ispe.doctype.mentoring_group.protected_fields import allow_fields
from mentor_ispe.mentor_ispe.doctype.mentoring_group.transition import rules_of
from mentor_ispe.notifications.group_extension import key_of_extension_off
from mentor_ispe.readings.cycles import CYCLE_FIELDS, next_cycle
from mentor_ispe.readings.seats import seat_of_row, seats_by_group
from mentor_ispe.services.groups import going_on
from mentor_ispe.services.groups.commands import open_group
from mentor_ispe.services.groups.going_on import SEAT_IN

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

_SAVEPOINT = "mentoring_extension"
ANSWERS = (domain.YES, domain.NO)


def state(group: str, profile: str | None = None) -> dict[str, Any]:
	"""Where the extension of a group stands.

	`next_cycle` and `until` (the last day to answer) are None when it isn't offered; `answers` are those of
	everyone, `mine` is that of `profile`, `extended_to` the next group. The caller has checked who reads it.
	"""
	doc = frappe.get_doc("Mentoring Group", group)
	offered = _offered_cycle(doc)
	people = answers_of(doc, offered.name if offered else doc.extension_cycle)
	return {
		"next_cycle": offered.name if offered else doc.extension_cycle,
		"until": offered.application_until if offered else None,
		"answers": [{"full_name": each.full_name, "said": each.goes_on} for each in people],
		"mine": next((each.goes_on for each in people if each.profile == profile), None),
		"extended_to": doc.extended_to,
	}


def say(group: str, profile: str, answer: str) -> MentoringGroup:
	"""Say "Yes" or "No" to going on with this group in the next cycle; one may change one's mind in time.

	Raises RuleViolation when nothing is offered, the time is over, or it is decided already.
	"""
	if answer not in ANSWERS:
		frappe.throw(_("Answer Yes or No."), exc=RuleViolation)
	doc = open_group(group)
	mine = next((each for each in answers_of(doc, doc.extension_cycle) if each.profile == profile), None)
	if mine is None:
		frappe.throw(_("Only active people in this group can say whether it continues."), exc=RuleViolation)
	if doc.extended_to:
		if mine.goes_on == answer:
			return doc
		frappe.throw(
			_("The group already continues. To leave it, withdraw from {0}.").format(doc.extension_cycle),
			exc=RuleViolation,
		)
	cycle = _offered_cycle(doc)
	_refuse_unless_open(doc, cycle)
	if answer == domain.YES:
		commitment.require(profile, doc.program)
	_keep(doc, cycle.name, mine, answer)
	if answer == domain.NO and mine.goes_on != domain.NO:
		_raise_declined(doc, cycle, mine)
	settle(doc, cycle)
	return doc


def settle(doc: MentoringGroup, cycle: frappe._dict, on: date | None = None) -> str | None:
	"""Make the next group if enough said yes; `doc` is locked. Returns its name, None: it isn't made (yet).

	What a rule refuses (a lapsed membership, no place left) leaves the answers as they are; the coordinators
	are told, and the nightly job tries again.
	"""
	closed = cycle.status != "Open" or (on or today()) > getdate(cycle.application_until)
	decision = _decide(doc, cycle, closed)
	if decision.why_not and closed:
		willing = _willing(answers_of(doc, cycle.name))
		raise_events(doc, [events.ExtensionOff(cycle.name, willing, violation_message(decision.why_not))])
	if not decision.goes_on or doc.extended_to:
		return None
	frappe.db.savepoint(_SAVEPOINT)
	try:
		new = going_on.make_group(doc, cycle.name, decision.goes_on)
	except RuleViolation as refused:
		frappe.db.rollback(save_point=_SAVEPOINT)
		frappe.clear_last_message()
		raise_events(doc, [events.ExtensionStuck(cycle.name, error_text(refused))])
		return None
	frappe.db.set_value("Mentoring Group", doc.name, "extended_to", new.name)
	doc.extended_to = new.name
	raise_events(new, [events.GroupExtended(cycle.start_date)])
	return new.name


def decide_now(group: str, cycle: str, on: date) -> str | None:
	"""Decide on one group as of the day `on`, with its lock taken anew; see `settle`."""
	doc = open_group(group)
	if doc.extension_cycle != cycle or doc.extended_to or doc.status not in SEAT_IN:
		return None
	row = frappe.db.get_value("Mentoring Cycle", cycle, list(CYCLE_FIELDS), as_dict=True)
	return settle(doc, row, on)


def waiting_for_decision(on: date) -> list[tuple[str, str]]:
	"""(group, next cycle) of the groups whose answers come to something now, while it still can.

	That is a next group, or news for those who said yes. The number of queries doesn't depend on the groups.
	"""
	group, cycle = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Cycle")
	heads = (
		frappe.qb.from_(group)
		.join(cycle)
		.on(cycle.name == group.extension_cycle)
		.select(
			group.name,
			group.program,
			group.status,
			cycle.name.as_("next"),
			cycle.status.as_("next_status"),
			cycle.application_until,
		)
		.where(group.extended_to.isnull() & group.status.isin(list(SEAT_IN)))
		.where(
			cycle.status.isin(["Open", "Matching"]) | ((cycle.status == "Running") & (cycle.start_date >= on))
		)
		.orderby(group.name)
	).run(as_dict=True)
	answers = _answers_in(heads)
	found, off = [], {}
	for head in heads:
		closed = head.next_status != "Open" or on > getdate(head.application_until)
		decision = domain.decide(answers[head.name], rules_of(head.program), closed)
		if decision.goes_on:
			found.append((head.name, head.next))
		elif decision.why_not and closed:
			off[head.name, head.next] = [
				key_of_extension_off(head.name, head.next, seat.profile)
				for seat in _willing(answers[head.name])
			]
	told = outbox.already_enqueued([key for keys in off.values() for key in keys])
	return sorted([*found, *(pair for pair, keys in off.items() if set(keys) - told)])


def _willing(answers: Iterable[Seat]) -> tuple[Seat, ...]:
	return tuple(seat for seat in answers if seat.goes_on == domain.YES)


def _raise_declined(doc: MentoringGroup, cycle: frappe._dict, who: Seat) -> None:
	others = tuple(
		seat
		for seat in answers_of(doc, cycle.name)
		if seat.profile != who.profile and seat.goes_on != domain.NO
	)
	goes_on = _decide(doc, cycle, False).why_not is None
	raise_events(doc, [events.ExtensionDeclined(cycle.name, cycle.application_until, who, others, goes_on)])


def _answers_in(heads: list[frappe._dict]) -> dict[str, list[Seat]]:
	"""`answers_of` for many groups, about the cycle that they answered for last; one query."""
	wanted = {head.name: SEAT_IN[head.status] for head in heads}
	found = seats_by_group(wanted)
	return {name: [seat for seat in found[name] if seat.status == wanted[name]] for name in wanted}


def answers_of(doc: MentoringGroup, cycle: str | None) -> list[Seat]:
	"""The seats of those active in the group, the mentors first, with what each said about going on in `cycle`."""
	status = SEAT_IN.get(doc.status)
	said = doc.extension_cycle == cycle  # what was said of another cycle doesn't count
	rows = [row for row in (*doc.mentors, *doc.members) if row.status == status]
	return [replace(seat_of_row(row), goes_on=(said and row.extends) or "") for row in rows]


def _decide(doc: MentoringGroup, cycle: frappe._dict, closed: bool) -> domain.Decision:
	return domain.decide(answers_of(doc, cycle.name), rules_of(doc.program), closed)


def _offered_cycle(doc: MentoringGroup) -> frappe._dict | None:
	if doc.status not in SEAT_IN or not frappe.get_cached_value(
		"Mentoring Program", doc.program, "may_extend"
	):
		return None
	return next_cycle(doc.cycle)


def _refuse_unless_open(doc: MentoringGroup, cycle: frappe._dict | None) -> None:
	if cycle is None:
		frappe.throw(
			_("There is no next cycle accepting applications right now. Ask the coordinators."),
			exc=RuleViolation,
		)
	if today() > getdate(cycle.application_until):
		frappe.throw(
			_("The last day to answer was {0}. Ask the coordinators.").format(
				format_short_date(cycle.application_until)
			),
			exc=RuleViolation,
		)
	if today() < getdate(cycle.application_from):
		frappe.throw(
			_("You can answer from {0} on.").format(format_short_date(cycle.application_from)),
			exc=RuleViolation,
		)


def _keep(doc: MentoringGroup, cycle: str, mine: Seat, answer: str) -> None:
	if doc.extension_cycle != cycle:
		doc.extension_cycle = cycle
		for row in doc.seats:
			row.extends = ""
	status = SEAT_IN[doc.status]
	row = next(row for row in doc.seats if row.profile == mine.profile and row.status == status)
	row.extends = answer
	allow_fields(doc, "extension_cycle", "extends")
	doc.save(ignore_permissions=True)
