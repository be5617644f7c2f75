"""What members see and say of matching: the mentors to choose from, ranked wishes, asking a mentor directly, and
the match that they are asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.application_fields import shown_names
from mentor_ispe.domain.participants import record_name
from mentor_ispe.domain.seats import MENTEE, MENTOR, Seat
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership import commitment
from mentor_ispe.permissions import gate
from mentor_ispe.readings.seats import held_first, seats
from mentor_ispe.services.groups.commands import accept, propose
from mentor_ispe.services.members import sharing

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

# Whose wishes: (field of the row, the program's switch).
WISHES = {"Mentee": ("mentor", "mentees_rank"), "Mentor": ("mentee", "mentors_rank")}


def rank(profile: str, cycle: str, side: str, names: Sequence[str]) -> Mentor | Mentee:
	"""Keep the wishes of `profile`, most wanted first, where the program lets this side rank."""
	field, switch = WISHES[side]
	program = _refuse_unless(cycle, switch, _("Members can't rank each other in this program."))
	commitment.require(profile, program)
	doc = frappe.get_doc(side, record_name(side, profile, cycle), for_update=True)
	doc.set("wishes", [{field: name} for name in names])
	return doc.save(ignore_permissions=True)


def ask(profile: str, mentor: str) -> MentoringGroup:
	"""Ask a mentor directly: a proposal that the mentee has accepted and the mentor answers."""
	cycle = frappe.db.get_value("Mentor", mentor, "cycle")
	if not cycle:
		frappe.throw(_("We couldn't find this mentor. Choose one from the list."), exc=RuleViolation)
	_refuse_unless(cycle, "mentees_ask", _("In this program, the association proposes the matches."))
	mentee = record_name("Mentee", profile, cycle)
	if not frappe.db.exists("Mentee", mentee):
		frappe.throw(_("Apply to {0} as a mentee first.").format(cycle), exc=RuleViolation)
	group = propose(cycle, [mentee], mentor, as_member=True)
	return accept(group.name, profile)


def _refuse_unless(cycle: str, switch: str, words: str) -> str:
	"""Return the program of the cycle, which has the switch on."""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	if not program or not frappe.db.get_value("Mentoring Program", program, switch):
		frappe.throw(words, exc=RuleViolation)
	return program


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
		frappe.throw(_("In this program, the association proposes the matches."), exc=RuleViolation)
	mentee = record_name("Mentee", profile, cycle)
	apart = frappe.db.get_value("Mentee", mentee, ["name", "declined_mentors"], as_dict=True)
	if not apart:
		frappe.throw(_("Apply to {0} as a mentee first.").format(cycle), exc=RuleViolation)
	commitment.require(profile, program)
	mentor, person = frappe.qb.DocType("Mentor"), frappe.qb.DocType("Mentoring Profile")
	words = shown_names(MENTOR)
	cards = (
		frappe.qb.from_(mentor)
		.join(person)
		.on(person.name == mentor.profile)
		.select(mentor.name, mentor.profile, *(mentor[field] for field in words))
		.where((mentor.cycle == cycle) & mentor.status.isin(["Approved", "Active"]))
		.where((mentor.seats_taken < mentor.seats_offered) & (mentor.profile != profile))
		.where(mentor.name.notin(frappe.parse_json(apart.declined_mentors) or [""]))
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
		{
			"name": card.name,
			**{field: card[field] for field in words},
			"words": _written(card, words),
			**card_of(known[card.profile], topics[card.name]),
		}
		for card in cards
	]


def card_of(shown: Mapping[str, Any], topics: Sequence[str]) -> dict[str, Any]:
	"""The card of somebody of whom services.sharing shows this, with the topics of their application."""
	return {
		**{field: shown.get(field) for field in CARD},
		**{field: shown[field] for field in MORE if shown.get(field)},
		"topics": list(topics) if "topics" in shown["may"] else [],
	}


# The match that somebody is asked about ----------------------------------------------------------

ANSWERED = ("Accepted", "Active", "Suspended", "Completed")


def match_for_member(group: str, profile: str) -> dict[str, Any] | None:
	"""The match for its reader, None when it isn't theirs; eight queries.

	`people` are the others, the mentor first, with the fields of a card, `role`, `reason` and `answered`;
	`reasons` are the words why the reader was matched. Of each other person it holds what they chose to
	show, and of that what a match needs: see domain/sharing.py.
	"""
	if not gate.holds_seat(group, profile, gate.MATCH):
		return None
	head = frappe.db.get_value(
		"Mentoring Group",
		group,
		["name", "title", "status", "cycle", "program", "format", "respond_by", "extends"],
		as_dict=True,
	)
	everyone = seats([group])
	own = _own_seat(everyone, profile)
	others = _others(everyone, profile)
	known = sharing.read([row["profile"] for row in others], sharing.MATCH)
	topics = _topics_of([row["part"] for row in others])
	people = [{**row, **card_of(known[row["profile"]], topics.get(row["part"], []))} for row in others]
	return {
		**head,
		**own,
		"people": people,
		"days_left": (getdate(head.respond_by) - today()).days if head.respond_by else None,
		"reasons": own["reasons"],
	}


def _own_seat(everyone: list[Seat], profile: str) -> dict[str, Any]:
	mine = held_first(seat for seat in everyone if seat.profile == profile)
	if mine.is_mentor:
		said = [seat.match_reason for seat in everyone if seat.match_reason and seat.live]
		return {"role": "Mentor", "seat": mine.status, "reasons": said}
	reasons = [mine.match_reason] if mine.match_reason else []
	return {"role": "Mentee", "seat": mine.status, "reasons": reasons, "is_moderator": mine.is_moderator}


def _others(everyone: list[Seat], profile: str) -> list[dict[str, Any]]:
	there = [seat for seat in everyone if seat.profile != profile and seat.live]
	words = {
		**_words(MENTOR, [seat.person for seat in there if seat.is_mentor]),
		**_words(MENTEE, [seat.person for seat in there if not seat.is_mentor]),
	}
	return [
		{
			"profile": seat.profile,
			"part": seat.person,
			"role": "Mentee" if seat.part == "Peer" else seat.part,
			"words": words.get(seat.person, []),
			"answered": seat.status in ANSWERED,
		}
		for seat in there
	]


def _words(role: str, names: list[str]) -> dict[str, list[str]]:
	"""What these people wrote in their applications for whoever is matched with them."""
	fields = shown_names(role)
	rows = frappe.get_all(role, {"name": ("in", names or [""])}, ["name", *fields])
	return {row.name: _written(row, fields) for row in rows}


def _written(row: Mapping[str, Any], fields: Sequence[str]) -> list[str]:
	return [row[field] for field in fields if row[field]]


def _topics_of(parts: list[str]) -> dict[str, list[str]]:
	found: dict[str, list[str]] = {}
	for row in frappe.get_all(
		"Mentoring Topic Item",
		{
			"parenttype": ("in", ("Mentor", "Mentee")),
			"parent": ("in", parts or [""]),
			"parentfield": "topics",
		},
		["parent", "topic"],
		order_by="idx",
	):
		found.setdefault(row.parent, []).append(row.topic)
	return found
