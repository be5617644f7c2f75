"""A second mentor of a group, added by hand in the review of a run: the rules are asked, and both are asked."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings.seats import seats
from mentor_ispe.services.groups import commands
from mentor_ispe.services.matching import adjust, choices, publish, rules, runs, view
from tests import factories as make
from tests.site.matching.test_groups_by_hand import groups, make_circle_run, make_group_run, row_of
from tests.site.matching.test_match_run import make_people, make_run

SEATS = {"mentors": 3, "seats": 9, "members": 6, "group_size_max": 6, "group_size_min": 6}


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def make_led_run(**values):
	"""A run with one group of six and two mentors who lead none: (run, key, the group's mentor, the others)."""
	run = make_group_run(**(SEATS | {"mentors_max": 2} | values))
	((key, members),) = groups(run.name).items()
	mentor = members[0].mentor
	others = frappe.get_all("Mentor", {"cycle": run.cycle, "name": ("!=", mentor)}, pluck="name")
	return run, key, mentor, others


def mentors_of(run: str) -> list[list[str]]:
	rows = view.proposals(run, "Proposed")["rows"]
	return [[row.mentor, *(added["mentor"] for added in row.co_mentors)] for row in rows]


def test_a_second_mentor_is_proposed_with_the_group_and_both_lead_it():
	run, key, mentor, (second, _third) = make_led_run()
	effect = adjust.add_mentor(run.name, key, second)
	assert (effect["difference"], effect["warnings"]) == (0, [])
	assert mentors_of(run.name) == [[mentor, second]] * 6
	assert not any(row.by_hand for row in groups(run.name)[key])
	assert publish.publish(run.name) == {"published": 1, "refused": 0}
	group = view.proposals(run.name, "Published")["rows"][0].mentoring_group
	there = seats([group])
	assert [seat.person for seat in there if seat.is_mentor] == [mentor, second]
	assert frappe.get_all("Mentor", {"name": ("in", [mentor, second])}, pluck="seats_taken") == [6, 6]
	for seat in there:
		commands.accept(group, seat.profile)
	commands.activate(group)
	assert {seat.status for seat in seats([group])} == {"Active"}


def test_who_was_added_by_hand_is_named_before_the_run_is_done_again():
	run, key, mentor, (second, _third) = make_led_run()
	assert view.figures(run.name)["added_by_hand"] == []
	adjust.add_mentor(run.name, key, second)
	called = {name: frappe.db.get_value("Mentor", name, "full_name") for name in (mentor, second)}
	told = [{"mentor_name": called[second], "beside": called[mentor]}]
	assert view.figures(run.name)["added_by_hand"] == told
	runs.carry_out(run.name)
	assert view.figures(run.name)["added_by_hand"] == []


def test_a_second_mentor_is_taken_back():
	run, key, mentor, (second, _third) = make_led_run()
	adjust.add_mentor(run.name, key, second)
	adjust.remove_mentor(run.name, key, second)
	assert mentors_of(run.name) == [[mentor]] * 6
	with pytest.raises(RuleViolation, match="isn't a second mentor"):
		adjust.remove_mentor(run.name, key, mentor)


def test_no_more_mentors_than_the_program_lets_a_group_have():
	run, key, _mentor, (second, third) = make_led_run()
	adjust.add_mentor(run.name, key, second)
	with pytest.raises(RuleViolation, match="at most 2 mentors"):
		adjust.add_mentor(run.name, key, third)
	run, key, _mentor, (second, _third) = make_led_run(mentors_max=1)
	with pytest.raises(RuleViolation, match="one mentor"):
		adjust.add_mentor(run.name, key, second)


def test_a_second_mentor_needs_a_seat_for_everybody_in_the_group():
	run, key, _mentor, (second, third) = make_led_run()
	frappe.db.set_value("Mentor", second, "seats_offered", 5)
	assert {line["mentor"] for line in choices.mentors_for_group(run.name, key)} == {third}
	with pytest.raises(RuleViolation, match="open places"):
		adjust.add_mentor(run.name, key, second)


def test_who_joins_later_needs_a_seat_of_both_mentors():
	run, key, _mentor, (second, _third) = make_led_run(group_size_max=7, members=7)
	late = groups(run.name)[key][0].mentee
	adjust.move(run.name, late)
	frappe.db.set_value("Mentor", second, "seats_offered", 6)
	adjust.add_mentor(run.name, key, second)
	(place,) = choices.choices(run.cycle, late, run.name)
	assert (place["group"], place["free_seats"]) == (key, 0)
	with pytest.raises(RuleViolation, match="open places"):
		adjust.move(run.name, late, group=key)


def test_nobody_forbidden_together_or_declined_is_made_a_second_mentor():
	run, key, _mentor, (second, third) = make_led_run()
	member = groups(run.name)[key][0].mentee
	rules.set_pair(run.cycle, "Forbid", member, second, "Former manager")
	with pytest.raises(RuleViolation, match="must not be matched"):
		adjust.add_mentor(run.name, key, second)
	lines = {line["mentor"]: line["forbidden"] for line in choices.mentors_for_group(run.name, key)}
	assert lines == {second: True, third: False}
	frappe.db.set_value("Mentee", member, "declined_mentors", frappe.as_json([third]))
	with pytest.raises(RuleViolation, match="declined"):
		adjust.add_mentor(run.name, key, third)


def test_a_hard_rule_that_a_second_mentor_breaks_is_a_warning_with_names():
	run, key, _mentor, (second, _third) = make_led_run()
	run.criteria[0].is_hard = 1
	run.save()
	frappe.db.set_value(
		"Mentoring Profile", frappe.db.get_value("Mentor", second, "profile"), "country", "Peru"
	)
	warnings = adjust.add_mentor(run.name, key, second)["warnings"]
	name = frappe.db.get_value("Mentor", second, "full_name")
	assert sum(name in words and "Country" in words for words in warnings) == 6


def test_a_circle_has_no_mentor_to_add():
	run = make_circle_run()
	with pytest.raises(RuleViolation, match="circle"):
		adjust.add_mentor(run.name, next(iter(groups(run.name))), "somebody")


def test_a_pair_with_two_mentors_is_compared_and_published():
	"""Of a program from before pairs had one mentor by rule."""
	cycle, (mentee,), mentors = make_people(mentees=1, seats=(1, 1))
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	frappe.db.set_value("Mentoring Program", program, "mentors_max", 2)
	frappe.clear_document_cache("Mentoring Program", program)
	run, other = make_run(cycle), make_run(cycle)
	first = row_of(run.name, mentee.name).mentor
	(second,) = {mentor.name for mentor in mentors} - {first}
	adjust.add_mentor(run.name, mentee.name, second)
	(changed,) = view.compare(run.name, other.name)["changed"]
	assert frappe.db.get_value("Mentor", second, "full_name") in changed["run"]["with"]
	publish.publish(run.name)
	group = row_of(run.name, mentee.name).mentoring_group
	assert {seat.person for seat in seats([group], roles=["Mentor"])} == {first, second}
