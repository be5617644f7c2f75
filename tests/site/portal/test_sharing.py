"""What members see of each other is what each chose to show: every field, every choice, every entry point."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.api import member as api
from mentor_ispe.api import sessions as sessions_api
from mentor_ispe.domain import sharing as rules
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.matching import for_members
from mentor_ispe.services.members import sharing
from tests import factories as make
from tests.site.portal.counting import queries

VALUES = {
	"job_title": "Taster",
	"employer": "Cheese Ltd",
	"career_stage": "Senior",
	"industry": "Dairy",
	"city": "Gruyeres",
	"country": "Switzerland",
	"time_zone": "Europe/Zurich",
	"biography": "I age well",
}
# What the reader finds of each field, wherever it is shown.
SEEN = {**VALUES, "languages": "Deutsch", "topics": "Mould", "email": "@"}


@pytest.fixture(autouse=True)
def roll(site):
	make.use_membership_roll()


def make_open_person() -> str:
	"""Somebody with something in every field."""
	for doctype, field, name in (
		("Mentoring Industry", "industry", "Dairy"),
		("Mentoring Topic", "topic", "Mould"),
	):
		if not frappe.db.exists(doctype, name):
			frappe.get_doc({"doctype": doctype, field: name}).insert()
	doc = make.make_profile(full_name="Rita Reader", **VALUES)
	doc.append("languages", {"language": "de"})
	doc.append("topics", {"topic": "Mould"})
	return doc.save().name


def seen(shown: dict | list, profile: str) -> set[str]:
	"""The fields whose values stand somewhere in what was shown."""
	address = frappe.db.get_value("Mentoring Profile", profile, "email")
	text = frappe.as_json(shown).replace('"de"', "Deutsch").replace("German", "Deutsch")
	return {field for field, value in SEEN.items() if (address if field == "email" else value) in text}


@pytest.fixture
def entry_points(site):
	"""A mentor, and by each entry point what a member sees of them: entry point → call."""
	mentor = make_open_person()
	program = make.make_program(mentees_ask=1, max_seats=9).name
	cycle = make.make_cycle(program).name
	part = make.make_mentor(cycle, profile=mentor, seats_offered=5)
	part.append("topics", {"topic": "Mould"})
	part.save()
	seeker = make.make_profile(user=make.make_user().name)
	make.make_mentee(cycle, profile=seeker.name)
	asked = make.make_profile(user=make.make_user().name)
	match = propose(cycle, [make.make_mentee(cycle, profile=asked.name).name], part.name).name

	def cards():
		frappe.set_user(seeker.user)
		found = api.mentor_cards(cycle)
		frappe.set_user("Administrator")
		return found

	calls = {
		rules.GROUP: lambda: sharing.shown_to_group([mentor])[mentor],
		rules.SEEKER: cards,
		rules.MATCH: lambda: for_members.match_for_member(match, asked.name)["people"],
	}
	return mentor, calls


@pytest.mark.parametrize("level", [None, *rules.LEVELS])
def test_every_field_is_shown_by_every_entry_point_as_it_was_chosen(entry_points, level):
	mentor, calls = entry_points
	frappe.db.set_value("Mentoring Profile", mentor, {f"show_{field}": "" for field in rules.DEFAULTS})
	if level:
		sharing.choose(mentor, dict.fromkeys(rules.DEFAULTS, level))
	for reader, call in calls.items():
		expected = {field for field in rules.DEFAULTS if rules.is_shown(field, level, reader)}
		assert seen(call(), mentor) == expected, reader


def test_one_field_alone_is_switched(entry_points):
	mentor, calls = entry_points
	for field in rules.DEFAULTS:
		before = {reader: seen(call(), mentor) for reader, call in calls.items()}
		level = sharing.choices(mentor)[list(sharing.FIELDS).index(field)]["level"]
		sharing.choose(mentor, {field: rules.NOBODY})
		for reader, call in calls.items():
			assert seen(call(), mentor) == before[reader] - {field}, (field, reader)
		sharing.choose(mentor, {field: level})


def test_a_choice_that_is_none_is_refused_and_changes_nothing():
	profile = make.make_profile().name
	for chosen in ({"email": "Everyone"}, {"learning_style": rules.GROUPS}):
		with pytest.raises(RuleViolation):
			sharing.choose(profile, chosen)
	assert frappe.db.get_value("Mentoring Profile", profile, "show_email") == rules.NOBODY


def test_the_clock_of_a_meeting_is_shown_by_choice_and_to_oneself():
	users = [make.make_user().name for _ in range(2)]
	people = [make.make_profile(user=user, time_zone="Asia/Tokyo").name for user in users]
	group = make.make_active_group(profiles=people)
	session = make.make_session(group.name).name
	sharing.choose(people[0], {"time_zone": rules.NOBODY})

	def clocks(user: str, proposed: bool) -> set[str]:
		frappe.set_user(user)
		found = sessions_api.propose_next(group.name) if proposed else sessions_api.agenda(session)
		frappe.set_user("Administrator")
		return {row["profile"] for row in found["local_times"]}

	for proposed in (False, True):
		assert people[0] not in clocks(users[1], proposed)
		assert people[1] in clocks(users[1], proposed)
		assert people[0] in clocks(users[0], proposed)


def test_the_record_itself_is_read_by_no_member_whatever_was_chosen():
	owner, reader = (make.make_profile(user=make.make_user().name) for _ in range(2))
	make.make_active_group(profiles=[owner.name, reader.name])
	sharing.choose(owner.name, dict.fromkeys(rules.DEFAULTS, rules.SEARCH))
	frappe.set_user(reader.user)
	for profile in (owner, reader):
		assert not frappe.get_doc("Mentoring Profile", profile.name).has_permission("read")
	for doctype in ("Mentoring Profile", "Mentoring Profile Language"):
		with pytest.raises(frappe.PermissionError):
			frappe.get_list(doctype, parent_doctype="Mentoring Profile")


def test_many_people_take_as_many_queries_as_one():
	people = [make_open_person() for _ in range(5)]
	assert queries(lambda: sharing.shown_to_group(people)) == queries(
		lambda: sharing.shown_to_group(people[:1])
	)
