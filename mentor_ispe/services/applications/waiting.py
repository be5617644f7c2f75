"""Who waits for the answer that their program promised, and how long it may still take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import frappe
from frappe.utils import cint, cstr, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails import coordinators
from mentor_ispe.mails.default_templates import applications as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all

CYCLES = ("Open", "Matching", "Running")
NAMED_IN_A_MAIL = 50


@dataclass(frozen=True)
class Waiting:
	"""One application that waits: for a decision ("Applied"), or approved and without a match.

	`answer_by` is the last day of what was promised and `days_left` the days until then, negative when it
	is past; both None where the program promises nothing.
	"""

	doctype: str
	name: str
	profile: str
	full_name: str
	cycle: str
	program: str
	status: str
	since: date
	answer_by: date | None
	days_left: int | None


def waiting(cycle: str | None = None, on: date | None = None) -> list[Waiting]:
	"""Everyone who waits in `cycle` (None: in any), who is nearest to waiting too long first; three queries.

	A mentee waits while they hold no seat, a mentor while none of their seats is taken.
	"""
	day = on or today()
	cycles = [cycle] if cycle else frappe.get_all("Mentoring Cycle", {"status": ("in", CYCLES)}, pluck="name")
	if not cycles:
		return []
	rows = [*_rows("Mentor", cycles), *_rows("Mentee", cycles)]
	people = [_waiting(doctype, row, day) for doctype, row in rows]
	return sorted(
		people, key=lambda each: (each.answer_by is None, each.answer_by or each.since, each.since, each.name)
	)


def tell(on: date | None = None) -> dict[str, int]:
	"""Tell coordinators of answers that are due soon or overdue, and the people on their last day.

	Each only once: the mails are by cycle and promised day. The caller commits.
	"""
	warning = timedelta(days=cint(frappe.db.get_single_value("Mentoring Settings", "waiting_warning_days")))
	soon: defaultdict[tuple[str, date | None], list[Waiting]] = defaultdict(list)
	overdue: defaultdict[tuple[str, date | None], list[Waiting]] = defaultdict(list)
	last_day = []
	for each in waiting(on=on):
		if each.days_left is None:
			continue
		if each.days_left < 0:
			overdue[each.cycle, each.answer_by].append(each)
		elif each.days_left <= warning.days:
			soon[each.cycle, each.answer_by].append(each)
		if each.days_left <= 0:
			last_day.append(each)
	addresses = coordinators.addresses()
	return {
		"soon": enqueue_all(_to_staff("waiting-soon", templates.WAITING_SOON, soon, addresses)),
		"overdue": enqueue_all(_to_staff("waiting-overdue", templates.WAITING_OVERDUE, overdue, addresses)),
		"people": enqueue_all(map(_word, last_day)),
	}


def _rows(doctype: str, cycles: list[str]) -> list[tuple[str, frappe._dict]]:
	table, profile = frappe.qb.DocType(doctype), frappe.qb.DocType("Mentoring Profile")
	program = frappe.qb.DocType("Mentoring Program")
	unmatched = (table.seats_taken == 0) if doctype == "Mentor" else table.mentoring_group.isnull()
	fields = [table.name, table.profile, table.cycle, table.program, table.status]
	fields += [table.applied_on, table.creation, table.answer_by, profile.full_name, program.reply_weeks]
	if doctype == "Mentee":
		fields.append(table.waiting_since)
	rows = (
		frappe.qb.from_(table)
		.join(profile)
		.on(profile.name == table.profile)
		.join(program)
		.on(program.name == table.program)
		.select(*fields)
		.where(table.cycle.isin(cycles))
		.where((table.status == "Applied") | ((table.status == "Approved") & unmatched))
	).run(as_dict=True)
	return [(doctype, row) for row in rows]


def _waiting(doctype: str, row: frappe._dict, day: date) -> Waiting:
	applied = getdate(row.applied_on or row.creation)
	answer_by = getdate(row.answer_by) if row.answer_by else None
	if answer_by is None and row.reply_weeks:  # applied before the app kept this day
		answer_by = applied + timedelta(weeks=row.reply_weeks)
	return Waiting(
		doctype=doctype,
		name=row.name,
		profile=row.profile,
		full_name=cstr(row.full_name),
		cycle=row.cycle,
		program=row.program,
		status=row.status,
		since=getdate(row.waiting_since) if row.get("waiting_since") else applied,
		answer_by=answer_by,
		days_left=(answer_by - day).days if answer_by else None,
	)


def _to_staff(
	occasion: str,
	template: str,
	people: Mapping[tuple[str, date | None], list[Waiting]],
	addresses: list[str],
) -> Iterator[Notice]:
	"""A notice to each address for each cycle and promised day."""
	for (cycle, answer_by), those in people.items():
		names = [each.full_name for each in those]
		context = {
			"cycle": cycle,
			"count": len(names),
			"people": names[:NAMED_IN_A_MAIL] + (["…"] if len(names) > NAMED_IN_A_MAIL else []),
			"answer_by": cstr(answer_by),
		}
		key, reference = make_key(occasion, cycle, answer_by), ("Mentoring Cycle", cycle)
		for address in addresses:
			yield Notice(make_key(key, address), template, None, address, context, reference)


def _word(each: Waiting) -> Notice:
	return Notice(
		make_key("still-waiting", each.doctype, each.name, each.answer_by),
		templates.STILL_WAITING,
		each.profile,
		context={
			"cycle": each.cycle,
			"approved": each.status == "Approved",
			"answer_by": cstr(each.answer_by),
		},
		reference=(each.doctype, each.name),
	)
