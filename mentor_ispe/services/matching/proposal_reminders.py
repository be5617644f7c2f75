"""Proposals that wait for an answer: two reminders, then they expire.

Days are the association's. Nobody is reminded twice of the same thing, since the notices' keys name the
proposal and the reminder, and a job that is run again finds the seats as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.utils import cstr, getdate
from pypika import Case

from mentor_ispe.clock import today
from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.domain.answers import reminders_due
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates import matches
from mentor_ispe.services.groups.commands import open_group

TRIES = 5


@dataclass(frozen=True)
class Waiting:
	"""One seat that was proposed and not answered yet."""

	group: str
	title: str
	cycle: str
	profile: str
	proposed_on: date
	respond_by: date


def remind(on: date | None = None) -> int:
	"""Post the reminders that are due on this day, in a few queries; returns how many. The caller commits."""
	day = on or today()
	return outbox.enqueue_all(
		outbox.Notice(
			make_key("match-reminder", number, seat.group, seat.profile, seat.proposed_on),
			matches.MATCH_REMINDER,
			seat.profile,
			context={"cycle": seat.cycle, "group": seat.title, "respond_by": cstr(seat.respond_by)},
			reference=("Mentoring Group", seat.group),
		)
		for seat in waiting_seats()
		for number in reminders_due(seat.proposed_on, seat.respond_by, day)
	)


def expire(on: date | None = None) -> list[str]:
	"""Let go of the seats whose last day to answer is past; returns the groups. Commits after each.

	A group that can't be saved keeps nobody else waiting; one whose people act at the same moment is
	tried again.
	"""
	day = on or today()
	groups = sorted({seat.group for seat in waiting_seats() if seat.respond_by < day})
	frappe.db.commit()  # everything to come is read as it is at its own turn
	return [name for name in groups if _expired(name, day)]


def _expired(name: str, day: date) -> bool:
	"""Expire one group and commit; whether it has."""
	try:
		return run_in_transaction(lambda: _expire_group(name, day), TRIES)
	except Exception:
		frappe.db.rollback()
		frappe.clear_messages()
		frappe.log_error(
			"Mentoring: a proposal couldn't expire", reference_doctype="Mentoring Group", reference_name=name
		)
		frappe.db.commit()
		return False


def _expire_group(name: str, day: date) -> bool:
	doc = open_group(name)
	if not doc.respond_by or getdate(doc.respond_by) >= day:
		return False
	for row in doc.seats:
		if row.status == "Proposed":
			row.status = "Expired"
	doc.save(ignore_permissions=True)
	return True


def waiting_seats() -> Iterator[Waiting]:
	"""Every proposed seat with a last day to answer, of mentors and of members; one query."""
	group, row = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Group Member")
	told_on = Case().when(group.announce_on.notnull(), group.announce_on).else_(row.proposed_on)
	found = (
		frappe.qb.from_(row)
		.join(group)
		.on(group.name == row.parent)
		.select(group.name, group.title, group.cycle, row.profile, told_on, group.respond_by)
		.where((row.parenttype == "Mentoring Group") & (row.status == "Proposed"))
		.where(group.status.isin(["Proposed", "Active"]) & group.respond_by.notnull())
	).run()
	for name, title, cycle, profile, proposed_on, respond_by in found:
		if proposed_on:
			yield Waiting(name, title, cycle, profile, getdate(proposed_on), getdate(respond_by))
