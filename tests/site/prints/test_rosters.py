"""Rosters for the kickoff: who is in a group, what each chose to share, and when they meet first."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.domain.months import DAY
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER
from mentor_ispe.services.groups import commands, ending
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.prints import rosters
from tests import factories as make
from tests.site.credit.pairs import START, on, start_pair
from tests.site.permissions import records
from tests.site.permissions.entry_points import logged_in
from tests.site.portal.counting import queries
from tests.site.prints.test_certificates import login_of, words_of

SHARES = {
	"full_name": "Ana Souza",
	"city": "Recife",
	"country": "Brazil",
	"time_zone": "America/Sao_Paulo",
	"biography": "Twenty years of clean rooms.",
	"learning_style": "Visual",
}


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def test_roster_names_everybody_with_their_role_and_what_they_share():
	ana = make.make_profile(**SHARES).name
	ben = make.make_profile(full_name="Ben Okafor", employer="", career_stage="").name
	group = make.make_active_group(2, profiles=[ana, ben])
	frappe.db.set_value("Mentoring Group Member", {"parent": group.name, "idx": 2}, "is_moderator", 1)
	roster = rosters.mentoring_roster(group.name)
	assert [(each["full_name"], each["role"]) for each in roster["people"][:2]] == [
		("Ana Souza", "Mentor"),
		("Ben Okafor", "Moderator"),
	]
	shared = dict(roster["people"][0]["shared"])
	assert shared["City"] == "Recife"
	assert shared["About"] == "Twenty years of clean rooms."
	(page,) = words_of(rosters.pdf("Mentoring Group", group.name))
	assert "Ana Souza · Mentor" in page
	for kept in (frappe.db.get_value("Mentoring Profile", ana, "email"), "Visual"):
		assert kept not in page, "what nobody chose to share"


def test_first_meeting_is_shown_on_everybodys_clock_and_its_focus_is_not():
	pair = start_pair(ana={key: SHARES[key] for key in SHARES if key != "full_name"}, ben={"time_zone": ""})
	for day in (20, 10):
		with on(START):
			values = {"link": "https://meet.example.org/room", "focus": "private"}
			make.make_session(pair.group, f"{START + day * DAY} 15:00:00", **values)
	with_zone, without = rosters.mentoring_roster(pair.group)["people"]
	assert with_zone["zone"] == "America/Sao_Paulo"
	assert without["zone"] == ""
	(page,) = words_of(rosters.pdf("Mentoring Group", pair.group))
	assert "Saturday, January 25, 2031, 15:00" in page
	assert "https://meet.example.org/room" in page
	assert "No time zone set" in page
	assert "private" not in page
	frappe.db.set_value("Mentoring Profile", pair.ana, "show_time_zone", "Nobody")
	assert "Sao_Paulo" not in words_of(rosters.pdf("Mentoring Group", pair.group))[0]


def test_who_has_not_answered_is_counted_and_not_shown():
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name).name
	mentor = make.make_mentor(cycle, seats_offered=2)
	said_yes, silent = (
		make.make_mentee(cycle, profile=make.make_profile(full_name=name).name)
		for name in ("Yes Sayer", "Silent One")
	)
	group = propose(cycle, [said_yes.name, silent.name], mentor.name).name
	commands.accept(group, said_yes.profile)
	frappe.db.set_value("Mentoring Group", group, "title", "Clean rooms")  # by itself it names the people
	roster = rosters.mentoring_roster(group)
	assert [each["full_name"] for each in roster["people"]] == ["Yes Sayer"]
	assert roster["waiting"] == 2
	(page,) = words_of(rosters.pdf("Mentoring Cycle", cycle))
	assert "Silent One" not in page


def test_cycle_prints_its_groups_and_not_those_that_are_over():
	group = make.make_active_group(2)
	second = make.make_active_group(2, cycle=group.cycle)
	over = make.make_active_group(2, cycle=group.cycle)
	ending.end_early(over.name, "It didn't work.", "Not Working")
	assert {each["name"] for each in rosters.mentoring_rosters(group.cycle)} == {group.name, second.name}
	assert len(words_of(rosters.pdf("Mentoring Cycle", group.cycle))) == 2
	with pytest.raises(RuleViolation, match="print a roster for a group"):
		rosters.pdf("Mentoring Group", over.name)
	with pytest.raises(RuleViolation, match="has no proposed or started group yet"):
		rosters.pdf("Mentoring Cycle", make.make_cycle().name)


def test_queries_stay_the_same_however_many_groups():
	cycle = make.make_active_group(2).cycle
	rosters.mentoring_rosters(cycle)  # what is read once and kept
	one = queries(lambda: rosters.mentoring_rosters(cycle))
	make.make_active_group(3, cycle=cycle)
	assert queries(lambda: rosters.mentoring_rosters(cycle)) == one


def test_person_prints_the_roster_of_their_own_group_only():
	group, other = make.make_active_group(2), make.make_active_group(2)
	member = login_of(group.people[1])
	with logged_in(member):
		assert rosters.mentoring_roster(group.name)["people"]
		for ask in (
			lambda: rosters.mentoring_roster(other.name),
			lambda: rosters.pdf("Mentoring Group", other.name),
			lambda: rosters.mentoring_rosters(group.cycle),
			lambda: rosters.pdf("Mentoring Cycle", group.cycle),
		):
			with pytest.raises(frappe.PermissionError):
				ask()


def test_who_was_only_asked_prints_no_roster():
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name).name
	mentor, mentee = make.make_mentor(cycle, seats_offered=2), make.make_mentee(cycle)
	group = propose(cycle, [mentee.name], mentor.name).name
	with logged_in(login_of(mentee.profile)), pytest.raises(frappe.PermissionError):
		rosters.mentoring_roster(group)


def test_only_coordinators_print_the_rosters_of_a_cycle():
	group = make.make_active_group(2)
	# A member holds no right to a cycle at all; the committee prints one, but not who is in it.
	refusals = {
		MEMBER: pytest.raises(frappe.PermissionError),
		COMMITTEE: pytest.raises(frappe.PrintFormatError, match="Only coordinators"),
	}
	for role, refused in refusals.items():
		with logged_in(records.make_user("intruder", role, user_type="System User")):
			for ask in (
				lambda: rosters.mentoring_rosters(group.cycle),
				lambda: rosters.mentoring_roster(group.name),
			):
				with pytest.raises(frappe.PermissionError):
					ask()
			with refused:
				frappe.get_print("Mentoring Cycle", group.cycle, print_format="Mentoring Rosters")
	with logged_in(records.make_user("cora", COORDINATOR, user_type="System User")):
		assert len(rosters.mentoring_rosters(group.cycle)) == 1
