"""A match as the person sees it who is asked: who is in it, why, and how long there is to answer."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils import getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.permissions import gate
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
		[
			"name",
			"title",
			"status",
			"cycle",
			"program",
			"format",
			"mentor",
			"mentor_status",
			"respond_by",
			"extends",
		],
		as_dict=True,
	)
	rows = frappe.get_all(
		"Mentoring Group Member",
		{"parent": group, "parenttype": "Mentoring Group"},
		["profile", "status", "is_moderator", "match_reason", "mentee"],
		order_by="idx",
	)
	mentor = head.mentor and frappe.db.get_value(
		"Mentor", head.mentor, ["profile", "motivation", "name"], as_dict=True
	)
	own = _own_seat(head, mentor, rows, profile)
	others = _others(head, mentor, rows, profile)
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


def _own_seat(head: Any, mentor: Any, rows: list[Any], profile: str) -> dict[str, Any]:
	if mentor and mentor.profile == profile:
		said = [row for row in rows if row.match_reason and row.status in LIVE_SEATS]
		return {"role": "Mentor", "seat": head.mentor_status, "reasons": [row.match_reason for row in said]}
	mine = [row for row in rows if row.profile == profile]
	row = next((row for row in mine if row.status in LIVE_SEATS), mine[-1])
	reasons = [row.match_reason] if row.match_reason else []
	return {"role": "Mentee", "seat": row.status, "reasons": reasons, "is_moderator": row.is_moderator}


def _others(head: Any, mentor: Any, rows: list[Any], profile: str) -> list[dict[str, Any]]:
	found = []
	if mentor and mentor.profile != profile and head.mentor_status in LIVE_SEATS:
		found.append(
			{
				"profile": mentor.profile,
				"part": mentor.name,
				"role": "Mentor",
				"words": mentor.motivation,
				"answered": head.mentor_status in ANSWERED,
			}
		)
	goals = {
		row.name: row.goals
		for row in frappe.get_all(
			"Mentee", {"name": ("in", [row.mentee for row in rows] or [""])}, ["name", "goals"]
		)
	}
	for row in rows:
		if row.profile != profile and row.status in LIVE_SEATS:
			found.append(
				{
					"profile": row.profile,
					"part": row.mentee,
					"role": "Moderator" if row.is_moderator else "Mentee",
					"words": goals.get(row.mentee),
					"answered": row.status in ANSWERED,
				}
			)
	return found


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
