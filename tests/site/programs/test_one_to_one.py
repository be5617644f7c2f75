"""ISPE's one-to-one program: a yearly cycle, both roles, a second match after a "no", another year together."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import applications as application_mails
from mentor_ispe.mails.default_templates import applications as waiting_mails
from mentor_ispe.mails.default_templates import extension as extension_mails
from mentor_ispe.mails.default_templates import matches as match_mails
from mentor_ispe.mails.default_templates import members as membership_mails
from mentor_ispe.services.applications import commands, queries
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import ending, extension, goals, hours
from mentor_ispe.services.groups.commands import accept, decline, propose
from tests import factories as make
from tests.site.programs.invariants import broken_rules
from tests.site.programs.world import (
	World,
	answer_requests,
	match_and_publish,
	meet,
	people,
	seats_waiting,
	told,
)

PROGRAM = "ISPE One-to-One"


def row_of(cycle: str, doctype: str, profile: str):
	return frappe.get_doc(doctype, {"cycle": cycle, "profile": profile})


def people_of(group: str) -> list[str]:
	"""Profiles of the mentor and the mentee, now or before."""
	doc = frappe.get_doc("Mentoring Group", group)
	return people(doc.mentor, [row.participant for row in doc.members])


def test_whoever_is_no_member_cannot_apply():
	world = World(PROGRAM)
	cycle = world.open_cycle()
	stranger = world.person(until=world.day - timedelta(days=400))
	with world.now(), pytest.raises(RuleViolation):
		commands.apply(stranger, cycle, "Mentee", {})


def test_everybody_hears_within_the_promised_weeks_or_the_coordinator_is_called():
	world = World(PROGRAM)
	coordinator = make.make_user(roles=("Mentoring Coordinator",)).name
	cycle = world.open_cycle()
	applicant = world.person()
	with world.now():
		name = commands.apply(applicant, cycle, "Mentee", {}).name
	promised = world.day + timedelta(weeks=8)
	assert frappe.db.get_value("Mentee", name, "answer_by") == promised
	world.pass_until(promised + timedelta(days=3))
	mails = frappe.get_all(
		"Mentoring Notice", {"recipient": coordinator, "status": "Queued"}, pluck="template"
	)
	assert mails.count(waiting_mails.WAITING_SOON) == 1
	assert mails.count(waiting_mails.WAITING_OVERDUE) == 1
	assert told(applicant, application_mails.APPLICATION_RECEIVED) == 1
	assert told(applicant, waiting_mails.STILL_WAITING) == 1


def test_a_year_with_a_no_a_lapse_an_early_end_and_a_second_year():
	world = World(PROGRAM)
	cycle = world.open_cycle()
	# Three, so that whoever declines one of them is left another one, whoever took which seats.
	mentors = [world.join(cycle, "Mentor", seats_offered=2) for _ in range(3)]
	both = world.person(career_stage="Mid-Level")
	world.join(cycle, "Mentor", both)
	world.join(cycle, "Mentee", both)
	for _ in range(3):
		world.join(cycle, "Mentee")
	world.pass_days(30)
	assert frappe.db.get_value("Mentoring Cycle", cycle, "status") == "Matching"
	match_and_publish(world, cycle)

	# The match comes with the kickoff; nobody must accept; another match follows, never the same.
	waiting = seats_waiting(cycle)
	groups = {group for group, _profile in waiting}
	assert len(groups) == 4
	first = next(
		group
		for group in sorted(groups)
		if frappe.get_doc("Mentoring Group", group).mentor in mentors and both not in people_of(group)
	)
	refuser = frappe.get_doc("Mentoring Group", first).members[0]
	assert told(refuser.profile, match_mails.MATCH_PROPOSED) == 0
	world.night()
	assert told(refuser.profile, match_mails.MATCH_PROPOSED) == 1
	context = frappe.get_last_doc(
		"Mentoring Notice", {"profile": refuser.profile, "template": match_mails.MATCH_PROPOSED}
	)
	assert frappe.parse_json(context.context)["kickoff_on"]
	with world.now():
		declined_mentor = frappe.get_doc("Mentoring Group", first).mentor
		decline(first, refuser.profile, "We work on the same project")
		for group, profile in waiting:
			if group != first:
				accept(group, profile)
	with world.now(), pytest.raises(RuleViolation):
		propose(cycle, [refuser.participant], declined_mentor)
	match_and_publish(world, cycle)
	again = [(group, profile) for group, profile in seats_waiting(cycle) if group not in groups]
	with world.now():
		for group, profile in again:
			accept(group, profile)
	second = row_of(cycle, "Mentee", refuser.profile).mentoring_group
	assert second
	assert frappe.get_doc("Mentoring Group", second).mentor != declined_mentor
	running = frappe.get_all(
		"Mentoring Group", {"cycle": cycle, "status": "Proposed"}, pluck="name", order_by="name"
	)
	with world.now(hour=12):
		for group in running:
			group_commands.activate(group)
	assert broken_rules([cycle]) == []

	# A mentor sets a goal as well. Two meetings; a mentee's membership lapses and is renewed.
	world.pass_until(frappe.db.get_value("Mentoring Cycle", cycle, "start_date"))
	kept = second
	doc = frappe.get_doc("Mentoring Group", kept)
	mentor, mentee = frappe.db.get_value("Mentor", doc.mentor, "profile"), doc.members[0].profile
	with world.now():
		goals.save_goal(mentor, {"title": "Give clearer feedback"}, group=kept)
		goals.save_goal(mentee, {"title": "Find my next step"}, group=kept)
	meet(world, kept, world.day + timedelta(days=14), mentor)
	world.lapse(mentee)
	world.pass_days(40)
	assert told(mentee, membership_mails.SEAT_SUSPENDED) == 1
	assert frappe.get_doc("Mentoring Group", kept).members[0].status == "Suspended"
	assert broken_rules([cycle]) == []
	world.renew(mentee)
	world.pass_days(4)
	assert told(mentee, membership_mails.SEAT_RESTORED) == 1
	assert frappe.get_doc("Mentoring Group", kept).members[0].status == "Active"
	meet(world, kept, world.day + timedelta(days=14), mentor)
	with world.now():
		kept_hours = hours.hours_of([kept])[kept]
	assert kept_hours[mentor].minutes == 120
	assert kept_hours[mentor].missing > 0 or kept_hours[mentor].says()

	# One pair meets its goals early and parts.
	early = next(group for group in running if group not in (kept, first) and both not in people_of(group))
	early_mentee = frappe.get_doc("Mentoring Group", early).members[0].profile
	with world.now():
		ending.end(early, "Goals Met", "All done, thank you", by=early_mentee, finished=True)
	assert row_of(cycle, "Mentee", early_mentee).status == "Completed"

	# Next year's cycle opens: those who may go on are asked, the others invited; one pair goes on.
	world.pass_until(frappe.db.get_value("Mentoring Cycle", cycle, "end_date") - timedelta(days=60))
	following = world.open_cycle(starts_in=65)
	world.pass_days(4)
	of_theirs = frappe.db.count("Mentoring Group Member", {"profile": mentor, "status": "Active"})
	assert told(mentor, extension_mails.EXTENSION_OFFER) == of_theirs
	assert told(early_mentee, extension_mails.INVITATION) == 1
	assert told(mentor, extension_mails.INVITATION) == 0
	assert isinstance(queries.prefill(early_mentee, following, "Mentee"), dict)
	with world.now():
		extension.say(kept, mentor, "Yes")
		assert not frappe.db.get_value("Mentoring Group", kept, "extended_to")
		extension.say(kept, mentee, "Yes")
	other = next(group for group in running if group not in (kept, early, first))
	next_group = frappe.db.get_value("Mentoring Group", kept, "extended_to")
	assert frappe.db.get_value("Mentoring Group", next_group, ["cycle", "extends"]) == (following, kept)
	world.pass_until(
		frappe.db.get_value("Mentoring Cycle", following, "application_until") + timedelta(days=2)
	)
	with world.now(), pytest.raises(RuleViolation):
		extension.say(other, frappe.get_doc("Mentoring Group", other).members[0].profile, "Yes")

	# The first year ends by itself: completed, closing feedback asked; the second begins.
	world.pass_until(frappe.db.get_value("Mentoring Cycle", following, "start_date") + timedelta(days=9))
	assert frappe.db.get_value("Mentoring Group", kept, "status") == "Completed"
	assert "Closing" in answer_requests(world, mentor)
	assert frappe.db.get_value("Mentoring Group", next_group, "status") == "Active"
	assert row_of(following, "Mentee", mentee).mentoring_group == next_group
	carried = goals.goals_in(next_group)
	assert {goal["title"] for goal in carried} == {"Give clearer feedback", "Find my next step"}
	assert broken_rules([cycle, following]) == []
