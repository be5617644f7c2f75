"""Two running groups and a pair whose people come to the members' pages."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.sessions import planning
from tests import factories as make
from tests.http.people import make_member
from tests.http.running_group import make_topic
from tests.http.visitor import Visitor

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def world(site) -> SimpleNamespace:
	"""Ana mentors Ben, who moderates, and Cal, who would. Eve mentors Fay in another group of the cycle.

	Ana's group meets in ten days (`coming`), and met yesterday without recording it (`begun`).
	"""
	program = make.make_program(
		format="Group", guest_speakers_per_year=2, may_extend=1, group_size_min=1, feedback_days=14
	)
	cycle = make.make_cycle(program.name)
	people = {
		name: make_member(full_name=f"{name.title()} Test", time_zone=zone, biography=f"I am {name}")
		for name, zone in (
			("ana", "America/Los_Angeles"),
			("ben", "Asia/Tokyo"),
			("cal", "Europe/Berlin"),
			("eve", "Europe/Berlin"),
			("fay", "Europe/Berlin"),
		)
	}
	groups = {
		"ana": make_group(cycle.name, people, "ana", ["ben", "cal"], moderator="ben"),
		"eve": make_group(cycle.name, people, "eve", ["fay"]),
	}
	name = groups["ana"]
	coming = make.make_session(name).name
	foreign = make.make_session(groups["eve"]).name
	begun = make.make_session(name, f"{add_days(nowdate(), 5)} 17:00:00").name
	yesterday = add_to_date(now_datetime(), days=-1).replace(microsecond=0)
	frappe.db.set_value("Mentoring Session", begun, "starts_on", yesterday)
	topic = make_topic()
	frappe.db.commit()
	return SimpleNamespace(
		name=name,
		base=f"/mentoring/groups/{name}",
		cycle=cycle.name,
		program=program.name,
		other=groups["eve"],
		coming=coming,
		begun=begun,
		foreign=foreign,
		topic=topic,
		people=people,
		profile={one: profile for one, (profile, _user) in people.items()},
	)


@pytest.fixture(scope="module")
def visitor(world, base_url) -> Callable[[str], Visitor]:
	"""Somebody of the world with a session of their own: `visitor("ben")`."""
	known: dict[str, Visitor] = {}

	def of(name: str) -> Visitor:
		if name not in known:
			known[name] = Visitor(base_url, world.people[name][1])
		return known[name]

	return of


@pytest.fixture
def plan(world) -> Callable[..., str]:
	"""Plan another meeting of Ana's group: `plan(days)` from now; returns its name."""

	def at(days: int, **values) -> str:
		frappe.db.rollback()  # begin anew, to read what requests have written since
		name = planning.plan(world.name, f"{add_days(nowdate(), days)} 09:00:00", **values).name
		frappe.db.commit()
		return name

	return at


def make_group(
	cycle: str,
	people: dict[str, tuple[str, str]],
	mentor: str,
	mentees: list[str],
	moderator: str | None = None,
) -> str:
	"""A running group; everyone in it would moderate."""
	head = make.make_mentor(cycle, profile=people[mentor][0], seats_offered=4)
	parts = {one: make.make_mentee(cycle, profile=people[one][0], willing_to_moderate=1) for one in mentees}
	chosen = parts[moderator].name if moderator else None
	group = propose(cycle, [part.name for part in parts.values()], head.name, moderator=chosen)
	make.accept_all(group.name)
	commands.activate(group.name)
	begin_earlier(group.name)
	return group.name


def begin_earlier(group: str) -> None:
	"""As if the group had begun three weeks ago, so that it can have met."""
	day = add_days(nowdate(), -21)
	frappe.db.set_value("Mentoring Group", group, "start_date", day)
	for row in frappe.get_all("Mentoring Group Member", {"parent": group}, pluck="name"):
		frappe.db.set_value("Mentoring Group Member", row, "joined_on", day)
