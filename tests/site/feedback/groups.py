"""Groups with a past, for the tests of feedback and health: started on a day, with meetings since."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import frappe
from frappe.utils import add_days

from mentor_ispe.demo import clock
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.site.permissions.records import store

START = date(2031, 1, 15)


def at(day: date, hour: int = 10):
	"""Let it be this day."""
	return clock.at(datetime.combine(day, time(hour)))


def start_group(
	people: int = 1, program: str | None = None, cycle: str | None = None, on: date = START, **rules
) -> SimpleNamespace:
	"""An active group that started on the day `on`: `mentor` and `mentees` are profiles."""
	with at(on):
		if cycle is None:
			form = "One-on-One" if people == 1 else "Group"
			values = {"format": form, "feedback_every_months": 2, "feedback_days": 14, **rules}
			program = program or make.make_program(**values).name
			cycle = make.make_cycle(
				program,
				application_from=add_days(on, -30),
				application_until=add_days(on, 5),
				start_date=on,
				end_date=add_days(on, 365),
			).name
		peers = frappe.db.get_value("Mentoring Cycle", cycle, "format") == "Peer Circle"
		mentor = None if peers else make.make_mentor(cycle, seats_offered=max(1, people))
		mentees = [make.make_mentee(cycle, willing_to_moderate=1) for _ in range(people)]
		group = propose(cycle, [mentee.name for mentee in mentees], mentor.name if mentor else None).name
		make.accept_all(group)
		commands.activate(group)
	return SimpleNamespace(
		name=group,
		cycle=cycle,
		program=frappe.db.get_value("Mentoring Cycle", cycle, "program"),
		mentor=mentor and mentor.profile,
		mentees=[mentee.profile for mentee in mentees],
		parts=[mentee.name for mentee in mentees],
	)


def make_moderator(group: SimpleNamespace, profile: str) -> None:
	row = frappe.db.get_value("Mentoring Group Member", {"parent": group.name, "profile": profile})
	frappe.db.set_value("Mentoring Group Member", row, "is_moderator", 1)


def hold_session(group: SimpleNamespace, on: date, absent: tuple[str, ...] = (), status: str = "Held") -> str:
	"""A session of everybody in the group, as it is kept, whatever way it was recorded."""
	people = [profile for profile in (group.mentor, *group.mentees) if profile]
	return store(
		"Mentoring Session",
		mentoring_group=group.name,
		cycle=group.cycle,
		program=group.program,
		status=status,
		starts_on=datetime.combine(on, time(17)),
		duration_minutes=60,
		mode="Online",
		attendance=[
			{
				"doctype": "Mentoring Session Attendance",
				"parentfield": "attendance",
				"idx": index,
				"profile": profile,
				"attended": int(profile not in absent),
			}
			for index, profile in enumerate(people, 1)
		],
	).name


def days_after(days: int, day: date = START) -> date:
	return day + timedelta(days=days)


def requests_of(group: SimpleNamespace, **filters) -> list[tuple[str, str, str]]:
	"""(kind, profile, status) of what was asked in the group, sorted."""
	rows = frappe.get_all(
		"Mentoring Feedback Request",
		{"cycle": group.cycle, **filters},
		["kind", "profile", "status"],
	)
	return sorted((row.kind, row.profile, row.status) for row in rows)


def notices(template: str, group: SimpleNamespace) -> list[str]:
	"""To whom this mail was announced about the group's requests."""
	names = frappe.get_all("Mentoring Feedback Request", {"cycle": group.cycle}, pluck="name")
	return sorted(
		frappe.get_all(
			"Mentoring Notice",
			{"template": template, "reference_name": ("in", [*names, group.name])},
			pluck="profile",
		)
	)
