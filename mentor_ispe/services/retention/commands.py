"""Announces what is to be deleted, deletes it in batches, and writes down how much it was.

A record for each cycle and kind says all of that; each batch is a transaction that counts itself there, so a job that
is killed is gone on with by the next.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

import frappe
from frappe.utils import getdate, now_datetime

from mentor_ispe.domain.months import add_months
from mentor_ispe.domain.notices import make_key, notice_name
from mentor_ispe.domain.retention import (
	ANNOUNCED_DAYS,
	KINDS,
	MAILS,
	MAILS_KIND,
	announced_from,
	deletes_on,
	due_on,
)
from mentor_ispe.mails import coordinators
from mentor_ispe.mails.default_templates.retention import DELETION_ANNOUNCED
from mentor_ispe.services.retention import kinds

RETENTION = "Mentoring Retention"
ANNOUNCED, DONE = "Announced", "Done"
OVER = ("Completed", "Cancelled")
FIELDS = {kind.name: kind.field for kind in KINDS}


def announce(today: date) -> int:
	"""Write down what will be deleted before long, and tell the coordinators, once of each; returns how many."""
	known = set(frappe.get_all(RETENTION, pluck="name"))
	new = [*_coming(today, known), *_coming_mails(today, known)]
	for row in new:
		doc = frappe.new_doc(RETENTION)
		doc.update({**row, "status": ANNOUNCED, "announced_on": today})
		doc.insert(ignore_permissions=True, set_name=row["name"])
	if new:
		first = min(deletes_on(row["due_on"], today) for row in new)
		cycles = sorted({row["cycle"] for row in new if row["cycle"]})
		context = {
			"cycles": cycles,
			"first_day": first,
			"desk_url": frappe.utils.get_url("/app/mentoring-retention"),
		}
		coordinators.notify(
			make_key("retention", notice_name(repr(sorted(r["name"] for r in new)))),
			DELETION_ANNOUNCED,
			context,
		)
	return len(new)


def due(today: date) -> list[str]:
	"""The records of which something may be deleted today: those that were announced for long enough."""
	rows = frappe.get_all(
		RETENTION,
		fields=["name", "kind", "cycle", "announced_on"],
		order_by="due_on, name",
	)
	cycles = {cycle.name: cycle for cycle in _cycles_over()}
	found = []
	for row in rows:
		day = _due_now(row, today, cycles)
		if day and deletes_on(day, getdate(row.announced_on)) <= today:
			found.append(row.name)
	return found


def delete_batch(name: str, today: date) -> int:
	"""Delete one batch, in the caller's transaction; returns how many it were, 0 at the end."""
	doc = frappe.get_doc(RETENTION, name, for_update=True)
	found = _find(doc.kind, doc.cycle, today, kinds.AT_ONCE)
	if found:
		delete = kinds.clear_mails if doc.kind == MAILS else kinds.WORK[doc.kind].delete
		delete(found)
	if found or doc.status != DONE:
		doc.update({"status": DONE, "deleted": doc.deleted + len(found), "done_on": now_datetime()})
		doc.save(ignore_permissions=True)
	return len(found)


def _coming(today: date, known: Collection[str]) -> list[dict]:
	"""What of the cycles that are over falls due soon, is still there, and was not written down before."""
	rows = []
	for cycle in _cycles_over():
		for kind in KINDS:
			name, day = _name(kind.name, cycle.name), due_on(cycle.end_date, cycle[kind.field])
			if not day or name in known or announced_from(day) > today:
				continue
			if kinds.WORK[kind.name].find(cycle.name, 1):
				rows.append({"name": name, "kind": kind.name, "cycle": cycle.name, "due_on": day})
	return rows


def _coming_mails(today: date, known: Collection[str]) -> list[dict]:
	name, before = _name(MAILS), _mails_before(today, ANNOUNCED_DAYS)
	if name in known or not before or not kinds.mails_before(before, 1):
		return []
	return [{"name": name, "kind": MAILS, "cycle": None, "due_on": announced_from(today)}]


def _due_now(row: frappe._dict, today: date, cycles: Mapping[str, frappe._dict]) -> date | None:
	"""As the program says today: it may have changed its mind since the announcement. `cycles` are those over."""
	if row.kind == MAILS:
		return today if _mails_before(today) else None
	cycle = cycles.get(row.cycle)
	return due_on(cycle.end_date, cycle[FIELDS[row.kind]]) if cycle else None


def _find(kind: str, cycle: str | None, today: date, limit: int) -> list[tuple[str, str]]:
	if kind == MAILS:
		before = _mails_before(today)
		return kinds.mails_before(before, limit) if before else []
	return kinds.WORK[kind].find(cycle, limit)


def _mails_before(today: date, days_ahead: int = 0) -> datetime | None:
	months = frappe.db.get_single_value("Mentoring Settings", MAILS_KIND.field)
	if not months:
		return None
	day = add_months(frappe.utils.getdate(frappe.utils.add_days(today, days_ahead)), -months)
	return datetime.combine(day, time())


def _cycles_over() -> list[frappe._dict]:
	cycle, program = frappe.qb.DocType("Mentoring Cycle"), frappe.qb.DocType("Mentoring Program")
	return (
		frappe.qb.from_(cycle)
		.join(program)
		.on(program.name == cycle.program)
		.select(cycle.name, cycle.end_date, *(program[kind.field] for kind in KINDS))
		.where(cycle.status.isin(OVER) & cycle.end_date.isnotnull())
		.orderby(cycle.name)
	).run(as_dict=True)


def _name(kind: str, cycle: str = "") -> str:
	"""The same for the same kind and cycle, so that no two jobs announce it."""
	return notice_name(make_key("retention", kind, cycle))
