"""Going on in the next cycle: offered, answered in time, made once, started with it."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import getdate

from mentor_ispe.concurrency.after_commit import PLANNED
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs import cycles as job
from mentor_ispe.mails.default_templates import applications, matches
from mentor_ispe.mails.default_templates import extension as templates
from mentor_ispe.readings.readiness import missing
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import charter, ending, extension, goals
from mentor_ispe.services.groups.commands import open_group
from mentor_ispe.services.matching.candidates import pool_of
from mentor_ispe.services.members import member_status
from mentor_ispe.services.readiness import agreements
from tests import factories as make
from tests.http.two_groups import make_agreement
from tests.site.endings.groups import CLOSES, OPENS, RUNNING, next_cycle_of, on, started, stored, told
from tests.site.membership.records import counted_queries

ASKED = OPENS + timedelta(days=14)


def offered(format: str = "One-on-One", **values):
	"""A running group, and the next cycle of its program."""
	places = values.pop("places", 0)
	here = started(format, **values)
	with on(OPENS):
		here.next = next_cycle_of(here.program, places=places).name
	return here


def say(here, *answers: str, day: date = ASKED) -> None:
	with on(day):
		for profile, answer in zip(here.profiles, answers, strict=False):
			if answer:
				extension.say(here.group, profile, answer)


def new_group(here):
	name = stored(here.group).extended_to
	return stored(name) if name else None


def run(day: date) -> dict:
	with on(day, hour=1):
		return job.process_next_cycles()


def test_both_say_yes_and_go_on():
	here = offered()
	say(here, "Yes")
	assert new_group(here) is None
	say(here, "", "Yes")
	new = new_group(here)
	assert (new.cycle, new.status, new.extends) == (here.next, "Proposed", here.group)
	assert (new.mentors[0].status, [row.status for row in new.members]) == ("Accepted", ["Accepted"])
	assert new.members[0].profile == here.profiles[1]
	for doctype, profile in zip(("Mentor", "Mentee"), here.profiles, strict=True):
		assert frappe.db.get_value(doctype, {"profile": profile, "cycle": here.next}, "status") == "Approved"
	assert stored(here.group).status == "Active"
	assert sorted(told(templates.EXTENDED)) == sorted(here.profiles)
	for template in (matches.MATCH_PROPOSED, applications.APPLICATION_APPROVED, matches.MATCH_ACCEPTED):
		assert told(template, reference_name=("in", [new.name, new.mentor, new.members[0].participant])) == []


def test_saying_it_twice_makes_one_group():
	here = offered()
	say(here, "Yes", "Yes")
	first = stored(here.group).extended_to
	say(here, "Yes", "Yes")
	run(ASKED)
	assert stored(here.group).extended_to == first
	assert frappe.db.count("Mentoring Group", {"extends": here.group}) == 1
	with pytest.raises(RuleViolation, match="already continues"):
		say(here, "No")


@pytest.mark.parametrize(
	("day", "words"),
	[
		(OPENS - timedelta(days=1), "You can answer from"),
		(CLOSES + timedelta(days=1), "The last day to answer was"),
	],
)
def test_only_while_the_next_cycle_takes_applications(day, words):
	here = offered()
	with pytest.raises(RuleViolation, match=words):
		say(here, "Yes", day=day)
	say(here, "Yes", day=OPENS)
	say(here, "", "Yes", day=CLOSES)
	assert new_group(here)


def test_refused_where_nothing_is_offered():
	alone = started()
	with pytest.raises(RuleViolation, match="no next cycle"):
		say(alone, "Yes")
	with pytest.raises(RuleViolation, match="no next cycle"):
		say(offered(may_extend=0), "Yes")
	ended = offered()
	ending.end(ended.group, "Not Working", "x")
	with pytest.raises(RuleViolation, match="active people in this group"):
		say(ended, "Yes")
	with pytest.raises(RuleViolation, match="Answer Yes or No"):
		say(offered(), "Perhaps")


def test_no_answer_is_a_no_and_whoever_said_yes_is_told():
	here = offered()
	say(here, "Yes")
	run(CLOSES)
	assert told(templates.EXTENSION_OFF) == []
	run(CLOSES + timedelta(days=1))
	run(CLOSES + timedelta(days=2))
	assert new_group(here) is None
	assert told(templates.EXTENSION_OFF) == [here.profiles[0]]


def test_answers_of_which_nothing_comes_yet_cost_no_query_more_at_night():
	counts = []
	for _each in range(3):
		for day in (ASKED, CLOSES + timedelta(days=3)):
			here = offered()
			say(here, "Yes")
			job.process_extensions(day)  # warms the caches, and tells those who said yes
			with counted_queries() as statements:
				job.process_extensions(day)
			counts.append((day, len(statements)))
	assert len(set(counts)) == 2, counts


def test_a_no_is_told_while_there_is_time_and_may_be_taken_back():
	here = offered()
	say(here, "Yes", "No")
	assert told(templates.EXTENSION_NO) == [here.profiles[0]]
	say(here, "", "No")
	say(here, "", "Yes")
	assert told(templates.EXTENSION_NO) == [here.profiles[0]]
	assert new_group(here)


def test_in_a_group_those_who_say_yes_go_on_when_the_time_is_over():
	here = offered("Group", members=4)
	say(here, "Yes", "Yes", "No", "Yes")
	assert new_group(here) is None
	run(CLOSES + timedelta(days=1))
	new = new_group(here)
	assert [row.profile for row in new.members] == [here.profiles[1], here.profiles[3]]
	assert sorted(told(templates.EXTENDED)) == sorted([here.profiles[0], here.profiles[1], here.profiles[3]])


@pytest.mark.parametrize("answers", [("No", "Yes", "Yes", "Yes"), ("Yes", "Yes", "No", "No")])
def test_a_group_without_its_mentor_or_too_few_members_does_not_go_on(answers):
	here = offered("Group", members=3)
	say(here, *answers)
	run(CLOSES + timedelta(days=1))
	assert new_group(here) is None


def test_a_circle_goes_on_with_enough_peers():
	here = offered("Peer Circle", members=5)
	say(here, "Yes", "Yes", "Yes", "No")
	run(CLOSES + timedelta(days=1))
	new = new_group(here)
	assert new.mentor is None
	assert [row.profile for row in new.members] == here.profiles[:3]


def test_the_moderator_goes_on_or_another_who_is_willing():
	stays = offered("Group", members=3, moderator=True, requires_moderator=1)
	say(stays, *["Yes"] * 4)
	assert [row.is_moderator for row in new_group(stays).members] == [1, 0, 0]
	leaves = offered("Group", members=3, moderator=True, requires_moderator=1)
	say(leaves, "Yes", "No", "Yes", "Yes")
	run(CLOSES + timedelta(days=1))
	assert sum(row.is_moderator for row in new_group(leaves).members) == 1


def test_a_lapsed_membership_stands_in_the_way_until_it_is_renewed():
	here = offered()
	email = frappe.db.get_value("Mentoring Profile", here.profiles[0], "email")
	entry = frappe.db.get_value("Membership Roll Entry", {"email": email})
	say(here, "Yes")
	frappe.db.set_value("Membership Roll Entry", entry, "to_date", "2031-06-30")
	say(here, None, "Yes")
	assert new_group(here) is None
	assert not frappe.db.exists("Mentee", {"profile": here.profiles[1], "cycle": here.next})
	assert told(templates.EXTENSION_STUCK) == ["coordinator@example.org"]
	run(ASKED)
	assert told(templates.EXTENSION_STUCK) == ["coordinator@example.org"]
	frappe.db.set_value("Membership Roll Entry", entry, "to_date", None)
	assert run(CLOSES + timedelta(days=3))["made"] == 1
	assert new_group(here)


def test_m9_a_lapsed_member_says_no_but_not_yes():
	here = offered()
	email = frappe.db.get_value("Mentoring Profile", here.profiles[0], "email")
	frappe.db.set_value("Membership Roll Entry", {"email": email}, "to_date", "2031-06-30")
	with pytest.raises(RuleViolation, match="lapsed"):
		say(here, "Yes")
	say(here, "No")


def test_the_last_place_is_not_taken_twice():
	here = offered(places=1)
	with on(OPENS):
		make.make_mentee(here.next, profile=started().profiles[1])
	say(here, "Yes", "Yes")
	assert new_group(here) is None
	assert told(templates.EXTENSION_STUCK)


def test_an_application_of_ones_own_is_taken_up():
	here = offered()
	with on(ASKED):
		mentor = commands.apply(here.profiles[0], here.next, "Mentor", {"seats_offered": 2})
		mentee = commands.apply(here.profiles[1], here.next, "Mentee")
		commands.withdraw("Mentee", mentee.name, "Rather not")
	say(here, "Yes", "Yes")
	assert new_group(here).mentor == mentor.name
	assert frappe.db.get_value("Mentor", mentor.name, ["status", "seats_offered", "seats_taken"]) == (
		"Approved",
		2,
		1,
	)
	assert frappe.db.get_value("Mentee", mentee.name, "status") == "Approved"


def test_who_was_rejected_for_the_next_cycle_does_not_come_in_by_this_way():
	here = offered()
	with on(ASKED):
		record = commands.apply(here.profiles[1], here.next, "Mentee")
		record.update({"status": "Rejected", "decision_note": "No"})
		record.save()
	say(here, "Yes", "Yes")
	assert new_group(here) is None
	assert frappe.db.get_value("Mentee", record.name, "status") == "Rejected"


def test_those_who_go_on_are_not_matched_again():
	here = offered()
	say(here, "Yes", "Yes")
	with on(ASKED):
		pool = pool_of(here.next)
	assert (pool.mentees, pool.mentors) == ((), ())


def test_what_they_said_and_wrote_last_time_goes_with_them():
	here = offered()
	frappe.db.set_value("Mentee", here.mentees[0].name, "goals", "Learn to lead")
	with on(RUNNING):
		version = charter.read(here.group)["version"]
		charter.write(here.group, here.profiles[0], {"charter_place": "Library"}, version)
		charter.agree(here.group, here.profiles[0], charter.read(here.group)["version"])
		goals.save_goal(here.profiles[1], {"title": "Speak in public"}, group=here.group)
	say(here, "Yes", "Yes")
	new = new_group(here)
	assert frappe.db.get_value("Mentee", new.members[0].participant, "goals") == "Learn to lead"
	assert (new.charter_place, new.mentors[0].charter_agreed_on) == ("Library", None)
	assert [row["title"] for row in goals.goals_in(new.name)] == ["Speak in public"]


def test_agreements_are_signed_anew():
	here = started()
	agreement = make_agreement()
	program = frappe.get_doc("Mentoring Program", here.program)
	program.append("agreements", {"agreement": agreement, "required_of": "Everyone"})
	program.save()
	with on(RUNNING):
		for profile in here.profiles:
			agreements.sign(agreement, profile)
	with on(OPENS):
		here.next = next_cycle_of(here.program).name
	say(here, "Yes", "Yes")
	new = new_group(here)
	with on(ASKED):
		asked = member_status.status_of(here.profiles[1])["agreements_to_sign"]
		assert [(row["name"], row["cycle"]) for row in asked] == [(agreement, here.next)]
		assert set(missing(new.name, ASKED)) == set(here.profiles)
		first = agreements.sign(agreement, here.profiles[1], here.next)
		assert agreements.sign(agreement, here.profiles[1], here.next).name == first.name
		assert set(missing(new.name, ASKED)) == {here.profiles[0]}
		assert member_status.status_of(here.profiles[1])["agreements_to_sign"] == []
		assert frappe.db.count("Mentoring Agreement Acceptance", {"profile": here.profiles[1]}) == 2
		with pytest.raises(RuleViolation, match="isn't in"):
			agreements.sign(agreement, started().profiles[0], here.next)


def test_the_new_group_starts_with_its_cycle_and_the_old_one_ends_with_its():
	here = offered()
	say(here, "Yes", "Yes")
	for day in (CLOSES, CLOSES + timedelta(days=1), date(2031, 12, 31)):
		with on(day, hour=1):
			job.process_cycles()
	assert frappe.db.get_value("Mentoring Cycle", here.next, "status") == "Matching"
	assert (stored(here.group).status, new_group(here).status) == ("Active", "Proposed")
	with on(date(2032, 1, 1), hour=1):
		job.process_cycles()
	assert (stored(here.group).status, new_group(here).status) == ("Completed", "Active")
	assert getdate(new_group(here).start_date) == date(2032, 1, 1)
	assert frappe.db.get_value("Mentoring Cycle", here.cycle, "status") == "Completed"
	assert frappe.db.get_value("Mentoring Cycle", here.next, "status") == "Running"


def test_a_completed_group_may_still_go_on():
	here = offered()
	doc = open_group(here.group)
	doc.status = "Completed"
	doc.save()
	say(here, "Yes", "Yes")
	assert new_group(here)


def test_everyone_is_asked_once_and_reminded_once():
	here = offered("Group", members=3)
	run(OPENS)
	assert sorted(told(templates.EXTENSION_OFFER)) == sorted(here.profiles)
	say(here, "", "Yes")
	for day in (ASKED, CLOSES - timedelta(days=7), CLOSES - timedelta(days=3), CLOSES):
		run(day)
	assert sorted(told(templates.EXTENSION_OFFER)) == sorted(here.profiles)
	assert sorted(told(templates.EXTENSION_REMINDER)) == sorted(set(here.profiles) - {here.profiles[1]})


def test_where_it_stands_is_seen():
	here = offered()
	say(here, "Yes")
	with on(ASKED):
		state = extension.state(here.group, here.profiles[0])
	assert (state["next_cycle"], state["until"], state["mine"]) == (here.next, CLOSES, "Yes")
	assert [row["said"] for row in state["answers"]] == ["Yes", ""]


def test_what_keeps_a_group_from_starting_is_told_and_tried_again():
	here = offered("Group", members=2, moderator=True, requires_moderator=1)
	for record in here.mentees:
		frappe.db.set_value("Mentee", record.name, "willing_to_moderate", 0)
	say(here, "Yes", "Yes", "Yes")
	new = new_group(here)
	frappe.db.set_value("Mentoring Group Member", {"parent": new.name}, "is_moderator", 0)
	frappe.db.set_value("Mentoring Cycle", here.next, "status", "Running")
	for _night in range(2):
		with on(date(2032, 1, 2)):
			job.start_groups()
	assert new_group(here).status == "Proposed"
	assert told(templates.EXTENSION_STUCK) == ["coordinator@example.org"]
	frappe.db.set_value("Mentoring Group Member", new.members[0].name, "is_moderator", 1)
	with on(date(2032, 1, 3)):
		assert job.start_groups() == 1


def test_opening_a_cycle_has_the_job_run_once_it_is_committed(monkeypatch):
	enqueued = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **options: enqueued.append(method))
	here = started()
	frappe.db.after_commit.reset()
	frappe.flags.pop(PLANNED, None)
	with on(OPENS):
		next_cycle_of(here.program)
	assert enqueued == []
	frappe.db.after_commit.run()
	assert "mentor_ispe.jobs.cycles.process_next_cycles" in enqueued
