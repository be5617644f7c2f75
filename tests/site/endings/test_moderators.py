"""The moderator: chosen from willing members, handed over, missed when gone, with a queue of their own."""

from __future__ import annotations

from datetime import date, datetime

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import groups as templates
from mentor_ispe.services.groups import charter, ending, moderators
from mentor_ispe.services.groups.moderator_queue import queue
from mentor_ispe.services.membership.commands import restore_person, suspend_person
from mentor_ispe.services.sessions import planning
from tests import factories as make
from tests.http.two_groups import make_agreement
from tests.site.endings.groups import on, started, stored, told
from tests.site.membership.records import counted_queries


def moderated(members: int = 4, **values):
	return started("Group", members=members, moderator=True, requires_moderator=1, **values)


def moderator(group: str) -> str | None:
	row = moderators.moderator_of(stored(group))
	return row and row.profile


def unwilling(here, number: int) -> str:
	frappe.db.set_value("Mentee", here.mentees[number].name, "willing_to_moderate", 0)
	return here.mentees[number].profile


@pytest.mark.parametrize("by", [0, 1, None])
def test_handed_over_by_moderator_mentor_or_coordinator(by):
	here = moderated()
	moderators.hand_over(here.group, here.profiles[2], by=None if by is None else here.profiles[by])
	assert moderator(here.group) == here.profiles[2]
	assert [row.is_moderator for row in stored(here.group).members] == [0, 1, 0, 0]
	assert told(templates.MODERATOR_CHOSEN) == [here.profiles[2]]
	assert told(templates.MODERATOR_RELIEVED) == [here.profiles[1]]


def test_nobody_else_hands_it_over():
	here, other = moderated(), started()
	for profile in (here.profiles[3], other.profiles[0]):
		with pytest.raises(RuleViolation, match="Ask one of them"):
			moderators.hand_over(here.group, profile, by=profile)
	assert moderator(here.group) == here.profiles[1]


def test_m9_a_lapsed_member_takes_over_nothing():
	here = moderated()
	make.lapse(here.profiles[2])
	with pytest.raises(RuleViolation, match="lapsed"):
		moderators.hand_over(here.group, here.profiles[2])
	assert moderator(here.group) == here.profiles[1]


def test_only_somebody_active_and_willing_takes_it():
	here = moderated()
	no = unwilling(here, 1)
	with pytest.raises(RuleViolation, match="hasn't offered to moderate"):
		moderators.hand_over(here.group, no, by=here.profiles[0])
	with pytest.raises(RuleViolation, match="Confirm that you asked"):
		moderators.hand_over(here.group, no)
	suspend_person(here.profiles[3], "Lapsed")
	for profile in (here.profiles[3], here.profiles[0], started().profiles[1]):
		with pytest.raises(RuleViolation, match="active in this group"):
			moderators.hand_over(here.group, profile)
	moderators.hand_over(here.group, no, unwilling_too=True)
	assert moderator(here.group) == no


@pytest.mark.parametrize(
	"go",
	[
		lambda here: ending.leave(here.group, here.profiles[1], "No time"),
		lambda here: suspend_person(here.profiles[1], "Lapsed"),
	],
)
def test_a_group_without_its_moderator_has_one_chosen(go):
	here = moderated()
	unwilling(here, 3)
	go(here)
	assert moderator(here.group) is None
	assert told(templates.MODERATOR_MISSING) == ["coordinator@example.org"]
	assert told(templates.CHOOSE_MODERATOR) == [here.profiles[0]]
	said = frappe.parse_json(
		frappe.db.get_value("Mentoring Notice", {"template": templates.CHOOSE_MODERATOR}, "context")
	)
	assert len(said["willing"]) == 2
	moderators.hand_over(here.group, here.profiles[2], by=here.profiles[0])
	restore_person(here.profiles[1])
	assert moderator(here.group) == here.profiles[2]


def test_a_suspended_moderator_is_it_again_after_the_renewal():
	here = moderated()
	suspend_person(here.profiles[1], "Lapsed")
	restore_person(here.profiles[1])
	assert moderator(here.group) == here.profiles[1]
	assert told(templates.MODERATOR_CHOSEN) == []


def test_a_circle_finds_its_moderator_among_the_peers():
	here = started("Peer Circle", members=3)
	moderators.hand_over(here.group, here.profiles[1], by=here.profiles[0])
	assert moderator(here.group) == here.profiles[1]
	with pytest.raises(RuleViolation, match="Ask one of them"):
		moderators.hand_over(here.group, here.profiles[2], by=here.profiles[2])


