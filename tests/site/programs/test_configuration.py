"""The programs' own files make the matches that their documents describe."""

from __future__ import annotations

from typing import Any

import frappe
import pytest

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings import readiness
from mentor_ispe.readings.seats import seats
from mentor_ispe.services.applications import commands
from tests import factories as make
from tests.site.programs.world import World, match_and_publish, people

ENGLISH = {"languages": [{"language": "en"}]}


def make_topic(word: str) -> str:
	return frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique(word)}).insert().name


def make_industry(word: str) -> str:
	return frappe.get_doc({"doctype": "Mentoring Industry", "industry": make.unique(word)}).insert().name


def add(world: World, cycle: str, role: str, person: dict[str, Any], **application: Any) -> str:
	stage = "Senior" if role == "Mentor" else "Student"
	profile = world.person(**{"career_stage": stage, **person})
	return world.join(cycle, role, profile, sign=False, **application)


def matched(world: World, cycle: str) -> dict[str, str]:
	"""Mentee → mentor of every match that was proposed, pairs only."""
	world.pass_days(30)
	match_and_publish(world, cycle)
	groups = frappe.get_all("Mentoring Group", {"cycle": cycle, "status": "Proposed"}, ["name", "mentor"])
	mentor_of = {group.name: group.mentor for group in groups}
	mentees = seats(list(mentor_of), roles=["Mentee"])
	return {seat.person: mentor_of[seat.group] for seat in mentees}


