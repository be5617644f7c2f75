"""A file to fill in and bring back by Data Import: applications of people who are known already."""

from __future__ import annotations

import csv
from io import StringIO

import frappe
from frappe import _

from mentor_ispe.domain.application_fields import APPLICATION_FIELDS, NUMBER, TOPICS
from mentor_ispe.domain.spreadsheet_cells import inert
from mentor_ispe.exceptions import RuleViolation

# What Data Import passes over, since no field is called so: for the eyes of who fills the file in.
WHO = ("who (not imported)", "address (not imported)")


def template(doctype: str, cycle: str) -> str:
	"""CSV with a row for everybody who hasn't applied to this cycle in this way; delete those who don't.

	The headings are names of fields; a person is named by the ID of the profile, so that two people of one
	name aren't mixed up. Raises RuleViolation for a cycle that isn't there. Two queries.
	"""
	if not frappe.db.exists("Mentoring Cycle", cycle):
		frappe.throw(_("There is no cycle {0}.").format(cycle), exc=RuleViolation)
	applied = frappe.get_all(doctype, {"cycle": cycle}, pluck="profile", order_by=None)
	people = frappe.get_list(
		"Mentoring Profile",
		{"name": ["not in", applied or [""]]},
		["name", "full_name", "email"],
		order_by="full_name, name",
		limit=0,
	)
	fields = APPLICATION_FIELDS[doctype]
	answers = [f"{field.name}.topic" if field.kind == TOPICS else field.name for field in fields]
	empty = ["1" if field.kind == NUMBER else "" for field in fields]
	file = StringIO()
	writer = csv.writer(file)
	writer.writerow(["profile", *WHO, "cycle", "status", *answers])
	for person in people:
		writer.writerow([person.name, inert(person.full_name), inert(person.email), cycle, "Applied", *empty])
	return file.getvalue()
