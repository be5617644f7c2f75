"""Certificates of participation: of one completed part, or of every completed part of a cycle."""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.hours import duration
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.sessions.attendance import MeetingRecord, minutes_spent
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.readings.meetings import meetings_of
from mentor_ispe.readings.seats import seats
from mentor_ispe.services.groups.hours import SEATS_WITH_HOURS
from mentor_ispe.services.prints.printing import pdf_of, require_coordinator, require_own_part

PARTS = ("Mentor", "Mentee")
# What a mentor is in the cycle after leaving a group: there for another one, or gone.
LEFT = ("Approved", "Withdrawn")
FORMAT_OF = {
	"Mentor": "Mentoring Certificate of a Mentor",
	"Mentee": "Mentoring Certificate of a Mentee",
	"Mentoring Cycle": "Mentoring Certificates",
}
GROUP = "Mentoring Group"
# Whole sentences for the translators; what somebody was in the group.
TOOK_PART = {
	"Mentor": N_("participated as a mentor in the mentoring program"),
	"Moderator": N_("participated as a mentee and moderated a group in the mentoring program"),
	"Mentee": N_("participated as a mentee in the mentoring program"),
	"Peer": N_("participated as a peer in the mentoring program"),
	"Moderating peer": N_("participated as a peer and moderated a circle in the mentoring program"),
}
NOT_COMPLETED = N_("{person}'s participation is {status}. You can print a certificate once it is completed.")
NOBODY_COMPLETED = N_(
	"Nobody has completed {cycle} yet. You can print certificates once groups are completed."
)


def mentoring_certificate(doctype: str, name: str) -> dict[str, Any]:
	"""The certificate of one Mentor or Mentee, for the print format.

	Raises PermissionError for others than the person and the coordinators, RuleViolation while the part
	isn't completed.
	"""
	if doctype not in PARTS:
		raise frappe.DoesNotExistError
	part = frappe.db.get_value(doctype, name, ["profile", "full_name", "status"], as_dict=True)
	require_own_part(part and part.profile)
	if part is None:
		raise frappe.DoesNotExistError(_("{0} {1} not found").format(_(doctype), name))
	if part.status != "Completed" and not _served(doctype, [name]):
		words = {"person": part.full_name, "status": [part.status]}
		raise_violations([Violation("part_not_completed", NOT_COMPLETED, words)])
	return _certificates(doctype, [name])[0]


def mentoring_certificates(cycle: str) -> list[dict[str, Any]]:
	"""Those of everybody who completed a part in the cycle, mentors first, by name; for coordinators only.

	The same number of queries however many there are. Raises RuleViolation when there is nobody.
	"""
	require_coordinator()
	found = [
		each
		for doctype in PARTS
		for each in _certificates(
			doctype,
			_earned(doctype, {"cycle": cycle}),
		)
	]
	if not found:
		raise_violations([Violation("nobody_completed", NOBODY_COMPLETED, {"cycle": cycle})])
	return found


def pdf(doctype: str, name: str, language: str | None = None, letterhead: str | None = None) -> bytes:
	"""The certificate of a Mentor or Mentee, or all of a Mentoring Cycle one page each, as a PDF."""
	# Asked first, so that a refusal comes in words of its own and not from within the page.
	if doctype == "Mentoring Cycle":
		mentoring_certificates(name)
	else:
		mentoring_certificate(doctype, name)
	return pdf_of(doctype, name, FORMAT_OF[doctype], language=language, letterhead=letterhead)


def own_part(role: str, profile: str, cycle: str) -> dict[str, str] | None:
	"""The person's completed part as doctype and name, which a certificate is made of; None before that."""
	doctype = "Mentor" if role == "Mentor" else "Mentee"
	names = _earned(doctype, {"profile": profile, "cycle": cycle})
	return {"doctype": doctype, "name": names[0]} if names else None


def _earned(doctype: str, filters: dict[str, Any]) -> list[str]:
	"""The parts of which a certificate is made: those completed, and those of mentors who left after serving."""
	completed = frappe.get_all(doctype, {**filters, "status": "Completed"}, pluck="name")
	others = frappe.get_all(doctype, {**filters, "status": ("in", LEFT)}, pluck="name")
	return [*completed, *_served(doctype, others)]


