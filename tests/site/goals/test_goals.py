"""Goals from the first day to the last look at them, through the services that members reach."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.domain.months import DAY
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import goals
from tests import factories as make
from tests.site.credit.pairs import START, on, start_pair


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def test_mentee_makes_a_development_plan_and_its_steps_make_the_progress():
	pair = start_pair()
	steps = [{"step": "Find a project"}, {"step": "Plan it"}, {"step": "Lead it"}, {"step": "Look back"}]
	with on(START):
		goal = goals.save_goal(pair.ben, {"title": "Lead a project", "steps": steps}, group=pair.group)
		assert (goal.role, goal.cycle, goal.status, goal.progress) == ("Mentee", pair.cycle, "Open", 0)
		assert goals.tick(pair.ben, goal.name, 1, True).progress == 25
		assert goals.tick(pair.ben, goal.name, 3, True).progress == 50
		assert goals.tick(pair.ben, goal.name, 3, False).progress == 25
	assert [step["done"] for step in goals.goals_of(pair.ben)[0]["steps"]] == [1, 0, 0, 0]


def test_mentor_has_goals_of_their_own():
	pair = start_pair()
	with on(START):
		goal = goals.save_goal(pair.ana, {"title": "Give better feedback", "progress": 40}, group=pair.group)
	assert (goal.role, goal.progress) == ("Mentor", 40)


def test_peer_of_a_circle_has_goals():
	from mentor_ispe.services.groups.commands import propose

	cycle = make.make_cycle(make.make_program(format="Peer Circle").name).name
	peers = [make.make_mentee(cycle) for _ in range(3)]
	group = propose(cycle, [peer.name for peer in peers], None).name
	from mentor_ispe.services.groups import commands as group_commands

	for peer in peers:
		group_commands.accept(group, peer.profile)
	assert goals.save_goal(peers[0].profile, {"title": "Speak up"}, group=group).role == "Mentee"


def test_applicant_sets_a_goal_before_the_match():
	mentee = make.make_mentee(make.make_cycle().name)
	assert goals.save_goal(mentee.profile, {"title": "Find my way"}, cycle=mentee.cycle).cycle == mentee.cycle
	with pytest.raises(RuleViolation, match="people in this cycle can have"):
		goals.save_goal(make.make_profile().name, {"title": "Find my way"}, cycle=mentee.cycle)


def test_review_needs_words_and_says_when():
	pair = start_pair()
	with on(START):
		goal = goals.save_goal(pair.ben, {"title": "Lead a project"}, group=pair.group).name
		for status in ("Achieved", "Partly Achieved", "Dropped"):
			with pytest.raises(RuleViolation, match="what came of"):
				goals.review_goal(pair.ben, goal, status, "  ")
	with on(START + 90 * DAY):
		reviewed = goals.review_goal(pair.ben, goal, "Achieved", "Led it.")
	assert (reviewed.progress, reviewed.reviewed_on) == (100, START + 90 * DAY)
	with on(START + 100 * DAY):
		assert (
			goals.review_goal(pair.ben, goal, "Achieved", "And once more.").reviewed_on == START + 100 * DAY
		)
		assert goals.reopen(pair.ben, goal).reviewed_on is None


def test_status_goes_only_the_allowed_ways():
	pair = start_pair()
	with on(START):
		goal = goals.save_goal(pair.ben, {"title": "Lead a project"}, group=pair.group).name
		goals.review_goal(pair.ben, goal, "Dropped", "Not now.")
		with pytest.raises(RuleViolation, match="Dropped can"):
			goals.review_goal(pair.ben, goal, "Achieved", "Did it after all.")


def test_only_the_owner_writes():
	pair = start_pair()
	with on(START):
		goal = goals.save_goal(pair.ben, {"title": "Lead a project"}, group=pair.group).name
		for write in (
			lambda: goals.save_goal(pair.ana, {"title": "Mine now"}, name=goal),
			lambda: goals.review_goal(pair.ana, goal, "Dropped", "No."),
			lambda: goals.tick(pair.ana, goal, 1, True),
			lambda: goals.reopen(pair.ana, goal),
		):
			with pytest.raises(frappe.PermissionError):
				write()
	assert frappe.db.get_value("Mentoring Goal", goal, "title") == "Lead a project"


def test_mentor_reads_what_is_shared_and_nothing_else():
	pair = start_pair()
	with on(START):
		goals.save_goal(pair.ben, {"title": "For all to see"}, group=pair.group)
		goals.save_goal(pair.ben, {"title": "For me alone", "shared": 0}, group=pair.group)
	assert [goal["title"] for goal in goals.goals_in(pair.group, pair.ana)] == ["For all to see"]
	assert len(goals.goals_in(pair.group, pair.ben)) == 2
	assert len(goals.goals_in(pair.group)) == 2


def test_closed_group_takes_reviews_but_no_new_goals():
	pair = start_pair()
	with on(START):
		goal = goals.save_goal(pair.ben, {"title": "Lead a project"}, group=pair.group).name
		group_commands.complete(pair.group)
		with pytest.raises(RuleViolation, match="has closed"):
			goals.save_goal(pair.ben, {"title": "One more"}, group=pair.group)
		assert goals.review_goal(pair.ben, goal, "Achieved", "Led it.").status == "Achieved"


def test_stranger_and_somebody_who_left_set_no_goal_in_the_group():
	pair = start_pair()
	with on(START):
		with pytest.raises(RuleViolation, match="people in the group"):
			goals.save_goal(make.make_profile().name, {"title": "Let me in"}, group=pair.group)
		commands.withdraw("Mentee", pair.mentee, "No time")
		with pytest.raises(RuleViolation):
			goals.save_goal(pair.ben, {"title": "Still here"}, group=pair.group)


@pytest.mark.parametrize(
	("values", "words"),
	[
		({"title": " "}, "Describe the goal in a few words"),
		({"title": "A", "steps": [{"step": ""}]}, "Describe each step"),
		({"title": "A", "progress": 101}, "between 0 and 100"),
		({"title": "A", "progress": -1}, "between 0 and 100"),
		({"title": "A", "reviewed_on": "2031-01-01"}, "no field reviewed_on"),
		({"title": "A", "profile": "somebody"}, "no field profile"),
		({"title": "A", "steps": "one"}, "Send the steps as a list"),
	],
)
def test_goal_that_makes_no_sense_is_refused(values, words):
	pair = start_pair()
	with on(START), pytest.raises(RuleViolation, match=words):
		goals.save_goal(pair.ben, values, group=pair.group)


def test_values_that_only_the_app_sets_are_put_back():
	pair = start_pair()
	with on(START):
		goal = goals.save_goal(pair.ben, {"title": "Lead a project"}, group=pair.group)
		goal.update({"reviewed_on": START, "carried_to": goal.name})
		goal.save()
	assert frappe.db.get_value("Mentoring Goal", goal.name, ["reviewed_on", "carried_to"]) == (None, None)


def test_open_goals_go_on_in_the_next_group():
	pair = start_pair()
	with on(START):
		step = {"step": "Find a project", "done": 1}
		going = goals.save_goal(pair.ben, {"title": "Lead a project", "steps": [step]}, group=pair.group)
		done = goals.save_goal(pair.ben, {"title": "Write a talk"}, group=pair.group)
		goals.review_goal(pair.ben, done.name, "Achieved", "Gave it.")
		of_mentor = goals.save_goal(pair.ana, {"title": "Listen more", "shared": 0}, group=pair.group)
	following = start_pair()
	# The same two people: their parts in the next cycle.
	for role, profile in (("Mentor", pair.ana), ("Mentee", pair.ben)):
		row = {"parent": following.group, "role": role}
		frappe.db.set_value("Mentoring Group Member", row, "profile", profile)
	frappe.db.set_value("Mentor", following.mentor, "profile", pair.ana)
	carried = goals.copy_open_goals(pair.group, following.group)
	assert len(carried) == 2
	assert goals.copy_open_goals(pair.group, following.group) == []
	new = frappe.get_doc("Mentoring Goal", carried[0])
	assert (new.title, new.cycle, new.progress) == ("Lead a project", following.cycle, 100)
	assert [row.done for row in new.steps] == [1]
	assert frappe.db.get_value("Mentoring Goal", of_mentor.name, "carried_to") == carried[1]
	assert {goal["title"] for goal in goals.goals_of(pair.ben)} == {"Lead a project", "Write a talk"}
	with pytest.raises(RuleViolation, match="continues"):
		goals.review_goal(pair.ben, going.name, "Achieved", "Led it.")
