"""What the first page shows of the reader's groups: who is in them, and when they meet next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frappe.utils import now_datetime

from mentor_ispe.domain.pages import group_path
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.readings.faces import faces
from mentor_ispe.services.groups import group_view


def fill(context: Any, profile: str, status: Mapping[str, Any]) -> None:
	"""`people_at`: the people of each group by its address; `meetings`: the next of each, soonest first; three queries."""
	mine = {
		row["name"]: row
		for row in status["groups"]
		if row["seat"] in LIVE_SEATS and row["seat"] != "Proposed"
	}
	people = group_view.names_in(mine) if mine else {}
	context.people_at = {
		group_path(name): [one for one, _name in found if one != profile] for name, found in people.items()
	}
	context.faces = faces({one for found in context.people_at.values() for one in found}) if mine else {}
	meetings = group_view.next_meetings(list(mine), profile, now_datetime()) if mine else {}
	context.meetings = [
		{**row, "link": group_path(group, "meetings", row["name"]), "title": mine[group]["title"]}
		for group, row in sorted(meetings.items(), key=lambda each: each[1]["starts_on"])
	]
