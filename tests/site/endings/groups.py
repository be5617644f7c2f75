"""Groups that have started, with the people in them, in cycles of set days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import frappe

from mentor_ispe.demo.clock import at
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make

# The first cycle runs through 2031; its next one takes applications from September to the 31st of October.
START, END = date(2031, 1, 1), date(2031, 12, 31)
OPENS, CLOSES = date(2031, 9, 1), date(2031, 10, 31)
RUNNING = date(2031, 6, 2)


@contextmanager
def on(day: date, hour: int = 9) -> Iterator[None]:
	"""The site's clock on that day; memberships on the roll are made without an end, see `person`."""
	with at(datetime.combine(day, time(hour))):
		yield


def person(**values: Any):
	"""A profile with a membership that doesn't end."""
	profile = make.make_profile(member=False, **values)
	make.make_roll_entry(profile.email, from_date="2026-01-01", to_date=None)
	return profile


def cycle_of(program: str, start: date = START, **values: Any):
	return make.make_cycle(
		program,
		**{
			"application_from": start - timedelta(days=90),
			"application_until": start - timedelta(days=30),
			"start_date": start,
			"end_date": start.replace(month=12, day=31),
			**values,
		},
	)


def next_cycle_of(program: str, **values: Any):
	"""The cycle of 2032, open for applications from OPENS to CLOSES."""
	return cycle_of(
		program,
		start=date(2032, 1, 1),
		**{"application_from": OPENS, "application_until": CLOSES, **values},
	)


def started(format: str = "One-on-One", members: int = 1, moderator: bool = False, **program: Any):
	"""A running group: `group`, `mentor` and `mentees` (records), `program`, `cycle`; profiles by `p`.

	The members are willing to moderate, and the first one does when `moderator`.
	"""
	name = make.make_program(format=format, **program).name
	with on(START - timedelta(days=60)):
		cycle = cycle_of(name).name
		mentor = None
		if format != "Peer Circle":
			mentor = make.make_mentor(cycle, profile=person().name, seats_offered=members + 1)
		mentees = [
			make.make_mentee(cycle, profile=person().name, willing_to_moderate=1) for _ in range(members)
		]
		group = propose(
			cycle,
			[mentee.name for mentee in mentees],
			mentor.name if mentor else None,
			moderator=mentees[0].name if moderator else None,
		).name
		make.accept_all(group)
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Running")
	with on(START):
		commands.activate(group)
	return SimpleNamespace(
		group=group,
		program=name,
		cycle=cycle,
		mentor=mentor,
		mentees=mentees,
		profiles=[each.profile for each in (*([mentor] if mentor else []), *mentees)],
	)


def stored(group: str):
	return frappe.get_doc("Mentoring Group", group)


def told(template: str, **filters: Any) -> list[str]:
	"""Profiles, or addresses of coordinators, that were told by this template."""
	rows = frappe.get_all(
		"Mentoring Notice",
		{"template": template, **filters},
		["profile", "recipient"],
		order_by="creation, name",
	)
	return [row.profile or row.recipient for row in rows]
