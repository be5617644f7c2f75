"""A running group whose people are ready to meet, and its sessions."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace

import frappe

from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make

STARTS_ON = datetime(2031, 3, 30, 9, 30)


def make_group(members: int = 2, **program) -> SimpleNamespace:
	"""A mentor and `members` mentees, each with a login; `people` are their profiles, the mentor's first."""
	cycle = make.make_cycle(make.make_program(format="Group", **program).name, end_date="2032-01-01")
	mentor = make.make_mentor(cycle.name, profile=with_login("Mia Mentor"), seats_offered=members)
	mentees = [make.make_mentee(cycle.name, profile=with_login(f"Member {n}")) for n in range(members)]
	group = propose(cycle.name, [mentee.name for mentee in mentees], mentor.name, moderator=mentees[0].name)
	make.accept_all(group.name)
	commands.activate(group.name)
	people = [part.profile for part in (mentor, *mentees)]
	return SimpleNamespace(name=group.name, cycle=cycle, mentor=mentor, mentees=mentees, people=people)


def with_login(full_name: str) -> str:
	user = make.make_user(roles=["Mentoring Member"])
	return make.make_profile(full_name=full_name, email=user.name, user=user.name).name


def make_session(group: SimpleNamespace, **values):
	doc = frappe.new_doc("Mentoring Session")
	doc.update(
		{
			"mentoring_group": group.name,
			"starts_on": STARTS_ON,
			"duration_minutes": 60,
			"mode": "Online",
			"link": "https://example.org/room",
			"focus": "Goals",
			"agenda": "<p>First</p><ul><li>Bread &amp; butter</li></ul>",
			**values,
		}
	)
	return doc.insert()


def entry(session, profile: str) -> str:
	"""What the meeting is called in this person's calendar."""
	return next(row.calendar_uid for row in session.attendance if row.profile == profile)


def address(profile: str) -> str:
	return frappe.db.get_value("Mentoring Profile", profile, "email")
