"""A match as the person sees it who is asked: who is in it, why, and how long there is to answer."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.seats import Seat
from mentor_ispe.permissions import gate
from mentor_ispe.readings.seats import held_first, seats
from mentor_ispe.services.matching.cards import card_of
from mentor_ispe.services.members import sharing

ANSWERED = ("Accepted", "Active", "Suspended", "Completed")


def look(group: str, profile: str) -> dict[str, Any] | None:
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
	topics = _topics([row["part"] for row in others])
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
		**_words("Mentor", "motivation", [seat.person for seat in there if seat.is_mentor]),
		**_words("Mentee", "goals", [seat.person for seat in there if not seat.is_mentor]),
	}
	return [
		{
			"profile": seat.profile,
			"part": seat.person,
			"role": "Mentee" if seat.part == "Peer" else seat.part,
			"words": words.get(seat.person),
			"answered": seat.status in ANSWERED,
		}
		for seat in there
	]


def _words(doctype: str, field: str, names: list[str]) -> dict[str, str]:
	rows = frappe.get_all(doctype, {"name": ("in", names or [""])}, ["name", field], as_list=True)
	return dict(rows)


def _topics(parts: list[str]) -> dict[str, list[str]]:
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
