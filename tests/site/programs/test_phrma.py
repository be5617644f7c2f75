"""PHRMA's partnerships from opening to closing: assessed every other month, with credit by HRCI's rules."""

from __future__ import annotations

from datetime import timedelta

import frappe

from mentor_ispe.mails.default_templates import feedback as feedback_mails
from mentor_ispe.mails.default_templates import members as membership_mails
from mentor_ispe.services import concerns
from mentor_ispe.services.credit import record as credit
from mentor_ispe.services.groups import charter, commands, ending, goals, hours
from mentor_ispe.services.groups.commands import accept, decline
from tests.site.programs.invariants import broken_rules
from tests.site.programs.world import World, answer_requests, match_and_publish, meet, seats_waiting, told

PROGRAM = "PHRMA Partnerships"


def make_year(world: World):
	"""A cycle with three mentors and three mentees of different employers and styles, matched and told."""
	cycle = world.open_cycle()
	styles = ("Visual", "Auditory", "Hands-on")
	for style in styles:
		world.join(cycle, "Mentor", world.person(career_stage="Senior", learning_style=style))
		world.join(cycle, "Mentee", world.person(career_stage="Student", learning_style=style))
	world.pass_days(35)
	match_and_publish(world, cycle)
	return cycle


def styles_of(group: str) -> set[str]:
	doc = frappe.get_doc("Mentoring Group", group)
	profiles = [frappe.db.get_value("Mentor", doc.mentor, "profile"), *(row.profile for row in doc.members)]
	return {frappe.db.get_value("Mentoring Profile", profile, "learning_style") for profile in profiles}


def sides(group: str) -> tuple[str, str]:
	doc = frappe.get_doc("Mentoring Group", group)
	return frappe.db.get_value("Mentor", doc.mentor, "profile"), doc.members[-1].profile


def test_partners_are_matched_by_the_way_they_learn():
	world = World(PROGRAM)
	cycle = make_year(world)
	groups = frappe.get_all("Mentoring Group", {"cycle": cycle, "status": "Proposed"}, pluck="name")
	assert len(groups) == 3
	assert all(len(styles_of(group)) == 1 for group in groups)


def test_a_partnership_from_opening_to_its_credit_record():
	world = World(PROGRAM)
	cycle = make_year(world)
	waiting = seats_waiting(cycle)
	declined = waiting[0][0]
	with world.now():
		for group, profile in waiting:
			if group == declined and profile == sides(group)[1]:
				decline(group, profile, "We know each other from another project")
			elif group != declined:
				accept(group, profile)
		running = frappe.get_all(
			"Mentoring Group", {"cycle": cycle, "status": "Proposed"}, pluck="name", order_by="name"
		)
		assert declined not in running
		for group in running:
			commands.activate(group)
	kept, troubled = running
	mentor, mentee = sides(kept)

	# The start: expectations agreed, goals set, both by the two of them.
	with world.now(hour=16):
		version = charter.read(kept)["version"]
		charter.write(
			kept,
			mentee,
			{"charter_expectations": "An hour a month", "charter_boundaries": "No calls"},
			version,
		)
		for side in (mentor, mentee):
			charter.agree(kept, side, charter.read(kept)["version"])
		assert charter.read(kept)["agreed_on"]
		goal = goals.save_goal(mentee, {"title": "Lead a small team"}, group=kept)
	world.pass_until(frappe.db.get_value("Mentoring Cycle", cycle, "start_date"))

	# Six months, a meeting in each; check-ins every other month, one of them late, and a lapse on the way.
	first = world.day + timedelta(days=5)
	kinds: list[str] = []
	for month in range(7):
		meet(
			world,
			kept,
			first + timedelta(days=28 * month),
			mentee,
			planned={
				"mode": "In Person" if month % 2 else "Online",
				"location": "Library",
				"duration_minutes": 90,
			},
		)
		kinds += answer_requests(world, mentor)
		if month != 2:
			kinds += answer_requests(world, mentee)
		if month == 1:
			world.lapse(mentee)
			world.pass_days(12)
			assert told(mentee, membership_mails.MEMBERSHIP_IN_GRACE) == 1
			world.renew(mentee)
		assert broken_rules([cycle]) == []
	assert kinds.count("Check-in") >= 5
	assert told(mentee, feedback_mails.FEEDBACK_REMINDER) >= 1

	# The other partnership doesn't work out: mediation, then reassigned.
	_their_mentor, their_mentee = sides(troubled)
	with world.now():
		concern = concerns.raise_concern(troubled, their_mentee, "Commitment", "We never meet").name
		concerns.take_step(concern, "In Mediation", "Called both")
		ending.end(troubled, "Reassigned", "The two agreed to part")
		concerns.take_step(concern, "Reassigned", answer="We look for another partner for you")
	assert frappe.db.get_value("Mentee", {"profile": their_mentee, "cycle": cycle}, "status") == "Approved"
	assert broken_rules([cycle]) == []

	# The end: goals looked at again, completed by the night's job, closing feedback asked.
	with world.now():
		goals.review_goal(mentee, goal.name, "Achieved", "I lead three people now")
	world.pass_until(frappe.db.get_value("Mentoring Cycle", cycle, "end_date") + timedelta(days=10))
	assert frappe.db.get_value("Mentoring Group", kept, "status") == "Completed"
	assert frappe.db.get_value("Mentoring Cycle", cycle, "status") == "Completed"
	assert "Closing" in answer_requests(world, mentor)
	with world.now():
		findings = credit.state(kept)["rules"]
		assert {rule["state"] for rule in findings} == {"Met"}, findings
		assert len(credit.record(kept)["meetings"]) == 7
		hours_kept = hours.hours_of([kept])[kept]
	assert hours_kept[mentor].minutes == hours_kept[mentee].minutes == 7 * 90
	assert hours_kept[mentee].asked == 360
	assert max(month.asked for month in hours_kept[mentee].months) == 60
	assert broken_rules([cycle]) == []