def kinds(quality: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
	"""Two kinds of people who differ in one quality: what their profiles and their applications say."""
	if quality == "topics":
		return [({}, {"topics": [make_topic(word)]}) for word in ("Validation", "Supply")]
	values = {
		"industry": lambda: [make_industry(word) for word in ("Vaccines", "Devices")],
		"country": lambda: ["Germany", "Peru"],
		"learning_style": lambda: ["Visual", "Hands-on"],
	}[quality]()
	return [({quality: value}, {}) for value in values]


@pytest.mark.parametrize(
	("program", "quality"),
	[
		("ISPE One-to-One", "industry"),
		("ISPE One-to-One", "topics"),
		("ISPE One-to-One", "country"),
		("Boston Area Chapter Mentoring", "industry"),
		("Boston Area Chapter Mentoring", "topics"),
		("ASHP Guided Mentorship", "industry"),
		("ASHP Guided Mentorship", "topics"),
		("ASHP Guided Mentorship", "country"),
		("PHRMA Partnerships", "industry"),
		("PHRMA Partnerships", "topics"),
		("PHRMA Partnerships", "learning_style"),
	],
)
def test_people_are_matched_by_what_the_document_names(program, quality):
	world = World(program)
	cycle = world.open_cycle()
	two = kinds(quality)
	kind_of: dict[str, int] = {}
	# Four of each kind on either side, so that they hardly find each other by chance.
	for number in range(8):
		for role, kind in (("Mentor", number % 2), ("Mentee", number // 4)):
			person, application = two[kind]
			kind_of[add(world, cycle, role, person, **application)] = kind
	pairs = matched(world, cycle)
	assert len(pairs) == 8
	assert all(kind_of[mentee] == kind_of[mentor] for mentee, mentor in pairs.items())


@pytest.mark.parametrize("program", ["ASHP Guided Mentorship", "Mentor ISPE: Women in Pharma"])
def test_nobody_is_led_by_somebody_who_is_not_ahead_of_them(program):
	world = World(program)
	cycle = world.open_cycle()
	place = {"country": "Germany", "time_zone": "Europe/Berlin", **ENGLISH}
	for _ in range(5):
		seats = min(4, world.program.max_seats)
		add(world, cycle, "Mentor", {"career_stage": "Senior", **place}, seats_offered=seats)
	stage_of = {
		add(world, cycle, "Mentee", {"career_stage": stage, **place}, willing_to_moderate=1): stage
		for stage in ("Mid-Level", "Student", "Student", "Senior", "Executive")
	}
	led = [stage_of[mentee] for mentee in matched(world, cycle)]
	assert sorted(led) == ["Mid-Level", "Student", "Student"]


def test_groups_bring_countries_together_although_clocks_would_keep_them_apart():
	world = World("Mentor ISPE: Women in Pharma")
	cycle = world.open_cycle()
	places = [
		{"country": "Germany", "time_zone": "Europe/Berlin", **ENGLISH},
		{"country": "Portugal", "time_zone": "Europe/Lisbon", **ENGLISH},
	]
	for place in places:
		add(world, cycle, "Mentor", {"career_stage": "Executive", **place}, seats_offered=4)
		for stage in ("Mid-Level", "Student", "Student", "Student"):
			add(world, cycle, "Mentee", {"career_stage": stage, **place}, willing_to_moderate=1)
	mentor_of = matched(world, cycle)
	assert len(mentor_of) == 8
	country = dict(frappe.get_all("Mentoring Profile", fields=["name", "country"], as_list=True))
	groups: dict[str, set[str]] = {}
	for mentee, mentor in mentor_of.items():
		groups.setdefault(mentor, {country[frappe.db.get_value("Mentor", mentor, "profile")]}).add(
			country[frappe.db.get_value("Mentee", mentee, "profile")]
		)
	assert [len(countries) for countries in groups.values()] == [2, 2]


def test_every_group_has_students_and_mid_level_members():
	world = World("Mentor ISPE: Women in Pharma")
	cycle = world.open_cycle()
	place = {"country": "Germany", "time_zone": "Europe/Berlin", **ENGLISH}
	for _ in range(2):
		add(world, cycle, "Mentor", {"career_stage": "Executive", **place}, seats_offered=4)
	stages = ("Mid-Level", "Mid-Level", "Mid-Level", "Early Career", "Early Career", "Student")
	stage_of = {
		add(world, cycle, "Mentee", {"career_stage": stage, **place}, willing_to_moderate=1): stage
		for stage in stages
	}
	# One student: one group at most, whatever the mentors could take.
	mentor_of = matched(world, cycle)
	assert len(set(mentor_of.values())) == 1
	assert {"Student", "Mid-Level"} <= {stage_of[mentee] for mentee in mentor_of}


def test_circles_are_of_people_who_want_to_talk_about_the_same():
	world = World("Professional Moai")
	cycle = world.open_cycle()
	topics = [make_topic("Next step"), make_topic("Hard days")]
	topic_of = {}
	for number in range(12):
		topic = topics[number % 2]
		name = add(world, cycle, "Mentee", {"career_stage": "Mid-Level"}, topics=[topic])
		topic_of[name] = topic
	world.pass_days(30)
	match_and_publish(world, cycle)
	circles = frappe.get_all("Mentoring Group", {"cycle": cycle, "status": "Proposed"}, pluck="name")
	members = [
		frappe.get_all("Mentoring Group Member", {"parent": circle}, pluck="participant")
		for circle in circles
	]
	assert sorted(map(len, members)) == [6, 6]
	assert all(len({topic_of[mentee] for mentee in circle}) == 1 for circle in members)


@pytest.mark.parametrize("program", ["ISPE One-to-One", "Boston Area Chapter Mentoring"])
def test_one_person_is_mentor_and_mentee_and_never_their_own(program):
	world = World(program)
	cycle = world.open_cycle()
	both = world.person(career_stage="Mid-Level")
	mentor = world.join(cycle, "Mentor", both, sign=False)
	mentee = world.join(cycle, "Mentee", both, sign=False)
	other = add(world, cycle, "Mentor", {})
	learner = add(world, cycle, "Mentee", {})
	assert matched(world, cycle) == {mentee: other, learner: mentor}


@pytest.mark.parametrize(
	"program", ["Mentor ISPE: Women in Pharma", "ASHP Guided Mentorship", "PHRMA Partnerships"]
)
def test_elsewhere_one_chooses_a_side(program):
	world = World(program)
	cycle = world.open_cycle()
	person = world.person(career_stage="Senior")
	world.join(cycle, "Mentor", person, sign=False)
	with world.now(), pytest.raises(RuleViolation):
		commands.apply(person, cycle, "Mentee", {})


def test_no_more_mentees_than_the_program_lets_a_mentor_choose():
	world = World("ISPE One-to-One")
	cycle = world.open_cycle()
	chosen = add(world, cycle, "Mentor", {}, seats_offered=5)
	assert frappe.db.get_value("Mentor", chosen, "seats_offered") == 5
	with pytest.raises(RuleViolation):
		add(world, cycle, "Mentor", {}, seats_offered=6)


def test_nobody_is_asked_about_a_protected_trait_or_matched_by_one():
	traits = {"gender", "sex", "race", "ethnicity", "religion", "disability", "birth", "birthday", "age"}
	for doctype in ("Mentoring Profile", "Mentor", "Mentee"):
		for field in frappe.get_meta(doctype).fields:
			assert not traits & set(field.fieldname.split("_"))
	assert not traits & {word.lower() for kind in KINDS for word in kind.split()}


CONDUCT, SILENCE, MODERATING = "Code of Conduct", "Confidentiality", "The Moderator's Part"


@pytest.mark.parametrize(
	("program", "asked"),
	[
		("Mentor ISPE: Women in Pharma", {CONDUCT, SILENCE}),
		("ISPE One-to-One", set()),
		("Boston Area Chapter Mentoring", {SILENCE}),
		("Professional Moai", {SILENCE}),
		("ASHP Guided Mentorship", {CONDUCT, SILENCE}),
		("PHRMA Partnerships", {SILENCE}),
	],
)
def test_nobody_meets_before_signing_what_the_document_asks(program, asked):
	world = World(program)
	cycle = world.open_cycle()
	format = world.program.format
	mentor = None if format == "Peer Circle" else add(world, cycle, "Mentor", {})
	number = {"One-on-One": 1, "Group": 3, "Peer Circle": 5}[format]
	mentees = [add(world, cycle, "Mentee", {}, willing_to_moderate=1) for _ in range(number)]
	moderator = mentees[0] if format == "Group" else None
	group = world.start_group(cycle, mentor, mentees, moderator=moderator)
	profiles = people(mentor, mentees)
	lacking = {
		profile: {title for title in (CONDUCT, SILENCE, MODERATING) if title in " ".join(map(str, broken))}
		for profile, broken in readiness.missing(group, world.day).items()
	}
	for profile in profiles:
		moderates = moderator is not None and profile == profiles[1]
		assert lacking.get(profile, set()) == asked | ({MODERATING} if moderates else set())
	for profile in profiles:
		world.sign_everything(profile)
	for broken in readiness.missing(group, world.day).values():
		assert {each.code for each in broken} == {"untrained"}
