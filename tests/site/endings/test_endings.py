"""Groups that end early, members who leave, and what that means for them and for the others."""

from __future__ import annotations

from datetime import date

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates import groups, matches
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import ending
from mentor_ispe.services.groups.commands import open_group, propose
from mentor_ispe.services.membership.commands import suspend_person
from mentor_ispe.services.sessions import planning
from tests import factories as make
from tests.site.endings.groups import RUNNING, on, person, started, stored, told


def mentee_of(here, number: int = 0):
	return frappe.get_doc("Mentee", here.mentees[number].name)


@pytest.fixture
def request_of():
	def make_request(here, profile: str, kind: str, status: str = "Open"):
		doc = frappe.new_doc("Mentoring Feedback Request")
		doc.update(
			{
				"request_key": frappe.generate_hash(),
				"profile": profile,
				"kind": kind,
				"cycle": here.cycle,
				"mentoring_group": here.group,
				"due_on": RUNNING,
				"status": status,
			}
		)
		return doc.insert().name

	return make_request


@pytest.mark.parametrize("side", [0, 1, None])
def test_either_side_of_a_pair_and_a_coordinator_end_it(side):
	here = started()
	with on(RUNNING):
		ending.end(
			here.group, "Not Working", "We never met", by=here.profiles[side] if side is not None else None
		)
	doc = stored(here.group)
	assert (doc.status, doc.end_kind, doc.end_reason) == ("Ended Early", "Not Working", "We never met")
	assert doc.end_date == RUNNING
	mentee = mentee_of(here)
	assert (mentee.status, mentee.mentoring_group) == ("Approved", None)
	assert mentee.waiting_since
	assert frappe.parse_json(mentee.declined_mentors) == [here.mentor.name]
	assert frappe.db.get_value("Mentor", here.mentor.name, ["status", "seats_taken"]) == ("Approved", 0)
	assert sorted(told(matches.SEAT_ENDED)) == sorted(here.profiles)
	assert told(groups.ENDED_EARLY) == ["coordinator@example.org"]


def test_the_pair_is_not_put_together_again_in_this_cycle():
	here = started()
	ending.end(here.group, "Goals Met", "Done", by=here.profiles[0])
	with pytest.raises(RuleViolation) as refused:
		propose(here.cycle, [here.mentees[0].name], here.mentor.name)
	assert refused.value.codes == ["declined_before"]
	with on(RUNNING):
		other = make.make_mentor(here.cycle, profile=person().name)
		assert propose(here.cycle, [here.mentees[0].name], other.name).status == "Proposed"


@pytest.mark.parametrize(
	"end",
	[
		lambda here: commands.withdraw("Mentor", here.mentor.name, "Moving"),
		lambda here: ending.end_early(here.group, "Over"),
	],
)
def test_a_group_that_ends_sets_its_mentor_apart_from_everyone(end):
	here = started("Group", members=3)
	suspend_person(here.profiles[2], "Lapsed")
	end(here)
	for number in range(3):
		apart = frappe.parse_json(mentee_of(here, number).declined_mentors or "[]")
		still_with_members = stored(here.group).status == "Active"
		assert apart == [here.mentor.name] or (
			still_with_members and stored(here.group).mentors[0].status != "Active"
		)


def test_a_completed_group_sets_nobody_apart():
	here = started()
	group_commands.complete(here.group)
	assert not mentee_of(here).declined_mentors
	assert told(groups.GROUP_COMPLETED) == here.profiles


def test_one_member_ends_no_group_but_leaves_it():
	here = started("Group", members=3)
	with pytest.raises(RuleViolation, match="leave it instead"):
		ending.end(here.group, "Not Working", "Dull", by=here.profiles[1])
	ending.leave(here.group, here.profiles[1], "Dull")
	doc = stored(here.group)
	assert [row.status for row in doc.members] == ["Withdrawn", "Active", "Active"]
	assert doc.status == "Active"
	assert mentee_of(here).status == "Approved"
	assert frappe.parse_json(mentee_of(here).declined_mentors) == [here.mentor.name]
	assert sorted(told(groups.MEMBER_LEFT)) == sorted([here.profiles[0], *here.profiles[2:]])
	assert told(groups.GROUP_SMALL) == []
	ending.leave(here.group, here.profiles[2], "Dull too")
	assert told(groups.GROUP_SMALL) == ["coordinator@example.org"]


def test_a_circle_goes_on_until_nobody_is_left():
	here = started("Peer Circle", members=3)
	for profile in here.profiles[:2]:
		ending.leave(here.group, profile, "No time")
	assert stored(here.group).status == "Active"
	assert not mentee_of(here).declined_mentors
	with pytest.raises(RuleViolation, match="ask the coordinators"):
		ending.end(here.group, "Not Working", "Alone", by=here.profiles[2])
	ending.leave(here.group, here.profiles[2], "Alone")
	doc = stored(here.group)
	assert (doc.status, doc.end_kind, doc.end_reason) == ("Ended Early", "Something Else", "Alone")


@pytest.mark.parametrize("side", [0, 1])
def test_nobody_leaves_what_ends_without_them(side):
	here = started()
	with pytest.raises(RuleViolation, match="End it instead"):
		ending.leave(here.group, here.profiles[side], "Bye")


@pytest.mark.parametrize(
	("kind", "reason"),
	[("", "x"), ("Nonsense", "x"), ("Reassigned", "x"), ("Not Working", ""), ("Not Working", " ")],
)
def test_an_ending_is_of_a_kind_and_has_a_reason(kind, reason):
	here = started()
	with pytest.raises(RuleViolation):
		ending.end(here.group, kind, reason, by=here.profiles[0])
	assert stored(here.group).status == "Active"


