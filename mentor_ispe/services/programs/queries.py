"""What everyone may know of programs and their cycles, and who is where in a cycle."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe.query_builder.functions import Count

from mentor_ispe.clock import today

FIELDS = (
	"name",
	"format",
	"chapter",
	"summary",
	"description",
	"expectations_everyone",
	"expectations_mentors",
	"expectations_mentees",
	"expectations_moderators",
	"contact_email",
	"length_months",
	"meet_every",
	"meet_every_unit",
)


def published() -> list[dict]:
	"""Published programs, by name, in the fields that describe them."""
	return frappe.get_all(
		"Mentoring Program", {"status": "Published"}, list(FIELDS), order_by="program_name asc"
	)


RULES = (
	*("minimum_hours_per_month", "minimum_hours", "first_meeting_days", "guest_speakers_per_year"),
	*("feedback_every_months", "closing_feedback", "may_extend", "group_size_min", "group_size_max"),
	*("requires_moderator", "default_seats", "max_seats", "may_be_both", "own_grace_days", "grace_days"),
	*("grace_may_commit", "reply_weeks", "answer_days", "training_for_mentors", "training_for_mentees"),
	*("training_for_moderators", "mentees_rank", "mentees_ask", "credit_scheme"),
)
CYCLE = (
	*("name", "program", "status", "application_from", "application_until", "announcement_date"),
	*("kickoff_on", "start_date", "end_date", "places"),
)


def described(names: Collection[str] | None = None) -> list[frappe._dict]:
	"""Published programs with all their rules, what is signed, and their cycles of now; four queries.

	`cycles` are those that aren't over, the next start first; each has `takes`: "now", "later" or "".
	"""
	filters: dict = {"status": "Published"}
	if names is not None:
		filters["name"] = ("in", list(names) or [""])
	programs = frappe.get_all("Mentoring Program", filters, [*FIELDS, *RULES], order_by="program_name asc")
	found = [program.name for program in programs]
	if not found:
		return []
	types = _rows("Mentoring Program Membership Type", found, ["membership_type"])
	agreements = _agreements(found)
	cycles: dict[str, list[frappe._dict]] = {}
	for cycle in frappe.get_all(
		"Mentoring Cycle",
		{"program": ("in", found), "status": ("in", ("Open", "Matching", "Running"))},
		list(CYCLE),
		order_by="start_date, name",
	):
		cycle.takes = takes_applications(cycle)
		cycles.setdefault(cycle.program, []).append(cycle)
	for program in programs:
		program.membership_types = [row.membership_type for row in types.get(program.name, ())]
		program.agreements = agreements.get(program.name, [])
		program.cycles = cycles.get(program.name, [])
	return programs


def takes_applications(cycle: frappe._dict) -> str:
	"""Whether a cycle takes applications: "now", "later", or "" for no more."""
	day = today()
	if cycle.status != "Open" or day > cycle.application_until:
		return ""
	return "later" if day < cycle.application_from else "now"


def _rows(doctype: str, programs: list[str], fields: list[str]) -> dict[str, list[frappe._dict]]:
	rows: dict[str, list[frappe._dict]] = {}
	for row in frappe.get_all(
		doctype,
		{"parent": ("in", programs), "parenttype": "Mentoring Program"},
		["parent", *fields],
		order_by="idx",
	):
		rows.setdefault(row.parent, []).append(row)
	return rows


def _agreements(programs: list[str]) -> dict[str, list[frappe._dict]]:
	"""What is signed in each program: name, title and of whom it is required."""
	row, agreement = (
		frappe.qb.DocType("Mentoring Program Agreement"),
		frappe.qb.DocType("Mentoring Agreement"),
	)
	found: dict[str, list[frappe._dict]] = {}
	for each in (
		frappe.qb.from_(row)
		.join(agreement)
		.on(agreement.name == row.agreement)
		.select(row.parent, row.required_of, agreement.name, agreement.title, agreement.version)
		.where(row.parent.isin(programs) & (row.parenttype == "Mentoring Program"))
		.where(agreement.status == "Published")
		.orderby(row.parent)
		.orderby(row.idx)
	).run(as_dict=True):
		found.setdefault(each.parent, []).append(each)
	return found


COUNTED = ("Mentor", "Mentee", "Mentoring Group")


def funnel(cycle: str) -> dict[str, dict[str, int]]:
	"""Count the cycle's mentors, mentees and groups by status, and the mentees' live seats by state."""
	counts = {}
	for doctype in COUNTED:
		table = frappe.qb.DocType(doctype)
		rows = (
			frappe.qb.from_(table)
			.select(table.status, Count("*"))
			.where(table.cycle == cycle)
			.groupby(table.status)
			.run()
		)
		counts[doctype] = dict(rows)
	group, member = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentoring Group Member")
	rows = (
		frappe.qb.from_(member)
		.join(group)
		.on(group.name == member.parent)
		.select(member.status, Count("*"))
		.where((group.cycle == cycle) & (member.role != "Mentor"))
		.groupby(member.status)
		.run()
	)
	counts["Seats"] = dict(rows)
	return counts