def _served(doctype: str, names: Collection[str]) -> list[str]:
	"""Those of these Mentors who left a group that ran, or were replaced in it, and mentor none now.

	They keep what they did, whether they are still there for another group or have left the cycle.
	"""
	if doctype != "Mentor" or not names:
		return []
	there = set(frappe.get_all(doctype, {"name": ("in", list(names)), "status": ("in", LEFT)}, pluck="name"))
	held = seats(participants=there)
	now = {seat.person for seat in held if seat.live}
	return sorted({seat.person for seat in held if seat.took_part and seat.status == "Withdrawn"} - now)


def _certificates(doctype: str, names: Collection[str]) -> list[dict[str, Any]]:
	if not names:
		return []
	part, cycle, program = (
		frappe.qb.DocType(each) for each in (doctype, "Mentoring Cycle", "Mentoring Program")
	)
	rows = (
		frappe.qb.from_(part)
		.join(cycle)
		.on(cycle.name == part.cycle)
		.join(program)
		.on(program.name == cycle.program)
		.select(
			part.name,
			part.profile,
			part.full_name,
			part.cycle,
			cycle.start_date,
			cycle.end_date,
			cycle.program,
			program.format,
			program.chapter,
			program.certificate_hours,
			program.certificate_signed_by,
		)
		.where(part.name.isin(list(names)))
		.orderby(part.full_name, part.name)
		.run(as_dict=True)
	)
	for row in rows:
		row.doctype = doctype
	held = _seats(names)
	ran = _days_of({seat.group for found in held.values() for seat in found})
	held = {name: [seat for seat in found if seat.group in ran] for name, found in held.items()}
	meetings = meetings_of(ran) if any(cint(row.certificate_hours) for row in rows) else {}
	return [_certificate(row, held[row.name], ran, meetings) for row in rows]


def _certificate(
	row: frappe._dict, held: list[Seat], ran: dict, meetings: dict[str, list[MeetingRecord]]
) -> dict[str, Any]:
	"""`ran` is the first and last day of each group; the person's own days lie within."""
	days = []
	for seat in held:
		start, end = ran[seat.group]
		last = seat.left_on or getdate(end or row.end_date)
		days.append((max(seat.joined_on or getdate(start), getdate(start)), last))
	spent = 0
	if cint(row.certificate_hours):
		met = chain.from_iterable(meetings[group] for group in {seat.group for seat in held})
		spent = minutes_spent(met, row.profile, today())
	role = _role(row.format, held, row.doctype)
	return {
		"number": row.name[:10].upper(),
		"full_name": row.full_name,
		"role": role,
		"took_part": _(TOOK_PART[role]),
		"program": row.program,
		"cycle": row.cycle,
		"chapter": row.chapter or "",
		"first_day": min((first for first, _last in days), default=getdate(row.start_date)),
		"last_day": max((last for _first, last in days), default=getdate(row.end_date)),
		"hours": duration(spent) if spent else "",
		"signed_by": row.certificate_signed_by or "",
		"on": today(),
	}


def _role(format_: str, held: list[Seat], doctype: str) -> str:
	if doctype == "Mentor":
		return doctype
	moderated = any(seat.is_moderator for seat in held)
	if format_ == "Peer Circle":
		return "Moderating peer" if moderated else "Peer"
	return "Moderator" if moderated else "Mentee"


def _seats(names: Collection[str]) -> dict[str, list[Seat]]:
	"""Seats that these people sat in, by Mentor or Mentee; one who left before the group began never joined."""
	found: dict[str, list[Seat]] = {name: [] for name in names}
	for seat in seats(participants=names, statuses=SEATS_WITH_HOURS):
		if seat.took_part or seat.status == "Suspended":
			found[seat.person].append(seat)
	return found


def _days_of(groups: Collection[str]) -> dict[str, tuple[Any, Any]]:
	rows = frappe.get_all(
		GROUP, {"name": ("in", list(groups) or [""])}, ["name", "start_date", "end_date"], as_list=True
	)
	return {name: (start, end) for name, start, end in rows if start}