def test_strangers_and_those_who_left_end_nothing():
	here, other = started("Group", members=3), started()
	ending.leave(here.group, here.profiles[1], "No time")
	for profile in (here.profiles[1], other.profiles[0]):
		with pytest.raises(RuleViolation, match="have no place"):
			ending.end(here.group, "Not Working", "x", by=profile)
		with pytest.raises(RuleViolation, match="have no place"):
			ending.leave(here.group, profile, "x")


def test_a_proposed_group_is_not_ended():
	here = started()
	ending.end(here.group, "Not Working", "x")
	with pytest.raises(RuleViolation, match="Ended Early"):
		ending.end(here.group, "Not Working", "x")


def test_goals_met_and_the_mentee_is_done_at_once():
	here = started()
	ending.end(here.group, "Goals Met", "All reached", by=here.profiles[1], finished=True)
	mentee = mentee_of(here)
	assert (mentee.status, mentee.waiting_since, mentee.mentoring_group) == ("Completed", None, None)
	assert frappe.db.get_value("Mentoring Cycle", here.cycle, "places_taken") == 1


def test_goals_met_and_the_mentee_says_later_that_they_are_done():
	here = started()
	ending.end(here.group, "Goals Met", "All reached", by=here.profiles[0])
	assert mentee_of(here).status == "Approved"
	assert ending.may_finish(here.profiles[1], here.cycle)
	ending.finish(here.profiles[1], here.cycle)
	assert mentee_of(here).status == "Completed"
	assert not ending.may_finish(here.profiles[1], here.cycle)


def test_only_goals_that_were_met_let_somebody_finish():
	here = started()
	with pytest.raises(RuleViolation, match="Only a mentee"):
		ending.end(here.group, "Not Working", "x", by=here.profiles[1], finished=True)
	with pytest.raises(RuleViolation, match="Only a mentee"):
		ending.end(here.group, "Goals Met", "x", by=here.profiles[0], finished=True)
	ending.end(here.group, "Not Working", "x", by=here.profiles[1])
	assert not ending.may_finish(here.profiles[1], here.cycle)
	with pytest.raises(RuleViolation, match="after your group ended"):
		ending.finish(here.profiles[1], here.cycle)
	record = mentee_of(here)
	record.status = "Completed"
	with pytest.raises(RuleViolation) as refused:
		record.save()
	assert refused.value.codes == ["status_by_group"]


def test_planned_meetings_are_cancelled_and_past_ones_stay():
	here = started()
	with on(date(2031, 4, 1)):
		past, planned = (
			planning.plan(here.group, moment) for moment in ("2031-05-01 10:00:00", "2031-07-01 10:00:00")
		)
	with on(RUNNING):
		ending.end(here.group, "Too Little Time", "Busy", by=here.profiles[0])
	assert frappe.db.get_value("Mentoring Session", planned.name, "status") == "Cancelled"
	assert frappe.db.get_value("Mentoring Session", past.name, "status") == "Planned"


def test_only_the_closing_feedback_is_still_asked_for(request_of):
	here = started()
	names = {
		kind: request_of(here, here.profiles[1], kind)
		for kind in ("Session", "Check-in", "Closing", "Program")
	}
	given = request_of(here, here.profiles[1], "Check-in")
	frappe.db.set_value("Mentoring Feedback Request", given, "status", "Given")
	ending.end(here.group, "Too Little Time", "Busy", by=here.profiles[0])
	now = {
		kind: frappe.db.get_value("Mentoring Feedback Request", name, "status")
		for kind, name in names.items()
	}
	assert now == {"Session": "Waived", "Check-in": "Waived", "Closing": "Open", "Program": "Open"}
	assert frappe.db.get_value("Mentoring Feedback Request", given, "status") == "Given"


def test_who_leaves_owes_no_more_feedback_and_the_others_still_do(request_of):
	here = started("Group", members=3)
	left, stays = (request_of(here, profile, "Session") for profile in here.profiles[1:3])
	ending.leave(here.group, here.profiles[1], "No time")
	assert frappe.db.get_value("Mentoring Feedback Request", left, "status") == "Waived"
	assert frappe.db.get_value("Mentoring Feedback Request", stays, "status") == "Open"


def test_who_withdraws_from_the_cycle_is_not_told_that_they_wait():
	here = started()
	commands.withdraw("Mentee", here.mentees[0].name, "Moving")
	rows = frappe.get_all("Mentoring Notice", {"template": matches.SEAT_ENDED}, ["profile", "context"])
	waits = {row.profile: frappe.parse_json(row.context)["waits_again"] for row in rows}
	assert waits == {here.profiles[0]: False, here.profiles[1]: False}
	assert frappe.db.get_value("Mentee", here.mentees[0].name, "status") == "Withdrawn"


def test_an_ending_through_the_form_has_the_same_consequences():
	here = started()
	doc = open_group(here.group)
	doc.update({"status": "Ended Early", "end_reason": "By phone", "end_kind": "Reassigned"})
	doc.save()
	assert mentee_of(here).status == "Approved"
	assert stored(here.group).end_kind == "Reassigned"
	assert told(groups.ENDED_EARLY)


def test_a_mentor_who_withdraws_leaves_a_group_that_coordinators_look_after():
	here = started("Group", members=3)
	commands.withdraw("Mentor", here.mentor.name, "Moving")
	assert stored(here.group).status == "Active"
	assert told(groups.GROUP_WITHOUT_MENTOR) == ["coordinator@example.org"]
	assert sorted(told(groups.MEMBER_LEFT)) == sorted(here.profiles[1:])
