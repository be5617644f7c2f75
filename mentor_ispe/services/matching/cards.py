"""Cards of people: what members see of mentors whom they may rank or ask, and of those they are matched with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications import eligibility
from mentor_ispe.services.applications.participant_step import record_name
from mentor_ispe.services.members import sharing

CARD = ("full_name", "job_title", "industry", "career_stage", "country", "biography")
# Shown as well by whoever chose so.
MORE = ("employer", "city", "time_zone", "languages", "email")


def mentor_cards(profile: str, cycle: str) -> list[dict]:
	"""Cards of the mentors with free seats in `cycle`, by name, for somebody who takes part in it.

	What each of them chose to show to members who look for a mentor; six queries.
	"""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	open_to = program and frappe.db.get_value(
		"Mentoring Program", program, ["mentees_rank", "mentees_ask"], as_dict=True
	)
	if not open_to or not (open_to.mentees_rank or open_to.mentees_ask):
		frappe.throw(_("In this program the association proposes the matches."), exc=RuleViolation)
	if not frappe.db.exists("Mentee", record_name("Mentee", profile, cycle)):
		frappe.throw(_("Apply to {0} as mentee first.").format(cycle), exc=RuleViolation)
	eligibility.require(profile, program)
	mentor, person = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Mentoring Profile")
	cards = (
		frappe.qb.from_(mentor)
		.join(person)
		.on(person.name == mentor.profile)
		.select(mentor.name, mentor.profile, mentor.motivation)
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
	known = sharing.read([card.profile for card in cards], sharing.SEEKER)
	return [
		{"name": card.name, "motivation": card.motivation, **card_of(known[card.profile], topics[card.name])}
		for card in cards
	]


def card_of(shown: Mapping[str, Any], topics: Sequence[str]) -> dict[str, Any]:
	"""The card of somebody of whom services.sharing shows this, with the topics of their application."""
	return {
		**{field: shown.get(field) for field in CARD},
		**{field: shown[field] for field in MORE if shown.get(field)},
		"topics": list(topics) if "topics" in shown["may"] else [],
	}
