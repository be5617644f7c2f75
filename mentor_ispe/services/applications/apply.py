"""Apply to a cycle as mentor, mentee or peer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications.participant_step import record_name

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor

Role = Literal["Mentor", "Mentee"]

# What an applicant may say; everything else of the record is the coordinator's or the app's.
ANSWERS: dict[str, tuple[str, ...]] = {
	"Mentor": ("seats_offered", "topics", "motivation", "goals"),
	"Mentee": ("topics", "goals", "willing_to_moderate"),
}


def apply(profile: str, cycle: str, role: Role, values: Mapping[str, Any] | None = None) -> Mentor | Mentee:
	"""Apply for `profile`; who withdrew or was rejected before applies anew with the same record.

	`values` are the fields of ANSWERS; `topics` is a list of topic names. Raises RuleViolation.
	"""
	if role not in ANSWERS:
		frappe.throw(_("One applies as Mentor or Mentee, not as {0}.").format(role), exc=RuleViolation)
	unknown = sorted(set(values or {}) - set(ANSWERS[role]))
	if unknown:
		frappe.throw(
			_("An application as {0} has no field {1}; it has: {2}.").format(
				_(role), ", ".join(unknown), ", ".join(ANSWERS[role])
			),
			exc=RuleViolation,
		)
	name = record_name(role, profile, cycle)
	if frappe.db.get_value(role, name, "status") == "Withdrawn":
		doc = frappe.get_doc(role, name, for_update=True)
		doc.status = "Applied"
	else:
		doc = frappe.new_doc(role)
		doc.update({"profile": profile, "cycle": cycle, "status": "Applied"})
		if role == "Mentor":
			doc.seats_offered = _usual_seats(cycle)
	fill(doc, values or {})
	return doc.save(ignore_permissions=True)


def prefill(profile: str, cycle: str, role: Role) -> dict[str, Any]:
	"""What this person answered when they last applied, to start the application to `cycle` from.

	The fields of ANSWERS: of the latest application in this role to the same program, else to any other;
	where that says no topics, those of the profile. Empty answers are left out.
	"""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	fields = [field for field in ANSWERS[role] if field != "topics"]
	extra = ["next_seats"] if role == "Mentor" else []
	earlier = frappe.get_all(
		role,
		{"profile": profile, "cycle": ("!=", cycle)},
		["name", "program", *fields, *extra],
		order_by="applied_on desc, creation desc",
	)
	earlier.sort(key=lambda row: row.program != program)  # stable: the latest of each stay first
	values = {field: earlier[0][field] for field in fields if earlier[0][field]} if earlier else {}
	if earlier and earlier[0].get("next_seats"):  # what they said last year of this one
		values["seats_offered"] = earlier[0].next_seats
	topics = _topics(role, earlier[0].name) if earlier else []
	topics = topics or _topics("Mentoring Profile", profile)
	return {**values, **({"topics": topics} if topics else {})}


def _topics(doctype: str, name: str) -> list[str]:
	return frappe.get_all(
		"Mentoring Topic Item",
		{"parenttype": doctype, "parentfield": "topics", "parent": name},
		pluck="topic",
		order_by="idx",
	)


def fill(doc: Mentor | Mentee, values: Mapping[str, Any]) -> None:
	"""Write the answers into an application; `topics` is a list of topic names."""
	for field, value in values.items():
		if field == "topics":
			doc.set("topics", [{"topic": topic} for topic in value or ()])
		else:
			doc.set(field, value)


def _usual_seats(cycle: str) -> int:
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	return cint(frappe.db.get_value("Mentoring Program", program, "default_seats")) or 1
