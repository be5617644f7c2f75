"""A match run in the Desk's way: read everyone, match, change by hand, publish."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, nowdate

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.applications import commands
from mentor_ispe.services.matching import adjust, choices, job_liveness, publish, rules, runs, view
from tests import factories as make
from tests.site.membership.records import counted_queries


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def make_people(mentees: int = 4, seats: tuple[int, ...] = (2, 1), **program):
	program.setdefault(
		"criteria", [{"criterion": "Country", "weight": 10}, {"criterion": "Career Stage", "weight": 10}]
	)
	cycle = make.make_cycle(make.make_program(**program).name, status="Open").name
	mentors = [make.make_mentor(cycle, seats_offered=number) for number in seats]
	return cycle, [make.make_mentee(cycle) for _ in range(mentees)], mentors


def make_run(cycle: str, carry_out: bool = True):
	doc = frappe.get_doc({"doctype": "Mentoring Match Run", "cycle": cycle}).insert()
	if carry_out:
		runs.start(doc.name)
		assert runs.mark_running(doc.name)
		runs.carry_out(doc.name)
	doc.reload()
	return doc


def rows_of(run: str, **filters):
	return frappe.get_all(
		"Mentoring Match Proposal",
		{"match_run": run, **filters},
		["mentee", "mentor", "state", "score", "reason", "refusal", "mentoring_group", "pinned", "by_hand"],
		order_by="mentee",
	)


def test_a_run_matches_as_many_as_there_are_seats_and_says_why_the_others_are_left():
	cycle, _mentees, mentors = make_people(mentees=4, seats=(2, 1))
	run = make_run(cycle)
	assert (run.status, run.matched, run.unmatched, run.proven) == ("Ready", 3, 1, 1)
	assert (run.mentees_in, run.mentors_in, run.seats_in) == (4, 2, 3)
	assert {row.mentor for row in rows_of(run.name, state="Proposed")} == {mentor.name for mentor in mentors}
	(alone,) = rows_of(run.name, state="Unmatched")
	assert alone.reason
	assert run.total_score == sum(row.score for row in rows_of(run.name))


def test_a_run_takes_the_rules_of_the_program_and_keeps_changes_to_itself():
	cycle, *_ = make_people(employers_apart=1)
	run = make_run(cycle, carry_out=False)
	assert run.employers_apart == 1
	assert [row.criterion for row in run.criteria] == ["Country", "Career Stage"]
	run.criteria[0].weight = 50
	run.save()
	program = frappe.get_doc("Mentoring Program", run.program)
	assert program.criteria[0].weight == 10


def test_whoever_lapsed_or_holds_a_seat_is_left_out():
	cycle, mentees, mentors = make_people(mentees=4, seats=(4,))
	from mentor_ispe.services.groups.commands import propose

	propose(cycle, [mentees[0].name], mentors[0].name)
	make.lapse(mentees[1].profile)
	run = make_run(cycle)
	assert {row.mentee for row in rows_of(run.name)} == {mentees[2].name, mentees[3].name}
	assert run.seats_in == 3
	assert mentees[1].name in view.figures(run.name)["summary"]["left_out"]


def test_figures_are_not_set_by_a_form_or_a_request():
	cycle, *_ = make_people()
	run = make_run(cycle)
	run.update({"matched": 99, "total_score": 1e9, "status": "Published"})
	run.save()
	run.reload()
	assert (run.status, run.matched) == ("Ready", 3)


def test_a_pin_holds_in_the_next_run_and_a_forbidden_pair_is_never_made():
	cycle, mentees, mentors = make_people(mentees=2, seats=(1, 1))
	rules.set_pair(cycle, "Pin", mentees[0].name, mentors[1].name)
	rules.set_pair(cycle, "Forbid", mentees[1].name, mentors[0].name, "Former manager")
	run = make_run(cycle)
	(only,) = rows_of(run.name, state="Proposed")
	assert (only.mentee, only.mentor, only.pinned) == (mentees[0].name, mentors[1].name, 1)


def test_pinning_one_pair_twice_or_forbidding_it_as_well_is_refused():
	cycle, mentees, mentors = make_people()
	rules.set_pair(cycle, "Pin", mentees[0].name, mentors[0].name)
	with pytest.raises(RuleViolation):
		frappe.get_doc(
			{
				"doctype": "Mentoring Match Constraint",
				"cycle": cycle,
				"kind": "Forbid",
				"mentee": mentees[0].name,
				"mentor": mentors[0].name,
			}
		).insert()


def test_moving_by_hand_shows_the_effect_and_keeps_the_seats():
	cycle, _mentees, _mentors = make_people(mentees=2, seats=(1, 1))
	run = make_run(cycle)
	first, second = rows_of(run.name)
	with pytest.raises(RuleViolation, match="open places"):
		adjust.move(run.name, first.mentee, second.mentor)
	adjust.move(run.name, second.mentee, None)
	effect = adjust.move(run.name, first.mentee, second.mentor)
	assert effect["matched"] == 1
	assert effect["total_after"] == rows_of(run.name, state="Proposed")[0].score
	run.reload()
	assert run.proven == 0


def test_moving_by_hand_asks_the_rules_at_once():
	cycle, mentees, mentors = make_people(mentees=2, seats=(2,))
	run = make_run(cycle)
	adjust.move(run.name, mentees[0].name, None)
	make.lapse(mentees[0].profile)
	with pytest.raises(RuleViolation):
		adjust.move(run.name, mentees[0].name, mentors[0].name)
	assert frappe.db.count("Mentoring Group", {"cycle": cycle}) == 0


def test_choices_come_best_first_with_reasons():
	cycle, mentees, mentors = make_people(mentees=1, seats=(1, 1, 1))
	profile = frappe.get_doc("Mentoring Profile", mentors[1].profile)
	profile.country = "Germany"
	profile.save()
	frappe.db.set_value("Mentoring Profile", mentees[0].profile, "country", "Germany")
	found = choices.choices(cycle, mentees[0].name)
	assert next(line["mentor"] for line in found) == mentors[1].name
	assert "Germany" in " ".join(found[0]["reasons"])
	assert [line["score"] for line in found] == sorted((line["score"] for line in found), reverse=True)


def test_publishing_makes_the_groups_and_takes_the_seats():
	cycle, _mentees, mentors = make_people()
	run = make_run(cycle)
	assert publish.publish(run.name) == {"published": 3, "refused": 0}
	run.reload()
	assert run.status == "Published"
	groups = frappe.get_all("Mentoring Group", {"match_run": run.name}, ["status", "mentor"])
	assert {group.status for group in groups} == {"Proposed"}
	taken = [frappe.db.get_value("Mentor", mentor.name, "seats_taken") for mentor in mentors]
	assert taken == [2, 1]
	with pytest.raises(RuleViolation):
		publish.publish(run.name)


def test_what_changed_since_the_run_is_asked_again_and_nothing_is_lost():
	cycle, mentees, _mentors = make_people(mentees=3, seats=(3,))
	run = make_run(cycle)
	commands.withdraw("Mentee", mentees[0].name, "New job")
	make.lapse(mentees[1].profile)
	assert publish.publish(run.name) == {"published": 1, "refused": 2}
	refused = {row.mentee: row.refusal for row in rows_of(run.name, state="Refused")}
	assert set(refused) == {mentees[0].name, mentees[1].name}
	assert all(refused.values())
	assert frappe.db.get_value("Mentee", mentees[1].name, "status") == "Approved"


def test_matches_are_told_and_shown_at_the_announcement():
	cycle, mentees, _mentors = make_people(mentees=1, seats=(1,))
	frappe.db.set_value(
		"Mentoring Cycle",
		cycle,
		{"announcement_date": add_days(nowdate(), 3), "announcement_time": "09:00:00"},
	)
	run = make_run(cycle)
	publish.publish(run.name)
	(group,) = frappe.get_all(
		"Mentoring Group", {"match_run": run.name}, ["name", "announce_on", "respond_by"]
	)
	assert str(group.announce_on) == f"{add_days(nowdate(), 3)} 09:00:00"
	assert str(group.respond_by) == add_days(nowdate(), 17)
	address = frappe.db.get_value("Mentoring Profile", mentees[0].profile, "email")
	(notice,) = frappe.get_all(
		"Mentoring Notice", {"recipient": address, "template": "Mentoring: Match Proposed"}, ["not_before"]
	)
	assert str(notice.not_before) == str(group.announce_on)


def test_another_run_matches_what_is_left_and_compares_with_the_first():
	cycle, _mentees, _mentors = make_people(mentees=3, seats=(1, 1))
	first = make_run(cycle)
	second = make_run(cycle)
	assert view.compare(first.name, second.name)["changed"] == []
	publish.publish(first.name)
	make.make_mentor(cycle)
	third = make_run(cycle)
	assert (third.mentees_in, third.matched) == (1, 1)
	assert len(view.compare(first.name, third.name)["changed"]) == 3


def test_a_stopped_run_says_so_and_keeps_what_it_had():
	cycle, *_ = make_people()
	run = make_run(cycle)
	runs.start(run.name)
	runs.stop(run.name)
	runs.mark_running(run.name)
	assert runs.carry_out(run.name) == "Stopped"
	assert len(rows_of(run.name)) == 4


def test_a_run_hears_that_it_is_to_stop_while_it_is_under_way(monkeypatch):
	cycle, *_ = make_people()
	run = make_run(cycle)
	runs.start(run.name)
	runs.mark_running(run.name)
	say = runs.report_progress

	def stop_elsewhere(name, step, share):
		say(name, step, share)
		copy, frappe.local.cache = frappe.local.cache, {}  # another process asks, with a copy of its own
		runs.stop(name)
		frappe.local.cache = copy

	monkeypatch.setattr(runs, "report_progress", stop_elsewhere)
	assert not job_liveness.is_to_stop(run.name)
	assert runs.carry_out(run.name) == "Stopped"


def test_pins_beyond_the_seats_fail_the_run_in_words():
	cycle, mentees, mentors = make_people(mentees=2, seats=(1,))
	for mentee in mentees:
		rules.set_pair(cycle, "Pin", mentee.name, mentors[0].name)
	run = make_run(cycle)
	assert run.status == "Failed"
	assert "pinned" in run.message


def test_a_run_reads_the_people_in_a_constant_number_of_queries():
	few, *_ = make_people(mentees=2, seats=(1,))
	many, *_ = make_people(mentees=20, seats=(1,) * 10)
	from mentor_ispe.services.matching.candidates import pool_of

	pool_of(few)
	assert _queries(pool_of, many) == _queries(pool_of, few)


def _queries(call, *args) -> int:
	with counted_queries() as statements:
		call(*args)
	return len(statements)


def make_group_people(members: int = 12, **program):
	"""Two mentors and people enough for two groups: students and mid-level members, some willing to moderate."""
	make.use_membership_roll()
	program = {"format": "Group", "group_size_min": 4, "group_size_max": 6, "max_seats": 6} | program
	cycle = make.make_cycle(make.make_program(**program).name).name
	for _ in range(2):
		make.make_mentor(cycle, seats_offered=6)
	for number in range(members):
		stage = "Mid-Level" if number % 2 else "Student"
		profile = make.make_profile(career_stage=stage, country=("Germany", "France", "Italy")[number % 3])
		make.make_mentee(cycle, profile=profile.name, willing_to_moderate=number % 2)
	return cycle


def test_groups_are_formed_with_a_moderator_and_published_with_everyone_in_them():
	cycle = make_group_people(
		requires_moderator=1, mixed_stages="Must", two_countries="Must", employers_apart=1
	)
	run = make_run(cycle)
	assert (run.status, run.matched, run.unmatched) == ("Ready", 12, 0)
	assert publish.publish(run.name) == {"published": 2, "refused": 0}
	for name in frappe.get_all("Mentoring Group", {"match_run": run.name}, pluck="name"):
		group = frappe.get_doc("Mentoring Group", name)
		assert len(group.members) == 6
		assert sum(row.is_moderator for row in group.members) == 1
		assert all(row.match_reason for row in group.members)


def test_who_is_forbidden_together_is_in_different_groups():
	cycle = make_group_people()
	one, other = frappe.get_all("Mentee", {"cycle": cycle}, pluck="name", limit=2)
	frappe.get_doc(
		{
			"doctype": "Mentoring Match Constraint",
			"cycle": cycle,
			"kind": "Forbid",
			"mentee": one,
			"other_mentee": other,
		}
	).insert()
	run = make_run(cycle)
	keys = dict(
		frappe.get_all(
			"Mentoring Match Proposal", {"match_run": run.name}, ["mentee", "group_key"], as_list=True
		)
	)
	assert keys[one] != keys[other]


def test_circles_have_a_host_and_no_mentor():
	make.use_membership_roll()
	program = make.make_program(
		format="Peer Circle", group_size_min=5, group_size_max=8, requires_moderator=1
	)
	cycle = make.make_cycle(program.name).name
	for number in range(14):
		make.make_mentee(cycle, willing_to_moderate=number % 3 == 0)
	run = make_run(cycle)
	assert (run.status, run.matched) == ("Ready", 14)
	assert publish.publish(run.name)["refused"] == 0
	for name in frappe.get_all("Mentoring Group", {"match_run": run.name}, pluck="name"):
		group = frappe.get_doc("Mentoring Group", name)
		assert group.mentor is None
		assert 5 <= len(group.members) <= 8
		assert sum(row.is_moderator for row in group.members) == 1