# ---- the queue


def kinds(profile: str, day: date) -> list[str]:
	with on(day):
		return [task["kind"] for group in queue(profile) for task in group.tasks]


def roles(profile: str) -> list[str]:
	return [group.role for group in queue(profile)]


def test_the_queue_is_the_moderators_else_the_mentors():
	here = moderated()
	assert [roles(profile) for profile in here.profiles] == [[], ["Moderator"], [], [], []]
	suspend_person(here.profiles[1], "Lapsed")
	assert [roles(profile) for profile in here.profiles] == [["Mentor"], [], [], [], []]


def test_in_a_pair_it_is_the_mentees_and_in_a_circle_everyones():
	pair, circle = started(), started("Peer Circle", members=3)
	assert [roles(profile) for profile in pair.profiles] == [[], ["Mentee"]]
	assert [roles(profile) for profile in circle.profiles] == [["Peer"]] * 3


def test_what_there_is_to_do_from_meeting_to_meeting():
	here = moderated()
	keeper, quiet = here.profiles[1], here.profiles[4]
	with on(date(2031, 1, 2)):
		version = charter.read(here.group)["version"]
		charter.write(here.group, keeper, {"charter_place": "Library"}, version)
		for profile in here.profiles[:-1]:
			charter.agree(here.group, profile, charter.read(here.group)["version"])
	assert kinds(keeper, date(2031, 1, 3)) == ["Schedule", "Agree Charter"]
	with on(date(2031, 1, 3)):
		tasks = queue(keeper)[0].tasks
		assert len(tasks[1]["people"]) == 1
		charter.agree(here.group, quiet, charter.read(here.group)["version"])
		first = planning.plan(here.group, datetime(2031, 1, 20, 10))
	assert kinds(keeper, date(2031, 1, 4)) == []
	assert kinds(keeper, date(2031, 1, 10)) == ["Prepare"]
	with on(date(2031, 1, 10)):
		planning.change(first.name, agenda="<p>Careers</p>")
	assert kinds(keeper, date(2031, 1, 11)) == []
	assert kinds(keeper, date(2031, 1, 21)) == ["Record", "Schedule"]
	for day, name in ((21, first.name), (25, None)):
		with on(date(2031, 1, day)):
			came = {profile: {"minutes": 60} for profile in here.profiles if profile != quiet}
			name = name or planning.plan(here.group, datetime(2031, 1, day, 10)).name
			with on(date(2031, 1, day), hour=12):
				record(name, here, came)
	assert kinds(keeper, date(2031, 1, 26)) == ["Schedule", "Quiet"]
	with on(date(2031, 1, 26)):
		third = planning.plan(here.group, datetime(2031, 3, 1, 10))
		assert [task["kind"] for task in queue(keeper)[0].tasks] == ["Quiet"]
		planning.answer(third.name, quiet, "Yes")
		assert queue(keeper)[0].tasks == []


def record(session: str, here, came: dict) -> None:
	doc = frappe.get_doc("Mentoring Session", session)
	doc.status = "Held"
	for row in doc.attendance:
		row.attended = int(row.profile in came)
	doc.save()


def test_feedback_and_agreements_that_are_missing():
	here = moderated()
	program = frappe.get_doc("Mentoring Program", here.program)
	program.append("agreements", {"agreement": make_agreement(), "required_of": "Mentors"})
	program.save()
	frappe.get_doc(
		{
			"doctype": "Mentoring Feedback Request",
			"request_key": frappe.generate_hash(),
			"profile": here.profiles[2],
			"kind": "Session",
			"cycle": here.cycle,
			"mentoring_group": here.group,
			"due_on": "2031-02-01",
		}
	).insert()
	tasks = {task["kind"]: task["people"] for task in queue(here.profiles[1])[0].tasks}
	assert len(tasks["Sign"]) == len(tasks["Remind Feedback"]) == 1
	assert tasks["Sign"] != tasks["Remind Feedback"]


def test_the_number_of_queries_does_not_grow_with_the_groups():
	here = moderated()
	keeper = here.profiles[1]
	queue(keeper)
	with counted_queries() as one:
		queue(keeper)
	user = frappe.db.get_value("Mentee", here.mentees[0].name, "profile")
	assert user == keeper
	for _number in range(3):
		other = moderated()
		frappe.db.set_value(
			"Mentoring Group Member", {"parent": other.group, "is_moderator": 1}, "profile", keeper
		)
	with counted_queries() as four:
		assert len(queue(keeper)) == 4
	assert len(four) == len(one)
