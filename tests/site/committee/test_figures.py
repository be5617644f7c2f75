"""Every figure of a report against a plain count over the same made-up records."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.demo import clock
from mentor_ispe.domain.committee.periods import Period
from mentor_ispe.permissions.conflict_of_interest import groups_closed_to
from mentor_ispe.reports.committee.figures import figures
from mentor_ispe.reports.feedback_ratings import PEOPLE_IN_A_CELL, RATED
from mentor_ispe.roles import COORDINATOR
from tests.site.committee.world import tell_a_story
from tests.site.permissions.records import make_user
from tests.site.reports.counting import all_of, day_of, number, of_program, percent, rows_of, stars
from tests.site.reports.world import NOW, World

PERIOD = Period(date(2031, 6, 10), date(2031, 8, 9))
SPANS = {
	"now": (date(2031, 6, 10), date(2031, 8, 9)),
	"before": (date(2031, 4, 10), date(2031, 6, 9)),
	"year_ago": (date(2030, 6, 10), date(2030, 8, 9)),
}


DOCTYPES = (
	*("Mentor", "Mentee", "Mentoring Group", "Mentoring Session", "Mentoring Feedback", "Mentoring Goal"),
	*("Guest Speaker Request", "Mentoring Concern"),
)


@pytest.fixture(scope="module")
def read(site) -> SimpleNamespace:
	"""One made-up association, its records and the figures of both programs, read once for all tests."""
	with clock.at(NOW):
		world = World(11)
		frappe.set_user("Administrator")
		there = SimpleNamespace(
			world=world,
			records={doctype: all_of(doctype, world.cycles) for doctype in DOCTYPES},
			figures={program.name: figures(program.name, PERIOD) for program in world.programs},
			early=figures(world.programs[0].name, Period(date(2030, 3, 1), date(2030, 4, 30))),
		)
		sessions = [each.name for each in there.records["Mentoring Session"]]
		there.attendance = rows_of("Mentoring Session Attendance", sessions)
	frappe.db.rollback()
	return there


@pytest.fixture(params=[0, 1], ids=["groups", "pairs"])
def program(request, read):
	return read.world.programs[request.param]


@pytest.fixture
def found(read, program):
	return read.figures[program.name]


@pytest.fixture
def world(site):
	"""For tests that change something."""
	with clock.at(NOW):
		yield World(11)


def within(moment, when: str) -> bool:
	first, last = SPANS[when]
	return bool(moment) and first <= day_of(moment) <= last


def records(read, program, doctype: str, **values) -> list:
	"""The records of the program's cycles with these values."""
	cycles = {cycle.name for cycle in of_program(read.world, program)}
	return [
		each
		for each in read.records[doctype]
		if each.cycle in cycles and all(each[name] == value for name, value in values.items())
	]


def of_running(read, program, doctype: str) -> list:
	(running,) = (cycle.name for cycle in of_program(read.world, program) if cycle.status == "Running")
	return [each for each in read.records[doctype] if each.cycle == running]


@pytest.mark.parametrize("when", SPANS)
def test_what_happened_in_the_days(read, program, found, when):
	held = [
		each
		for each in records(read, program, "Mentoring Session", status="Held")
		if within(each.starts_on, when)
	]
	names = {each.name for each in held}
	rows = [row for row in read.attendance if row.parent in names]
	groups = records(read, program, "Mentoring Group")
	feedback = [each for each in records(read, program, "Mentoring Feedback") if within(each.creation, when)]
	ran = ("Active", "Completed", "Ended Early")
	expected = {
		"meetings": len(held),
		"hours": round(sum(each.duration_minutes for each in held) / 60, 1),
		"attended_share": percent(number(rows, lambda row: row.attended), len(rows)),
		"started": number(groups, lambda each: each.status in ran and within(each.start_date, when)),
		"completed": number(groups, lambda each: each.status == "Completed" and within(each.end_date, when)),
		"ended_early": number(
			groups, lambda each: each.status == "Ended Early" and within(each.end_date, when)
		),
		"feedback": number(feedback, lambda each: each.kind != "Success Story"),
		"stories": number(feedback, lambda each: each.kind == "Success Story"),
		"speakers": number(held, lambda each: each.guest_speaker),
		"applied_mentors": number(
			records(read, program, "Mentor"), lambda each: within(each.applied_on, when)
		),
		"applied_mentees": number(
			records(read, program, "Mentee"), lambda each: within(each.applied_on, when)
		),
	}
	assert {name: figure[when] for name, figure in found["happened"].items()} == expected


def test_what_there_was_before_the_program_is_no_zero(read):
	early = read.early
	assert set(early["compared"]) == {"now"}
	assert all(
		figure["before"] is None and figure["year_ago"] is None for figure in early["happened"].values()
	)


def test_meetings_month_by_month(read, program, found):
	held = records(read, program, "Mentoring Session", status="Held")
	assert [row["month"] for row in found["months"]][-1] == "2031-08-01"
	assert len(found["months"]) == 12
	for row in found["months"]:
		of_month = [each for each in held if day_of(each.starts_on).strftime("%Y-%m-01") == row["month"]]
		assert row["meetings"] == len(of_month)
		assert row["hours"] == round(sum(each.duration_minutes for each in of_month) / 60, 1)
	assert [row["month"] for row in found["months"] if row["in_period"]] == [
		f"2031-0{month}-01" for month in (6, 7, 8)
	]


