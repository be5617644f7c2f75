"""ASHP's program: limited places, an announced day, an orientation first, six hours in six months."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import matches as match_mails
from mentor_ispe.mails.default_templates import sessions as session_mails
from mentor_ispe.readings import readiness
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import goals, hours, moderator_queue
from mentor_ispe.services.groups.commands import accept
from mentor_ispe.services.readiness import workshops
from mentor_ispe.services.sessions import planning, recording
from tests import factories as make
from tests.site.programs.invariants import broken_rules
from tests.site.programs.world import World, answer_requests, match_and_publish, meet, seats_waiting, told

PROGRAM = "ASHP Guided Mentorship"


def hold_orientation(world: World, cycle: str, profiles: list[str]) -> None:
	"""A workshop for everyone in three days, with these people there."""
	with world.now():
		workshop = frappe.get_doc(
			{
				"doctype": "Mentoring Workshop",
				"title": "Orientation",
				"program": world.program.name,
				"cycle": cycle,
				"audience": "Everyone",
				"is_training": 1,
				"starts_on": datetime.combine(world.day + timedelta(days=3), time(16)),
				"link": "https://meet.example.org/orientation",
			}
		).insert()
		for profile in profiles:
			workshops.sign_up(workshop.name, profile)
	world.pass_days(4)
	with world.now():
		workshops.attendance(workshop.name, profiles)


def test_an_application_after_the_deadline_is_refused_and_places_are_limited():
	world = World(PROGRAM)
	cycle = world.open_cycle(places=1)
	with world.now():
		first, second = (
			commands.apply(world.person(career_stage="Student"), cycle, "Mentee", {}).name for _ in range(2)
		)
		commands.approve("Mentee", first)
		with pytest.raises(RuleViolation):
			commands.approve("Mentee", second)
		commands.reject("Mentee", second, "All places are taken this time.")
	world.pass_until(frappe.db.get_value("Mentoring Cycle", cycle, "application_until"), timedelta(days=7))
	in_time, late = world.person(career_stage="Student"), world.person(career_stage="Student")
	frappe.set_user(make.make_user(roles=("Mentoring Member",)).name)  # staff may enter somebody later
	with world.now(hour=23):
		commands.apply(in_time, cycle, "Mentee", {})
	world.day += timedelta(days=1)
	with world.now(hour=0), pytest.raises(RuleViolation):
		commands.apply(late, cycle, "Mentee", {})


def test_half_a_year_from_the_deadline_to_six_hours():
	world = World(PROGRAM)
	start = world.day + timedelta(days=60)
	cycle = world.open_cycle(announcement_date=start - timedelta(days=14))
	for _ in range(2):
		world.join(cycle, "Mentor")
		world.join(cycle, "Mentee", goals="To run a trial of my own")
	world.pass_days(32)
	match_and_publish(world, cycle)

	# Nobody hears before the announced day; then everybody does, by themselves.
	waiting = seats_waiting(cycle)
	assert len(waiting) == 4
	group, mentee = next(
		(g, p) for g, p in waiting if frappe.db.exists("Mentee", {"cycle": cycle, "profile": p})
	)
	doc = frappe.get_doc("Mentoring Group", group)
	mentor = frappe.db.get_value("Mentor", doc.mentor, "profile")
	world.pass_until(start - timedelta(days=16))
	assert told(mentee, match_mails.MATCH_PROPOSED) == 0
	world.pass_until(start - timedelta(days=12))
	assert told(mentee, match_mails.MATCH_PROPOSED) == 1
	with world.now():
		for each, profile in waiting:
			accept(each, profile)
		for each in {each for each, _profile in waiting}:
			group_commands.activate(each)

	# The orientation comes before the first meeting, and so do the agreements.
	with world.now():
		assert set(readiness.missing(group, world.day)) == {mentor, mentee}
		with pytest.raises(RuleViolation):
			planning.plan(group, datetime.combine(start + timedelta(days=5), time(17)))
	hold_orientation(world, cycle, [mentor, mentee])
	with world.now():
		assert not readiness.missing(group, world.day)
	late = next(
		p for g, p in waiting if g != group and frappe.db.exists("Mentee", {"cycle": cycle, "profile": p})
	)
	assert frappe.db.get_value("Mentee", {"cycle": cycle, "profile": late}, "training_completed") == 0

	# The mentee keeps the schedule and the plan of action.
	with world.now():
		tasks = moderator_queue.queue(mentee)
		assert [each.group for each in tasks] == [group]
		goal = goals.save_goal(
			mentee,
			{"title": "Run a trial", "steps": [{"step": "Write the protocol"}, {"step": "Find a site"}]},
			group=group,
		)
		goals.tick(mentee, goal.name, 1, True)
		assert frappe.db.get_value("Mentoring Goal", goal.name, "progress") == 50
	for month in range(6):
		day = start + timedelta(days=8 + 28 * month)
		items = [{"words": "Read the guideline", "assigned_to": mentee}] if month == 0 else []
		session = meet(
			world,
			group,
			day,
			mentee,
			new_items=items,
			planned={"mode": "Online", "link": "https://meet.example.org/us"},
		)
		if month == 1:
			carried = recording.action_items.carried_into(session)
			assert [item["words"] for item in carried] == ["Read the guideline"]
			with world.now(hour=21):
				recording.action_items.close(carried[0]["name"], mentee, "Done", session)
		assert broken_rules([cycle]) == []
	assert told(mentee, session_mails.MEETING_AGENDA) >= 1
	with world.now():
		spent = hours.hours_of([group])[group]
	assert (spent[mentee].minutes, spent[mentee].asked, spent[mentee].missing) == (360, 360, 0)
	assert max(month.asked for month in spent[mentee].months) == 60
	world.pass_until(frappe.db.get_value("Mentoring Cycle", cycle, "end_date") + timedelta(days=5))
	assert frappe.db.get_value("Mentoring Group", group, "status") == "Completed"
	assert "Closing" in answer_requests(world, mentee)
	assert broken_rules([cycle]) == []
