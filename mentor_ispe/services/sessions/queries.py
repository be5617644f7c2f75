"""What one person is shown of a group's meetings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import cint, cstr, get_datetime, get_system_timezone

from mentor_ispe.concurrency.locks import SESSION
from mentor_ispe.domain import sharing
from mentor_ispe.domain.sessions import slots
from mentor_ispe.domain.sessions.local_times import local_times
from mentor_ispe.domain.web_links import resource_address
from mentor_ispe.mails.calendar_events import aware
from mentor_ispe.permissions import gate
from mentor_ispe.permissions.own_session import sign_in_words
from mentor_ispe.readings.meetings import group_of
from mentor_ispe.readings.profiles import names_of, names_of_users
from mentor_ispe.services.sessions import action_items, finding, managing, notes

FIELDS = [
	"name",
	"mentoring_group",
	"group_title",
	"status",
	"starts_on",
	"duration_minutes",
	"mode",
	"location",
	"link",
	"host",
	"guest_speaker",
	"focus",
	"cancel_reason",
	"changed_by",
	"changed_on",
	"series",
]
LOGINS = ("changed_by",)  # read for the names of those whose they are


def sessions_of(group: str, profile: str) -> list[dict[str, Any]]:
	"""The group's meetings, the latest first, on the reader's clock and with the reader's answer."""
	gate.require(group, profile, gate.READ)
	rows = frappe.get_all(SESSION, {"mentoring_group": group}, FIELDS, order_by="starts_on desc")
	mine = {
		row.parent: row
		for row in frappe.get_all(
			"Mentoring Session Attendance",
			{"parent": ("in", [row.name for row in rows] or [""]), "profile": profile},
			["parent", "answer", "attended", "minutes"],
		)
	}
	zone = frappe.db.get_value("Mentoring Profile", profile, "time_zone")
	hosts = names_of(row.host for row in rows)
	movers = names_of_users(row.changed_by for row in rows)
	return [_shown(row, zone, mine.get(row.name), hosts, movers) for row in rows]


def answers_to(sessions: Collection[str]) -> dict[str, list[dict[str, str]]]:
	"""Who is invited to each of these meetings, as {profile, answer}; one query. Whoever asks may read them."""
	found: dict[str, list[dict[str, str]]] = {}
	rows = frappe.get_all(
		"Mentoring Session Attendance",
		{"parent": ("in", sorted(sessions) or [""]), "parenttype": SESSION},
		["parent", "profile", "answer"],
		order_by="idx",
	)
	for row in rows:
		found.setdefault(row.parent, []).append({"profile": row.profile, "answer": cstr(row.answer)})
	return found


def agenda(session: str, profile: str) -> dict[str, Any]:
	"""Everything of one meeting for somebody in the group: clocks, agenda, action items, notes.

	`suggested_focus` is what the last meeting wanted this one to be about. What was said is left out unless the
	person themselves is signed in; `sign_in` then says so.
	"""
	group = group_of(session)
	gate.require(group, profile, gate.READ)
	doc = frappe.get_doc(SESSION, session)
	zone = frappe.db.get_value("Mentoring Profile", profile, "time_zone")
	own = next((row for row in doc.attendance if row.profile == profile), None)
	titles = [row.resource for row in doc.resources]
	return {
		**_shown(doc, zone, own, names_of([doc.host]), names_of_users([doc.changed_by])),
		"may_move": managing.may_move(doc, profile, managing.managers_of(group)),
		"agenda": cstr(doc.agenda),
		"topics": [row.topic for row in doc.topics],
		"resources": [
			frappe._dict(row, attachment=resource_address(row.name, row.attachment))
			for row in frappe.get_all(
				"Mentoring Resource",
				{"name": ("in", titles or [""])},
				["name", "title", "url", "attachment", "summary"],
				order_by="title",
			)
		],
		"people": [
			{
				"profile": row.profile,
				"full_name": row.full_name,
				"answer": cstr(row.answer),
				"attended": bool(cint(row.attended)),
				"minutes": cint(row.minutes),
			}
			for row in doc.attendance
		],
		"local_times": clocks(
			doc.starts_on,
			finding.people_named(row.profile for row in doc.attendance),
			profile,
			cint(doc.duration_minutes),
		),
		**_said(group, doc, profile),
	}