def test_who_takes_part_and_who_waits(read, program, found):
	placed = ("Approved", "Active", "Completed")
	mentors = {each.profile for each in of_running(read, program, "Mentor") if each.status in placed}
	mentees = {each.profile for each in of_running(read, program, "Mentee") if each.status in placed}
	stands = {name: figure["now"] for name, figure in found["stands"].items()}
	assert (stands["mentors"], stands["mentees"]) == (len(mentors), len(mentees))
	assert stands["people"] == len(mentors | mentees)
	waits = of_running(read, program, "Mentee")
	assert stands["undecided"] == number(waits, lambda each: each.status == "Applied")
	assert stands["unmatched"] == number(
		waits, lambda each: each.status == "Approved" and not each.mentoring_group
	)
	set_goals = of_running(read, program, "Mentoring Goal")
	assert stands["goals"] == len(set_goals)
	assert stands["goals_achieved"] == number(set_goals, lambda each: each.status == "Achieved")
	stages = {profile.name: profile.career_stage or "" for profile in read.world.profiles}
	people = [stages[profile] for profile in mentors | mentees]
	assert dict(found["people_by"]["career_stage"]) == {stage: people.count(stage) for stage in set(people)}


def test_what_needs_the_committee(read, program, found):
	requests = [
		each
		for each in of_running(read, program, "Guest Speaker Request")
		if each.status in ("Requested", "Approaching")
	]
	assert sorted((row["topic"], row["requests"]) for row in found["needs"]["speakers"]) == sorted(
		{(one.topic, number(requests, lambda each: each.topic == one.topic)) for one in requests}  # noqa: B023
	)
	concerns = records(read, program, "Mentoring Concern")
	assert found["needs"]["concerns"] == number(
		concerns, lambda each: each.status in ("Open", "In Mediation")
	)
	allowed = program.first_meeting_days
	met = {
		each.mentoring_group for each in records(read, program, "Mentoring Session") if each.status == "Held"
	}
	late = [
		group
		for group in records(read, program, "Mentoring Group", status="Active")
		if group.name not in met and (NOW.date() - group.start_date).days > allowed
	]
	assert found["needs"]["without_first_meeting"] == len(late)


def test_the_figures_are_the_same_whoever_asks_for_them(world):
	"""Reports leave out the groups that their reader sits in; what the committee keeps is about all of them."""
	program = world.programs[0].name
	group = frappe.get_all("Mentoring Group", {"program": program, "status": "Active"}, ["name", "mentor"])[0]
	profile = frappe.db.get_value("Mentor", group.mentor, "profile")
	user = make_user("coordinates", COORDINATOR, user_type="System User")
	frappe.db.set_value("Mentoring Profile", profile, "user", user)
	expected = figures(program, PERIOD)
	frappe.set_user(user)
	assert group.name in groups_closed_to()
	assert figures(program, PERIOD) == expected


def test_how_groups_are_doing_is_told_of_three_or_more_only(world):
	program = world.programs[0]
	groups = all_of("Mentoring Group", of_program(world, program))
	for number_, group in enumerate(groups):
		frappe.db.set_value(
			"Mentoring Group",
			group.name,
			{"status": "Active", "health_on": NOW if number_ < 2 else None, "health": 10},
		)
	assert figures(program.name, PERIOD)["health"] is None
	frappe.db.set_value("Mentoring Group", groups[2].name, {"health_on": NOW, "health": 100})
	assert figures(program.name, PERIOD)["health"] == {
		"groups": len(groups),
		"good": 1,
		"fair": 0,
		"low": 2,
		"unknown": len(groups) - 3,
	}


def test_ratings_are_those_of_whole_months_with_enough_people(read, program, found):
	cells: dict[tuple, list] = {}
	for each in records(read, program, "Mentoring Feedback"):
		in_months = date(2031, 6, 1) <= day_of(each.creation) <= date(2031, 7, 31)
		if each.kind in RATED and in_months and each.rating:
			cells.setdefault((each.cycle, f"{each.creation:%Y-%m}", each.kind), []).append(each)
	shown = [
		each
		for cell in cells.values()
		if len({one.profile for one in cell}) >= PEOPLE_IN_A_CELL
		for each in cell
	]
	if not shown:
		assert found["ratings"] is None
		return
	assert found["ratings"]["rated"] == len(shown)
	assert found["ratings"]["mean"] == round(sum(stars(each.rating) for each in shown) / len(shown), 2)
	assert (found["ratings"]["from"], found["ratings"]["to"]) == ("2031-06-01", "2031-07-31")


def test_stories_are_those_of_the_days_whose_writers_agreed(world):
	program = world.programs[0]
	tell_a_story(world, program, "It was told.", creation="2031-08-01 10:00:00")
	tell_a_story(world, program, "It was kept.", creation="2031-08-01 10:00:00", may_publish=0)
	tell_a_story(world, program, "It came later.", creation="2031-08-10 10:00:00")
	told = [story["words"] for story in figures(program.name, PERIOD)["stories"]]
	assert "It was told." in told
	assert "It was kept." not in told
	assert "It came later." not in told


def test_the_number_of_queries_does_not_depend_on_what_there_is(world):
	program = world.programs[0]
	empty = frappe.copy_doc(frappe.get_doc("Mentoring Program", program.name))
	empty.program_name = f"{program.name} empty"
	empty.name = empty.program_name
	empty.db_insert()

	def queries(name: str) -> int:
		figures(name, PERIOD)
		count, original = [0], frappe.db.sql

		def counted(*args, **kwargs):
			count[0] += 1
			return original(*args, **kwargs)

		frappe.db.sql = counted
		try:
			figures(name, PERIOD)
		finally:
			frappe.db.sql = original
		return count[0]

	assert queries(program.name) <= queries(empty.name) + 2
