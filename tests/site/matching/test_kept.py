"""Changes by hand in a run, and what a new run of it makes of them: pairs, groups, circles."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.services.matching import adjust, runs, view
from mentor_ispe.services.matching.layout import PROPOSAL
from tests import factories as make
from tests.site.matching.test_groups_by_hand import (
	groups,
	make_circle_run,
	make_group_run,
	one_with_room,
	row_of,
)
from tests.site.matching.test_match_run import make_run


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def again(run) -> None:
	frappe.db.set_value("Mentoring Match Run", run.name, "status", "Running")
	assert runs.carry_out(run.name) == "Ready"


def make_pair_run(mentees: int = 4, **program):
	"""A run of pairs in which each mentee has a mentor of their own country, and one more mentor has room."""
	cycle = make.make_cycle(
		make.make_program(criteria=[{"criterion": "Country", "weight": 20}], **program).name
	).name
	countries = ("Germany", "Ireland", "Italy", "Peru", "Chile")
	for country in countries:
		make.make_mentor(cycle, profile=make.make_profile(country=country).name, seats_offered=1)
	for country in countries[:mentees]:
		make.make_mentee(cycle, profile=make.make_profile(country=country).name)
	return make_run(cycle)


def pairs(run: str) -> dict[str, str | None]:
	rows = frappe.get_all(PROPOSAL, {"match_run": run}, ["mentee", "mentor"], order_by="mentee")
	return {row.mentee: row.mentor for row in rows}


def spare_mentor(run) -> str:
	taken = set(pairs(run.name).values())
	mentors = frappe.get_all("Mentor", {"cycle": run.cycle}, pluck="name", order_by="name")
	return next(name for name in mentors if name not in taken)


def test_moves_and_removals_survive_a_new_run_until_they_are_released():
	run = make_pair_run()
	best = pairs(run.name)
	moved, out, *_rest = best
	other = spare_mentor(run)
	adjust.move(run.name, moved, other)
	adjust.move(run.name, out)
	again(run)
	now = pairs(run.name)
	assert (now[moved], now[out]) == (other, None)
	assert {name: row_of(run.name, name).by_hand for name in now} == {
		name: int(name in (moved, out)) for name in now
	}
	figures = view.figures(run.name)
	assert (figures["matched"], figures["unmatched"], figures["summary"]["kept"]) == (3, 1, 2)
	assert figures["proven"]
	assert row_of(run.name, moved).pinned == 0
	assert row_of(run.name, out).reason == "Removed manually."
	# Nobody else is in the cycle's other runs by it.
	assert pairs(make_run(run.cycle).name) == best

	adjust.release(run.name, out)
	again(run)
	assert (pairs(run.name)[moved], row_of(run.name, out).state) == (other, "Proposed")
	adjust.release(run.name)
	again(run)
	assert pairs(run.name) == best
	assert not frappe.get_all(PROPOSAL, {"match_run": run.name, "by_hand": 1})


def test_what_cannot_be_kept_is_said_and_a_pin_or_never_match_comes_first():
	run = make_pair_run()
	best = pairs(run.name)
	moved, pinned, *_rest = best
	other = spare_mentor(run)
	adjust.move(run.name, moved, other)
	adjust.move(run.name, pinned, best[moved])
	frappe.db.set_value("Mentor", other, "status", "Withdrawn")
	frappe.get_doc(
		{
			"doctype": "Mentoring Match Constraint",
			"cycle": run.cycle,
			"kind": "Pin",
			"mentee": pinned,
			"mentor": best[pinned],
		}
	).insert()
	again(run)
	assert pairs(run.name) == best
	warnings = view.figures(run.name)["warnings"]
	assert len([words for words in warnings if "The move of" in words]) == 2
	assert not row_of(run.name, moved).by_hand
	assert row_of(run.name, pinned).pinned

	adjust.move(run.name, _rest[0])  # another place is free now
	adjust.move(run.name, _rest[0], best[_rest[0]])
	adjust.forbid(run.name, _rest[0], best[_rest[0]])
	assert not row_of(run.name, _rest[0]).by_hand  # so the next run looks for another place
	again(run)
	assert pairs(run.name)[_rest[0]] != best[_rest[0]]


def test_whose_place_somebody_else_was_given_may_get_another_one():
	run = make_pair_run()
	best = pairs(run.name)
	one, other, *_rest = best
	adjust.move(run.name, one)
	adjust.swap(run.name, one, other)
	assert (row_of(run.name, one).by_hand, row_of(run.name, other).by_hand) == (1, 0)
	again(run)
	now = pairs(run.name)
	assert now[one] == best[other]
	assert now[other] is not None


def test_a_group_keeps_who_was_moved_there_and_who_was_made_moderator():
	run = make_group_run(requires_moderator=1, mixed_stages="")
	mentee, key = one_with_room(run.name)
	adjust.move(run.name, mentee, group=key)
	mentor = row_of(run.name, mentee).mentor
	seated = [row for members in groups(run.name).values() for row in members]
	willing = frappe.get_all("Mentee", {"cycle": run.cycle, "willing_to_moderate": 1}, pluck="name")
	chosen = next(row for row in seated if row.mentee in willing and not row.is_moderator)
	adjust.moderate(run.name, chosen.mentee)
	again(run)
	assert row_of(run.name, mentee).mentor == mentor
	now = row_of(run.name, chosen.mentee)
	assert now.mentor == chosen.mentor
	assert [row.mentee for row in groups(run.name)[now.group_key] if row.is_moderator] == [now.mentee]
	assert row_of(run.name, mentee).by_hand
	adjust.release(run.name)
	again(run)
	assert not frappe.get_all(PROPOSAL, {"match_run": run.name, "by_hand": 1})


def test_a_circle_keeps_who_was_moved_there_with_its_host():
	run = make_circle_run()
	mentee, key = one_with_room(run.name)
	host = next(row.mentee for row in groups(run.name)[key] if row.is_moderator)
	adjust.move(run.name, mentee, group=key)
	again(run)
	assert row_of(run.name, mentee).group_key == row_of(run.name, host).group_key
	assert row_of(run.name, mentee).by_hand
	assert view.figures(run.name)["summary"]["kept"] == 1


# The minimum score --------------------------------------------------------------------------------


def test_the_programs_minimum_holds_and_says_why_nobody_is_matched():
	run = make_pair_run(mentees=2, least_score=10)
	assert run.least_score == 10
	assert run.matched == 2
	figures = view.figures(run.name)
	assert figures["average"] == 1000
	assert sum(figures["summary"]["full_points"].values()) == 1000
	assert set(figures["summary"]["full_points"]) == {"Country"}

	cycle = make.make_cycle(
		make.make_program(criteria=[{"criterion": "Country", "weight": 20}], least_score=10).name
	).name
	make.make_mentor(cycle, profile=make.make_profile(country="Germany").name)
	make.make_mentee(cycle, profile=make.make_profile(country="Peru").name)
	alone = make_run(cycle)
	figures = view.figures(alone.name)
	assert (figures["matched"], figures["mentees_in"]) == (0, 1)
	assert figures["why_nobody"] == "No mentor offering places matches you well enough (at least 10 %)."
	(suggestion,) = figures["suggestions"]
	assert suggestion["todo"] == "settings"
	assert suggestion["text"] == "Lower the minimum match score: 1 of 1 could be matched."


def test_a_mentor_entered_by_staff_offers_the_programs_usual_places_unless_they_say_how_many():
	cycle = make.make_cycle(make.make_program(default_seats=6, max_seats=8).name).name
	for values, seats in (({}, 6), ({"seats_offered": 2}, 2)):
		doc = frappe.new_doc("Mentor")
		doc.update({"cycle": cycle, "profile": make.make_profile().name, "status": "Approved", **values})
		assert doc.insert().seats_offered == seats


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_minimum_that_is_no_share_is_refused(percent):
	with pytest.raises(frappe.ValidationError, match="from 0 to 100"):
		make.make_program(least_score=percent)
