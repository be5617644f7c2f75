"""Groups and circles of a finished run changed by hand: moves, swaps, moderators; the rules are asked."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.matching import adjust, choices, publish, rules, view
from tests import factories as make
from tests.site.matching.test_match_run import make_people, make_run

PROPOSAL = "Mentoring Match Proposal"
COUNTRY = [{"criterion": "Country", "weight": 10}]
SIX = {"group_size_min": 3, "group_size_max": 6}


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def make_person(number: int, **values) -> str:
	stage = "Mid-Level" if number % 2 else "Student"
	country = ("Germany", "France", "Italy")[number % 3]
	return make.make_profile(**{"career_stage": stage, "country": country} | values).name


def make_group_run(members: int = 8, mentors: int = 2, seats: int = 6, **program):
	program = {"format": "Group", "max_seats": 9, "criteria": COUNTRY} | (SIX | program)
	cycle = make.make_cycle(make.make_program(**program).name).name
	for number in range(mentors):
		profile = make_person(number, career_stage="Senior")
		make.make_mentor(cycle, profile=profile, seats_offered=seats)
	for number in range(members):
		make.make_mentee(cycle, profile=make_person(number), willing_to_moderate=number % 2)
	return make_run(cycle)


def make_circle_run(people: int = 12, **program):
	program = {
		"format": "Peer Circle",
		"group_size_min": 5,
		"group_size_max": 7,
		"criteria": COUNTRY,
	} | program
	cycle = make.make_cycle(make.make_program(**program).name).name
	for number in range(people):
		make.make_mentee(cycle, profile=make_person(number), willing_to_moderate=number % 2)
	return make_run(cycle)


def groups(run: str) -> dict[str, list]:
	rows = frappe.get_all(
		PROPOSAL,
		{"match_run": run, "state": "Proposed"},
		["mentee", "mentor", "group_key", "score", "is_moderator", "by_hand", "pinned", "reasons", "parts"],
		order_by="group_key, mentee",
	)
	found: dict[str, list] = {}
	for row in rows:
		found.setdefault(row.group_key, []).append(row)
	return found


def row_of(run: str, mentee: str):
	return frappe.get_all(PROPOSAL, {"match_run": run, "mentee": mentee}, ["*"])[0]


def one_with_room(run: str) -> tuple[str, str]:
	"""(a mentee of the fuller group, the key of one with room)."""
	found = groups(run)
	large, small = sorted(found, key=lambda key: (-len(found[key]), key))[:2]
	return found[large][0].mentee, small


@pytest.mark.parametrize("made", [make_group_run, make_circle_run])
def test_moving_to_another_group_and_back_restores_every_figure(made):
	run = made()
	before, figures = groups(run.name), view.figures(run.name)
	mentee, target = one_with_room(run.name)
	home = row_of(run.name, mentee).group_key
	effect = adjust.move(run.name, mentee, group=target)
	moved = row_of(run.name, mentee)
	assert (moved.group_key, moved.by_hand) == (target, 1)
	assert effect["total_before"] == figures["total_score"]
	assert effect["total_after"] == view.figures(run.name)["total_score"]
	back = adjust.move(run.name, mentee, group=home)
	assert back["total_after"] == figures["total_score"]
	after = groups(run.name)
	for key, rows in before.items():
		assert [(row.mentee, row.score, row.mentor) for row in rows] == [
			(row.mentee, row.score, row.mentor) for row in after[key]
		]
	assert view.figures(run.name)["summary"]["distribution"] == figures["summary"]["distribution"]
	assert view.figures(run.name)["summary"]["fairness"] == figures["summary"]["fairness"]


@pytest.mark.parametrize("made", [make_group_run, make_circle_run])
def test_the_total_is_what_the_rows_and_their_penalties_add_up_to(made):
	run = made(mixed_stages="Wish", two_countries="Wish") if made is make_group_run else made()
	mentee, target = one_with_room(run.name)
	adjust.move(run.name, mentee, group=target)
	run.reload()
	rows = [row for members in groups(run.name).values() for row in members]
	costs = frappe.parse_json(run.summary)["penalties"]
	assert run.total_score == sum(row.score for row in rows) - sum(costs.values())


def test_a_missed_wish_costs_points_and_says_so():
	run = make_group_run(two_countries="Wish", employers_apart=0)
	mentors = frappe.get_all("Mentor", {"cycle": run.cycle}, pluck="profile")
	mentees = frappe.get_all("Mentee", {"cycle": run.cycle}, pluck="profile")
	found = groups(run.name)
	key = next(iter(found))
	for profile in (*mentors, *mentees):
		frappe.db.set_value("Mentoring Profile", profile, "country", "Germany")
	mentee = found[key][0].mentee
	adjust.move(run.name, mentee)
	run.reload()
	assert frappe.parse_json(run.summary)["penalties"][key] > 0
	assert "two countries" in found[key][1].reasons or "two countries" in groups(run.name)[key][0].reasons


def test_taking_out_and_putting_back_in():
	run = make_group_run()
	total = run.total_score
	(key, members), *_ = groups(run.name).items()
	mentee = members[0].mentee
	out = adjust.move(run.name, mentee)
	assert out["matched"] == run.matched - 1
	row = row_of(run.name, mentee)
	assert (row.state, row.group_key, row.mentor, row.by_hand) == ("Unmatched", "", None, 1)
	assert adjust.move(run.name, mentee, group=key)["total_after"] == total


def test_a_group_that_becomes_too_small_is_told_at_once():
	run = make_group_run(members=6, mentors=2, seats=3)
	(_key, members), *_ = groups(run.name).items()
	effect = adjust.move(run.name, members[0].mentee)
	run_key = members[0].group_key
	adjust.move(run.name, members[0].mentee, group=run_key)
	(words,) = effect["warnings"]
	assert "at least 3 members" in words
	assert publish.publish(run.name)["refused"] == 0


def test_a_full_group_takes_nobody_more():
	run = make_group_run(members=9, mentors=2, seats=6, group_size_max=5)
	found = groups(run.name)
	full = next(key for key, rows in found.items() if len(rows) == 5)
	other = next(rows for key, rows in found.items() if key != full)
	with pytest.raises(RuleViolation, match="at most 5"):
		adjust.move(run.name, other[0].mentee, group=full)
	assert len(groups(run.name)[full]) == 5


def test_a_mentors_seats_are_kept():
	run = make_group_run(members=7, mentors=2, seats=4)
	found = groups(run.name)
	full = next(key for key, rows in found.items() if len(rows) == 4)
	other = next(rows for key, rows in found.items() if key != full)
	with pytest.raises(RuleViolation, match="open places"):
		adjust.move(run.name, other[0].mentee, group=full)


def test_two_people_change_places_also_between_full_groups():
	run = make_group_run(members=10, mentors=2, seats=5, group_size_max=5)
	first, second = groups(run.name).values()
	one, other = first[0].mentee, second[0].mentee
	effect = adjust.swap(run.name, one, other)
	assert effect["matched"] == 10
	assert row_of(run.name, one).group_key == second[0].group_key
	assert row_of(run.name, other).group_key == first[0].group_key
	assert row_of(run.name, one).by_hand == row_of(run.name, other).by_hand == 1
	assert adjust.swap(run.name, one, other)["total_after"] == run.total_score


def test_an_unmatched_person_changes_places_with_a_seated_one():
	run = make_group_run(members=7, mentors=1, seats=6)
	(key,) = groups(run.name)
	(alone,) = frappe.get_all(PROPOSAL, {"match_run": run.name, "state": "Unmatched"}, pluck="mentee")
	seated = groups(run.name)[key][0].mentee
	adjust.swap(run.name, alone, seated)
	assert row_of(run.name, alone).group_key == key
	assert row_of(run.name, seated).state == "Unmatched"


def test_pairs_swap_their_mentors_though_neither_has_a_seat_left():
	cycle, *_ = make_people(mentees=3, seats=(1, 1))
	run = make_run(cycle)
	one, other = frappe.get_all(
		PROPOSAL, {"match_run": run.name, "state": "Proposed"}, ["mentee", "mentor"], order_by="mentee"
	)
	adjust.swap(run.name, one.mentee, other.mentee)
	assert row_of(run.name, one.mentee).mentor == other.mentor
	assert row_of(run.name, other.mentee).mentor == one.mentor
	(alone,) = frappe.get_all(PROPOSAL, {"match_run": run.name, "state": "Unmatched"}, pluck="mentee")
	adjust.swap(run.name, alone, one.mentee)
	assert row_of(run.name, alone).mentor == other.mentor
	assert row_of(run.name, one.mentee).state == "Unmatched"
	run.reload()
	assert run.matched == 2


def test_somebody_who_lapsed_is_not_moved_and_the_words_say_why():
	run = make_group_run()
	mentee, target = one_with_room(run.name)
	make.lapse(frappe.db.get_value("Mentee", mentee, "profile"))
	with pytest.raises(RuleViolation):
		adjust.move(run.name, mentee, group=target)
	adjust.move(run.name, mentee)  # taking out is always possible
	assert row_of(run.name, mentee).state == "Unmatched"


def test_somebody_else_who_lapsed_doesnt_keep_others_from_leaving():
	run = make_group_run()
	(_key, members), *_ = groups(run.name).items()
	make.lapse(frappe.db.get_value("Mentee", members[1].mentee, "profile"))
	effect = adjust.move(run.name, members[0].mentee)
	assert any("lapsed" in words for words in effect["warnings"])


def test_people_of_one_employer_are_kept_apart_where_the_program_does():
	run = make_group_run(employers_apart=1)
	mentee, target = one_with_room(run.name)
	colleague = groups(run.name)[target][0].mentee
	for name in (mentee, colleague):
		profile = frappe.db.get_value("Mentee", name, "profile")
		frappe.db.set_value("Mentoring Profile", profile, "employer", "Northwind Labs")
	with pytest.raises(RuleViolation, match="Northwind Labs"):
		adjust.move(run.name, mentee, group=target)
	assert frappe.db.count("Mentoring Group", {"cycle": run.cycle}) == 0


def test_people_who_are_forbidden_together_are_not_put_together():
	run = make_group_run()
	mentee, target = one_with_room(run.name)
	rules.set_pair(run.cycle, "Forbid", mentee, groups(run.name)[target][0].mentor)
	with pytest.raises(RuleViolation, match="must not be matched"):
		adjust.move(run.name, mentee, group=target)


def test_a_hard_rule_of_the_run_is_told_and_the_coordinator_decides():
	run = make_group_run(criteria=[{"criterion": "Languages", "weight": 10, "is_hard": 1}])
	assert run.matched == 0  # nobody gave a language, which is a must
	run = make_group_run(mixed_stages="Must", requires_moderator=1)
	(key, members), *_ = groups(run.name).items()
	students = [
		row.mentee
		for row in members
		if frappe.db.get_value("Mentoring Profile", {"name": _profile(row.mentee)}, "career_stage")
		== "Student"
	]
	warnings = [words for name in students[:-1] for words in adjust.move(run.name, name)["warnings"]]
	last = adjust.move(run.name, students[-1])["warnings"]
	assert "Nobody is a student or recent graduate." not in warnings
	assert "Nobody is a student or recent graduate." in last
	assert key in groups(run.name)


def _profile(mentee: str) -> str:
	return frappe.db.get_value("Mentee", mentee, "profile")


def most_willing(run: str) -> tuple[str, list, list[str]]:
	"""(key, members, those willing to moderate) of the group in which most are: two or more."""
	willing = set(frappe.get_all("Mentee", {"willing_to_moderate": 1}, pluck="name"))
	found = [
		(key, rows, [row.mentee for row in rows if row.mentee in willing])
		for key, rows in groups(run).items()
	]
	return max(found, key=lambda line: len(line[2]))


@pytest.mark.parametrize("made", [make_group_run, make_circle_run])
def test_another_moderator_is_chosen_by_hand_and_published(made):
	run = made(requires_moderator=1)
	key, members, willing = most_willing(run.name)
	now = next(row.mentee for row in members if row.is_moderator)
	other = next(name for name in willing if name != now)
	effect = adjust.moderate(run.name, other)
	assert effect["difference"] == 0
	assert effect["warnings"] == []
	assert [row.mentee for row in groups(run.name)[key] if row.is_moderator] == [other]
	assert row_of(run.name, other).by_hand == 1
	assert publish.publish(run.name)["refused"] == 0
	group = row_of(run.name, other).mentoring_group
	assert (
		frappe.db.get_value("Mentoring Group Member", {"parent": group, "is_moderator": 1}, "participant")
		== other
	)


def test_somebody_who_isnt_willing_may_be_chosen_with_a_warning():
	run = make_group_run(requires_moderator=1)
	(_key, members), *_ = groups(run.name).items()
	unwilling = frappe.get_all(
		"Mentee", {"name": ("in", [row.mentee for row in members]), "willing_to_moderate": 0}, pluck="name"
	)[0]
	(words,) = adjust.moderate(run.name, unwilling)["warnings"]
	assert "willing to moderate" in words


def test_a_group_whose_moderator_leaves_gets_another_one():
	run = make_group_run(requires_moderator=1)
	key, members, _willing = most_willing(run.name)
	adjust.move(run.name, next(row.mentee for row in members if row.is_moderator))
	assert sum(row.is_moderator for row in groups(run.name)[key]) == 1


def test_a_pin_in_a_group_holds_in_the_next_run():
	run = make_group_run()
	(_key, members), *_ = groups(run.name).items()
	adjust.pin(run.name, members[0].mentee, members[0].mentor)
	assert row_of(run.name, members[0].mentee).pinned == 1
	again = make_run(run.cycle)
	row = row_of(again.name, members[0].mentee)
	assert (row.mentor, row.pinned) == (members[0].mentor, 1)


@pytest.mark.parametrize("made", [make_group_run, make_circle_run])
def test_choices_are_the_other_groups_with_who_is_there(made):
	run = made()
	found = groups(run.name)
	key = next(iter(found))
	mentee = found[key][0].mentee
	lines = choices.choices(run.cycle, mentee, run.name)
	assert {line["group"] for line in lines} == set(found) - {key}
	for line in lines:
		assert {member["mentee"] for member in line["members"]} == {
			row.mentee for row in found[line["group"]]
		}
		before = row_of(run.name, mentee).group_key
		if line["free_seats"]:
			effect = adjust.move(run.name, mentee, group=line["group"])
			assert row_of(run.name, mentee).score == line["score"]
			assert effect["difference"] == line["difference"]
			adjust.move(run.name, mentee, group=before)
		else:
			assert line["full"]


def test_full_mentors_are_listed_last_with_whom_a_swap_would_free():
	cycle, mentees, mentors = make_people(mentees=3, seats=(1, 1, 1))
	from mentor_ispe.services.groups.commands import propose

	propose(cycle, [mentees[0].name], mentors[0].name)
	run = make_run(cycle)
	seated = frappe.get_all(PROPOSAL, {"match_run": run.name, "state": "Proposed"}, ["mentee", "mentor"])
	one, other = seated
	lines = {line["mentor"]: line for line in choices.choices(cycle, one.mentee, run.name)}
	assert lines[other.mentor]["members"][0]["mentee"] == other.mentee
	assert frappe.db.get_value("Mentee", other.mentee, "full_name") in lines[other.mentor]["full"]
	standing = lines[mentors[0].name]
	assert (standing["free_seats"], standing["members"]) == (0, [])
	assert mentees[0].full_name in standing["full"]
	adjust.move(run.name, other.mentee, None)
	first, *_rest = choices.choices(cycle, one.mentee, run.name)
	assert (first["mentor"], first["full"], first["free_seats"]) == (other.mentor, "", 1)
