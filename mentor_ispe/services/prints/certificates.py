"""Certificates of participation: of one completed part, or of every completed part of a cycle."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.hours import duration
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.services.groups.hours import SEATS_WITH_HOURS, hours_of
from mentor_ispe.services.prints.paper import pdf_of
from mentor_ispe.services.prints.readers import require_coordinator, require_own_part
from mentor_ispe.services.refusals import refuse

PARTS = ("Mentor", "Mentee")
FORMAT_OF = {
	"Mentor": "Mentoring Certificate of a Mentor",
	"Mentee": "Mentoring Certificate of a Mentee",
	"Mentoring Cycle": "Mentoring Certificates",
}
GROUP, MEMBER = "Mentoring Group", "Mentoring Group Member"
# Whole sentences for the translators; what somebody was in the group.
TOOK_PART = {
	"Mentor": N_("took part as a mentor in the mentoring program"),
	"Moderator": N_("took part as a mentee and moderated a group in the mentoring program"),
	"Mentee": N_("took part as a mentee in the mentoring program"),
	"Peer": N_("took part as a peer in the mentoring program"),
	"Moderating peer": N_("took part as a peer and moderated a circle in the mentoring program"),
}
NOT_COMPLETED = N_("The part of {person} is {status}. A certificate is made of a completed part.")
NOBODY_COMPLETED = N_(
	"Nobody has completed a part in {cycle} yet. Certificates are made when groups are completed."
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
	if part.status != "Completed":
		words = {"person": part.full_name, "status": [part.status]}
		refuse([Violation("part_not_completed", NOT_COMPLETED, words)])
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
			frappe.get_all(doctype, {"cycle": cycle, "status": "Completed"}, pluck="name"),
		)
	]
	if not found:
		refuse([Violation("nobody_completed", NOBODY_COMPLETED, {"cycle": cycle})])
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
	name = frappe.db.get_value(doctype, {"profile": profile, "cycle": cycle, "status": "Completed"}, "name")
	return {"doctype": doctype, "name": name} if name else None


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
	seats = _mentors_seats(names) if doctype == "Mentor" else _members_seats(names)
	with_hours = {row.name for row in rows if cint(row.certificate_hours)}
	groups = {seat.group for name in with_hours for seat in seats.get(name, ())}
	hours = hours_of(groups, today()) if groups else {}
	return [_certificate(doctype, row, seats.get(row.name, []), hours) for row in rows]


def _certificate(doctype: str, row: frappe._dict, seats: list, hours: dict) -> dict[str, Any]:
	days = [(getdate(seat.first), getdate(seat.last or row.end_date)) for seat in seats]
	spent = 0
	if cint(row.certificate_hours):
		for group in {seat.group for seat in seats}:
			own = hours.get(group, {}).get(row.profile)
			spent += own.minutes if own else 0
	role = "Mentor" if doctype == "Mentor" else _role_of_member(row.format, seats)
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


def _role_of_member(format_: str, seats: list) -> str:
	moderated = any(seat.is_moderator for seat in seats)
	if format_ == "Peer Circle":
		return "Moderating peer" if moderated else "Peer"
	return "Moderator" if moderated else "Mentee"


def _mentors_seats(names: Collection[str]) -> dict[str, list]:
	group = frappe.qb.DocType(GROUP)
	rows = (
		frappe.qb.from_(group)
		.select(
			group.mentor.as_("part"),
			group.name.as_("group"),
			group.start_date.as_("first"),
			group.end_date.as_("last"),
		)
		.where(group.mentor.isin(list(names)) & group.start_date.notnull())
		.where(group.mentor_status.isin(SEATS_WITH_HOURS))
	).run(as_dict=True)
	return _by_part(rows)


def _members_seats(names: Collection[str]) -> dict[str, list]:
	"""Seats that the person sat in; one who left before the group began never joined."""
	group, member = frappe.qb.DocType(GROUP), frappe.qb.DocType(MEMBER)
	rows = (
		frappe.qb.from_(member)
		.join(group)
		.on(group.name == member.parent)
		.select(
			member.mentee.as_("part"),
			group.name.as_("group"),
			group.start_date,
			group.end_date,
			member.status,
			member.joined_on,
			member.left_on,
			member.is_moderator,
		)
		.where(member.mentee.isin(list(names)) & (member.parenttype == GROUP) & group.start_date.notnull())
		.where(member.status.isin(SEATS_WITH_HOURS))
	).run(as_dict=True)
	sat = [row for row in rows if row.joined_on or row.status in ("Active", "Suspended", "Completed")]
	for row in sat:
		row.first = max(getdate(row.joined_on or row.start_date), getdate(row.start_date))
		row.last = row.left_on or row.end_date
	return _by_part(sat)


def _by_part(rows: list) -> dict[str, list]:
	found: dict[str, list] = {}
	for row in rows:
		found.setdefault(row.part, []).append(row)
	return found
