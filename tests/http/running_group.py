"""A running group for people to act in at the same moment, and for others to look into."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.http.people import make_member


@pytest.fixture(scope="module")
def group(site) -> SimpleNamespace:
	"""A running group: Ana mentors Ben and Cal, and coordinates as well; Dan left it."""
	program = make.make_program(format="Group", guest_speakers_per_year=1)
	cycle = make.make_cycle(program.name)
	people = {name: make_member(full_name=name.title()) for name in ("ana", "ben", "cal", "dan")}
	mentor = make.make_mentor(cycle.name, profile=people["ana"][0], seats_offered=3)
	parts = {name: make.make_mentee(cycle.name, profile=people[name][0]) for name in ("ben", "cal", "dan")}
	found = propose(
		cycle.name, [part.name for part in parts.values()], mentor.name, moderator=parts["ben"].name
	)
	make.accept_all(found.name)
	group_commands.activate(found.name)
	commands.withdraw("Mentee", parts["dan"].name, "No time")
	user = frappe.get_doc("User", people["ana"][1])
	user.append_roles(COORDINATOR)
	user.save()
	frappe.db.commit()
	return SimpleNamespace(name=found.name, people=people, topic=make_topic())


def make_topic() -> str:
	return frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert().name
