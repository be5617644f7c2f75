"""Where one member stands: membership, applications, seats, agreements to sign."""

from __future__ import annotations

import frappe
from frappe.utils import now_datetime

from mentor_ispe.clock import today
from mentor_ispe.domain.membership import Standing
from mentor_ispe.domain.statuses import LIVE_SEATS, TAKES_PART
from mentor_ispe.membership.status import standings, store_membership_status
from mentor_ispe.readings.readiness import unsigned
from mentor_ispe.readings.seats import GROUP, SEAT, query_of_seats

SIDES = ("Mentor", "Mentee")


def status_of(profile: str, standing: Standing | None = None) -> dict:
	"""Everything that one person is told of themselves; a constant number of queries.

	`standing` is theirs of today, when it is at hand.
	"""
	standing = standing or standings([profile])[profile]
	applications = [
		{"doctype": side, **row}
		for side in SIDES
		for row in frappe.get_all(
			side,
			{"profile": profile},
			["name", "cycle", "program", "status", "applied_on", "answer_by", "decision_note"],
			order_by="creation desc",
		)
	]
	groups = groups_of(profile)
	return {
		"profile": profile,
		"membership": _membership(standing),
		"applications": applications,
		"groups": groups,
		"agreements_to_sign": _to_sign(profile, applications, groups),
	}


def applied_to(profile: str) -> set[str]:
	"""The cycles to which the person has applied, as whatever, and not withdrawn or been rejected."""
	over = ("Withdrawn", "Rejected")
	return {
		cycle
		for side in SIDES
		for cycle in frappe.get_all(side, {"profile": profile, "status": ("not in", over)}, pluck="cycle")
	}


def refresh_standing(profile: str) -> dict:
	"""Ask the membership source about one person now, and keep the answer with the profile."""
	standing = standings([profile])[profile]
	store_membership_status({profile: standing})
	return _membership(standing)


def _membership(standing: Standing) -> dict:
	return {
		"state": standing.state,
		"active_until": standing.active_until,
		"grace_until": standing.grace_until,
		"lapsed_since": standing.lapsed_since,
		"reason": standing.reason,
	}


def groups_of(profile: str) -> list[dict]:
	"""The announced groups in which the person has or had a seat, the live ones first; one query."""
	row, group = frappe.qb.DocType(SEAT), frappe.qb.DocType(GROUP)
	of_group = ("name", "title", "cycle", "program", "status", "format", "respond_by", "extends", "end_kind")
	rows = (
		query_of_seats(row, profiles=[profile])
		.join(group)
		.on(group.name == row.parent)
		.select(
			*(group[field] for field in of_group),
			row.status.as_("seat"),
			row.role,
			row.match_reason,
			row.is_moderator,
			row.extends.as_("said"),
			row.joined_on,
			row.charter_agreed_on.as_("agreed_on"),
		)
		.where(group.status != "Draft")
		.where(group.announce_on.isnull() | (group.announce_on <= now_datetime()))
	).run(as_dict=True)
	for each in rows:
		each.role = "Mentor" if each.role == "Mentor" else "Mentee"
	return sorted(rows, key=lambda each: (each["seat"] not in LIVE_SEATS, str(each["title"])))


def _to_sign(profile: str, applications: list[dict], groups: list[dict]) -> list[dict]:
	"""Published agreements not signed yet; with `cycle` those to sign anew, in a group that goes on from another."""
	taking_part = [row for row in applications if row["status"] in TAKES_PART]
	if not taking_part:
		return []
	parts: dict[str, set[str]] = {}
	for row in taking_part:
		parts.setdefault(row["program"], set()).add(row["doctype"])
	anew: dict[str, set[str]] = {}
	for row in groups:
		if row["seat"] in LIVE_SEATS:
			if row.get("is_moderator"):
				parts.setdefault(row["program"], set()).add("Moderator")
			if row["extends"]:
				anew.setdefault(row["program"], set()).add(row["cycle"])
	wanted = unsigned(profile, parts, today(), anew)
	texts = frappe.get_all(
		"Mentoring Agreement",
		{"name": ("in", sorted({agreement for agreement, _cycle in wanted}) or [""]), "status": "Published"},
		["name", "title", "version"],
		order_by="title",
	)
	return [
		{**text, "cycle": cycle}
		for text in texts
		for agreement, cycle in sorted(wanted, key=str)
		if agreement == text.name
	]
