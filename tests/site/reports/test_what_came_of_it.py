"""Feedback, goals, speakers and match runs, against plain counts of the same records."""

from __future__ import annotations

from collections import defaultdict

import frappe
import pytest

from tests.site.permissions.records import store
from tests.site.reports.asking import figures, rows, total
from tests.site.reports.counting import all_of, number, of_program, percent, stars

RATED = ("Session", "Check-in", "Group Update", "Closing", "Program")
FIRST_MONTH, LAST_MONTH = "2031-01-15", "2031-08-03"
"""In the midst of months: whole months are counted all the same."""


def cells_of(world, program, kind: str = "", first: str = FIRST_MONTH) -> dict[tuple, list]:
	"""Feedback by cycle, month and kind."""
	cells = defaultdict(list)
	for row in all_of("Mentoring Feedback", of_program(world, program)):
		month = f"{row.creation:%Y-%m}"
		if row.kind in RATED and first[:7] <= month <= LAST_MONTH[:7] and kind in ("", row.kind):
			cells[row.cycle, month, row.kind].append(row)
	return cells


@pytest.mark.parametrize("kind", ["", "Check-in"])
def test_ratings_by_month(world, kind):
	asked = {"program": world.programs[0].name, "from_date": FIRST_MONTH, "to_date": LAST_MONTH, "kind": kind}
	answers, rated, withheld = defaultdict(int), defaultdict(list), defaultdict(int)
	for (_cycle, *month_and_kind), cell in cells_of(world, world.programs[0], kind).items():
		ratings = [stars(row.rating) for row in cell if row.rating]
		people = {row.profile for row in cell if row.rating}
		key = tuple(month_and_kind)
		answers[key] += len(cell)
		if len(people) >= 3:
			rated[key] += ratings
		else:
			withheld[key] += len(ratings)
	found = {(row["month"], row["kind"]): row for row in rows("Mentoring Feedback Ratings", **asked)}
	assert set(found) == set(answers)
	for key, row in found.items():
		assert row["answers"] == answers[key]
		assert row["rated"] == len(rated[key])
		assert row["withheld"] == withheld[key]
		assert row["mean"] == (round(sum(rated[key]) / len(rated[key]), 2) if rated[key] else None)
		for each in range(1, 6):
			assert row[f"stars_{each}"] == rated[key].count(each)
	every = [rating for ratings in rated.values() for rating in ratings]
	shown = figures("Mentoring Feedback Ratings", **asked)
	assert shown["Average rating (out of 5)"] == (round(sum(every) / len(every), 2) if every else "none")
	assert shown["Hidden ratings"] == sum(withheld.values())


def test_feedback_given_of_what_was_asked_for(world):
	asked = {"program": world.programs[0].name, "from_date": FIRST_MONTH, "to_date": LAST_MONTH}
	requests = [
		row
		for row in all_of("Mentoring Feedback Request", of_program(world, world.programs[0]))
		if FIRST_MONTH[:7] <= str(row.due_on)[:7] <= LAST_MONTH[:7]
	]
	found = figures("Mentoring Feedback Ratings", **asked)
	given = number(requests, lambda row: row.status == "Given")
	missed = number(requests, lambda row: row.status == "Missed")
	share = percent(given, given + missed)
	assert found["Response rate"] == ("none" if share is None else f"{share:g}%")
	assert found["Still open"] == number(requests, lambda row: row.status == "Open")


def test_overview_shows_the_mean_of_the_same_ratings(world):
	of_cycle = defaultdict(list)
	for (cycle, _month, _kind), cell in cells_of(world, world.programs[0], first="2030-01").items():
		if len({row.profile for row in cell if row.rating}) >= 3:
			of_cycle[cycle] += [stars(row.rating) for row in cell if row.rating]
	for row in rows("Mentoring Overview", program=world.programs[0].name):
		ratings = of_cycle[row["cycle"]]
		assert row["stars"] == (round(sum(ratings) / len(ratings), 2) if ratings else None)


def test_stories_that_may_be_told(world):
	told = [
		row
		for row in all_of("Mentoring Feedback", of_program(world, world.programs[0]))
		if row.kind == "Success Story" and row.may_publish and row.comment
	]
	found = rows("Mentoring Success Stories", program=world.programs[0].name)
	assert len(found) == len(told)
	assert [row["given_on"] for row in found] == sorted((row.creation.date() for row in told), reverse=True)
	assert {row["comment"] for row in found} <= {"It helps me."}


@pytest.mark.parametrize("at_most", ["", "2"])
def test_feedback_in_words(world, at_most):
	asked = {"program": world.programs[1].name, "with_words": 1, "at_most_stars": at_most}
	given = [
		row
		for row in all_of("Mentoring Feedback", of_program(world, world.programs[1]))
		if row.comment and (not at_most or 0 < stars(row.rating) <= 2)
	]
	found = rows("Feedback Comments", **asked)
	assert {row["feedback"] for row in found} == {row.name for row in given}
	assert {row["feedback"]: row["stars"] for row in found} == {
		row.name: stars(row.rating) or None for row in given
	}
	ratings = [stars(row.rating) for row in given if row.rating]
	assert figures("Feedback Comments", **asked)["Average rating (out of 5)"] == (
		round(sum(ratings) / len(ratings), 2) if ratings else "none"
	)


