"""The chapter's two programs: pairs who settle everything at the first meeting, and circles without a mentor."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import frappe
import pytest
from frappe.utils import add_months, getdate

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import members as membership_mails
from mentor_ispe.services.applications import commands
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.groups import charter, ending
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import accept, decline
from mentor_ispe.services.sessions import planning
from tests.site.programs.invariants import broken_rules
from tests.site.programs.world import World, answer_requests, match_and_publish, meet, seats_waiting, told

PAIRS = "Boston Area Chapter Mentoring"
CIRCLES = "Professional Moai"


def test_only_members_of_the_chapter_join():
	world = World(PAIRS)
	cycle = world.open_cycle()
	elsewhere = world.person(chapter="Delaware Valley")
	with world.now():
		with pytest.raises(RuleViolation):
			commands.apply(elsewhere, cycle, "Mentee", {})
		assert (
			commands.apply(world.person(), cycle, "Mentee", {"goals": "To find my way"}).goals
			== "To find my way"
		)


def test_a_pair_settles_how_often_and_where_and_meets_by_that():
	world = World(PAIRS)
	cycle = world.open_cycle()
	mentor, mentee = world.join(cycle, "Mentor"), world.join(cycle, "Mentee")
	world.pass_days(31)
	group = world.start_group(cycle, mentor, [mentee])
	sides = [
		frappe.db.get_value("Mentor", mentor, "profile"),
		frappe.db.get_value("Mentee", mentee, "profile"),
	]
	start, end = frappe.db.get_value("Mentoring Cycle", cycle, ["start_date", "end_date"])
	world.pass_until(start)
	meet(
		world,
		group,
		start + timedelta(days=8),
		sides[1],
		planned={"mode": "In Person", "location": "The library"},
	)
	with world.now(hour=21):
		values = {
			"charter_expectations": "Honesty",
			"charter_boundaries": "Nothing about pay",
			"charter_place": "The library",
			"charter_meet_every": 2,
			"charter_meet_every_unit": "Week",
		}
		charter.write(group, sides[0], values, charter.read(group)["version"])
		for side in sides:
			charter.agree(group, side, charter.read(group)["version"])
		assert charter.read(group)["agreed_on"]
		proposal = planning.propose_next(group)
	assert (proposal.starts_on.date() - (start + timedelta(days=8))).days == 14
	assert proposal.location == "The library"

	# Feedback all along: every three months, of both.
	kinds: list[str] = []
	began = frappe.db.get_value("Mentoring Group", group, "start_date")
	for quarter in (1, 2, 3):
		world.pass_until(getdate(add_months(began, 3 * quarter)) + timedelta(days=6))
		for side in sides:
			kinds += answer_requests(world, side)
	assert kinds.count("Check-in") == 6
	world.pass_until(end + timedelta(days=12))
	assert frappe.db.get_value("Mentoring Group", group, "status") == "Completed"
	assert broken_rules([cycle]) == []


def test_a_circle_of_peers_takes_turns_loses_one_and_goes_on():
	world = World(CIRCLES)
	cycle = world.open_cycle()
	for _ in range(14):
		world.join(cycle, "Mentee", world.person(career_stage="Mid-Level"))
	with world.now(), pytest.raises(RuleViolation):
		commands.apply(world.person(), cycle, "Mentor", {})
	world.pass_days(31)
	match_and_publish(world, cycle)
	asked, refused = seats_waiting(cycle), None
	largest = Counter(group for group, _profile in asked).most_common(1)[0][0]
	with world.now():
		for group, profile in asked:
			if refused is None and group == largest:
				decline(group, profile, "A new job")
				refused = profile
			else:
				accept(group, profile)
		groups = frappe.get_all(
			"Mentoring Group", {"cycle": cycle, "status": "Proposed"}, pluck="name", order_by="name"
		)
		assert groups
		for group in groups:
			size = len(
				[row for row in frappe.get_doc("Mentoring Group", group).members if row.status == "Accepted"]
			)
			assert 5 <= size <= 10
			group_commands.activate(group)
	group = groups[0]
	start, end = frappe.db.get_value("Mentoring Cycle", cycle, ["start_date", "end_date"])
	world.pass_until(start)

	def active() -> list[str]:
		return [
			row.profile for row in frappe.get_doc("Mentoring Group", group).members if row.status == "Active"
		]

	hosts = []
	for month in range(3):
		session = meet(world, group, start + timedelta(days=10 + 30 * month), active()[0])
		hosts.append(frappe.db.get_value("Mentoring Session", session, "host"))
	assert len(set(hosts)) == 3

	leaver, lapsed = active()[-1], active()[-2]
	with world.now():
		ending.leave(group, leaver, "I move away")
	assert frappe.db.get_value("Mentoring Group", group, "status") == "Active"
	world.lapse(lapsed)
	world.pass_days(40)
	assert told(lapsed, membership_mails.SEAT_SUSPENDED) == 1
	world.renew(lapsed)
	world.pass_days(4)
	assert lapsed in active()
	assert leaver not in active()
	session = meet(world, group, world.day + timedelta(days=10), active()[0])
	host = frappe.db.get_value("Mentoring Session", session, "host")
	assert host in active()
	assert host not in hosts

	# One update for the circle, from whoever has the turn; late, and still welcome.
	world.pass_until(end - timedelta(days=20))
	late = frappe.get_all(
		"Mentoring Feedback Request",
		{"mentoring_group": group, "kind": "Group Update", "status": "Missed"},
		["name", "profile"],
		order_by="due_on",
	)
	assert late
	with world.now():
		feedback.give(
			late[0].profile, {"rating": 1, "comment": "We like it", "going": "On Track"}, late[0].name
		)
	world.pass_until(end + timedelta(days=12))
	assert frappe.db.get_value("Mentoring Group", group, "status") == "Completed"
	assert "Closing" in answer_requests(world, active_after(group))
	assert broken_rules([cycle]) == []


def active_after(group: str) -> str:
	return next(
		row.profile for row in frappe.get_doc("Mentoring Group", group).members if row.status == "Completed"
	)
