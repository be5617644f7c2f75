"""The mentors' cards: what members see of mentors whom they may rank or ask."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.participant_step import record_name

CARD = ("full_name", "job_title", "industry", "career_stage", "country", "biography")


def mentor_cards(profile: str, cycle: str) -> list[dict]:
	"""Cards of the mentors with free seats in `cycle`, by name, for somebody who takes part in it.

	No address and no employer: those a mentor gives when they accept. Four queries.
	"""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	open_to = program and frappe.db.get_value(
		"Mentoring Program", program, ["mentees_rank", "mentees_ask"], as_dict=True
	)
	if not open_to or not (open_to.mentees_rank or open_to.mentees_ask):
		frappe.throw(_("In this program the association proposes the matches."), exc=RuleViolation)
	if not frappe.db.exists("Mentee", record_name("Mentee", profile, cycle)):
		frappe.throw(_("Apply to {0} as mentee first.").format(cycle), exc=RuleViolation)
	mentor, person = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Mentoring Profile")
	cards = (
		frappe.qb.from_(mentor)
		.join(person)
		.on(person.name == mentor.profile)
		.select(mentor.name, mentor.motivation, *(person[field] for field in CARD))
		.where((mentor.cycle == cycle) & mentor.status.isin(["Approved", "Active"]))
		.where((mentor.seats_taken < mentor.seats_offered) & (mentor.profile != profile))
		.orderby(person.full_name, mentor.name)
	).run(as_dict=True)
	topics: dict[str, list[str]] = {card.name: [] for card in cards}
	rows = frappe.get_all(
		"Mentoring Topic Item",
		{"parenttype": "Mentor", "parent": ("in", list(topics) or [""])},
		["parent", "topic"],
		order_by="parentfield, idx",
	)
	for row in rows:
		if row.topic not in topics[row.parent]:
			topics[row.parent].append(row.topic)
	return [{**card, "topics": topics[card.name]} for card in cards]