def test_goals_met(world):
	cycles = of_program(world, world.programs[0])
	goals = all_of("Mentoring Goal", cycles)
	found = {
		(row["cycle"], row["role"]): row
		for row in rows("Mentoring Goals Met", program=world.programs[0].name)
	}
	for cycle in cycles:
		for role in ("Mentor", "Mentee"):
			here = [goal for goal in goals if (goal.cycle, goal.role) == (cycle.name, role)]
			having = {goal.profile for goal in here}
			without = [
				part
				for part in all_of(role, [cycle])
				if part.status in ("Active", "Completed") and part.profile not in having
			]
			row = found.pop((cycle.name, role), None)
			if row is None:
				assert not here
				assert not without
				continue
			assert row["goals"] == len(here)
			assert row["achieved"] == number(here, lambda goal: goal.status == "Achieved")
			assert row["partly"] == number(here, lambda goal: goal.status == "Partly Achieved")
			assert row["dropped"] == number(here, lambda goal: goal.status == "Dropped")
			assert row["still_open"] == number(here, lambda goal: goal.status == "Open")
			assert row["reviewed"] == number(here, lambda goal: goal.reviewed_on)
			assert row["met"] == percent(row["achieved"], len(here))
			assert (row["people"], row["without"]) == (len(having), len(without))
	assert not found


@pytest.mark.parametrize("by", ["Topic", "Cycle"])
def test_speakers_asked_for(world, by):
	store("Guest Speaker", full_name="Ada", active=1, expertise=[_expertise("Data"), _expertise("Data")])
	store("Guest Speaker", full_name="Bob", active=0, expertise=[_expertise("Data")])
	available = len(
		{
			row.parent
			for row in frappe.get_all(
				"Mentoring Topic Item", {"parenttype": "Guest Speaker", "topic": "Data"}, ["parent"]
			)
			if frappe.db.get_value("Guest Speaker", row.parent, "active")
		}
	)
	requests = all_of("Guest Speaker Request", of_program(world, world.programs[0]))
	found = {
		row["value"]: row for row in rows("Guest Speaker Requests", program=world.programs[0].name, by=by)
	}
	assert set(found) == {request.get(by.lower()) for request in requests}
	for value, row in found.items():
		here = [request for request in requests if request.get(by.lower()) == value]
		done = [request for request in here if request.status in ("Arranged", "Held")]
		assert row["requests"] == len(here)
		assert row["groups"] == len({request.mentoring_group for request in here})
		assert row["speakers"] == len({request.speaker for request in done if request.speaker})
		for status in ("Requested", "Approaching", "Arranged", "Held", "Declined", "Cancelled"):
			assert row[status.lower()] == number(here, lambda each, status=status: each.status == status)
		stood = [request for request in here if request.status != "Cancelled"]
		assert row["granted"] == percent(len(done), len(stood))
		if value == "Data":
			assert row["available"] == available


def _expertise(topic: str) -> dict:
	return {
		"doctype": "Mentoring Topic Item",
		"parentfield": "expertise",
		"idx": 1,
		"topic": topic,
	}


def test_speakers_asked_for_in_a_time(world):
	asked = {"program": world.programs[0].name, "from_date": "2031-02-01", "to_date": "2031-05-31"}
	requests = all_of("Guest Speaker Request", of_program(world, world.programs[0]))
	inside = number(requests, lambda each: "2031-02-01" <= str(each.creation)[:10] <= "2031-05-31")
	assert sum(row["requests"] for row in rows("Guest Speaker Requests", by="Program", **asked)) == inside


def test_unmatched_of_the_run_that_was_published(world):
	rules = {"industry": "industry", "time_zone": "time_zone", "languages": "languages", "country": "country"}
	found = {row["cycle"]: row for row in rows("Unmatched Reasons", program=world.programs[1].name)}
	for cycle in of_program(world, world.programs[1]):
		(run,) = frappe.get_all(
			"Mentoring Match Run", {"cycle": cycle.name, "status": "Published"}, pluck="name"
		)
		proposals = frappe.get_all("Mentoring Match Proposal", {"match_run": run}, ["*"])
		left = [row for row in proposals if row.state == "Unmatched"]
		said = {row.name: {each["code"] for each in frappe.parse_json(row.reasons)} for row in left}
		row = found[cycle.name]
		assert (row["people"], row["unmatched"]) == (len(proposals), len(left))
		assert row["seats"] == number(said.values(), lambda codes: codes & {"seats_taken", "no_seats_left"})
		for rule, name in rules.items():
			assert row[rule] == number(
				said.values(), lambda codes, name=name: any(code.endswith(f"_{name}") for code in codes)
			)
		waiting = {
			part.name
			for part in all_of("Mentee", [cycle])
			if part.status == "Approved" and not part.mentoring_group
		}
		assert row["waiting"] == len([each for each in left if each.mentee in waiting])
		listed = rows("Mentees Without a Match", cycle=cycle.name, waiting_only=1)
		assert {each["mentee"] for each in listed} == {each.mentee for each in left} & waiting


def test_a_ready_run_counts_where_none_was_published(world):
	cycle = world.cycles[0].name
	frappe.db.set_value("Mentoring Match Run", {"cycle": cycle, "status": "Published"}, "status", "Stopped")
	(run,) = frappe.get_all("Mentoring Match Run", {"cycle": cycle, "status": "Ready"}, pluck="name")
	listed = rows("Mentees Without a Match", cycle=cycle)
	assert {row["match_run"] for row in listed} == {run}


def test_total_of_the_goals(world):
	goals = all_of("Mentoring Goal", of_program(world, world.programs[0]))
	found = total("Mentoring Goals Met", program=world.programs[0].name)
	assert found["met"] == percent(number(goals, lambda goal: goal.status == "Achieved"), len(goals))
	assert found["goals"] == len(goals)