def _said(group: str, doc: Any, profile: str) -> dict[str, Any]:
	if words := sign_in_words():
		return {
			"sign_in": words,
			"carried_items": [],
			"action_items": [],
			"notes": None,
			"suggested_focus": "",
		}
	return {
		"sign_in": "",
		"carried_items": action_items.carried_into(doc.name),
		"action_items": action_items.agreed_in(doc.name),
		"notes": notes.read(doc.name, profile),
		"suggested_focus": _suggested_focus(group, doc),
	}


def _suggested_focus(group: str, doc: Any) -> str:
	before = frappe.get_all(
		SESSION,
		{"mentoring_group": group, "status": "Held", "starts_on": ("<", doc.starts_on)},
		pluck="name",
		order_by="starts_on desc",
		limit=1,
	)
	return notes.contents(before[0])["next_focus"] if before else ""


def _shown(
	row: Any, zone: str | None, own: Any, hosts: dict[str, str], movers: dict[str, str]
) -> dict[str, Any]:
	local = local_times(get_datetime(row.starts_on), get_system_timezone(), {"": zone})[0]
	return {
		**{field: row.get(field) for field in FIELDS if field not in LOGINS},
		"host_name": hosts.get(row.host, ""),
		"changed_by_name": movers.get(row.changed_by, ""),
		"local_start": local.starts_on.replace(tzinfo=None),
		"time_zone": local.zone,
		"day_shift": local.day_shift,
		"my_answer": cstr(own.answer) if own else None,
		"invited": own is not None,
	}


def clocks(
	starts_on: datetime | str,
	people: Mapping[str, frappe._dict],
	reader: str | None = None,
	minutes: int = finding.USUAL_MINUTES,
) -> list[dict[str, Any]]:
	"""The moment on everybody's clock: profile, full_name, starts_on, zone, day_shift, assumed.

	And how that is for them: `part` of their day ("Day", "Early", "Late" or "Night", of a meeting of so many
	minutes), `weekend`. `people` are as `finding.people_named` gives them. For a `reader` of the group: without those
	who show their time zone to nobody.
	"""
	zones = {name: row.time_zone for name, row in people.items() if _shows_clock(row, reader)}
	local = local_times(get_datetime(starts_on), get_system_timezone(), zones)
	found = slots.slot(aware(starts_on), minutes, {each.person: ZoneInfo(each.zone) for each in local})
	parts = {hour.person: hour for hour in found.hours}
	return [
		{
			"profile": each.person,
			"full_name": people[each.person].full_name,
			"starts_on": each.starts_on.replace(tzinfo=None),
			"zone": each.zone,
			"day_shift": each.day_shift,
			"assumed": each.assumed,
			"part": parts[each.person].part,
			"weekend": parts[each.person].weekend,
		}
		for each in local
	]


def suggestions(known: finding.Planning, reader: str, minutes: int | None = None) -> list[dict[str, Any]]:
	"""Times that suit everybody in the group best: `starts_on` on the site's clock, and for whom it isn't day.

	`off_hours` has (name, part of their day, weekend) of each such person; the name is empty where they show their
	time zone to nobody.
	"""
	shown = {name: row.full_name for name, row in known.people.items() if _shows_clock(row, reader)}
	return [
		{
			"starts_on": finding.site_moment(one),
			"off_hours": [
				(shown.get(hour.person, ""), hour.part, hour.weekend)
				for hour in one.hours
				if hour.part != slots.DAY or hour.weekend
			],
		}
		for one in known.suggest(minutes)
	]


def _shows_clock(person: frappe._dict, reader: str | None) -> bool:
	"""Whether the reader, None for staff, may know the person's time zone."""
	return reader in (None, person.name) or sharing.is_shown(
		"time_zone", person.show_time_zone, sharing.GROUP
	)
