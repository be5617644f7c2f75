"""A No and a Maybe reach the others, and become the next step of whoever planned the meeting."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.domain.sessions.meetings import needs_another_time
from mentor_ispe.mails import rendering
from mentor_ispe.mails.default_templates.sessions import MEETING_DECLINED
from mentor_ispe.services.members.next_steps import next_steps
from mentor_ispe.services.sessions import planning
from tests import factories as make


@pytest.fixture
def group():
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name, end_date="2032-01-01")
	return make.make_active_group(cycle=cycle.name)


def told(meeting) -> list[str]:
	rows = frappe.get_all(
		"Mentoring Notice", {"template": MEETING_DECLINED, "reference_name": meeting.name}, pluck="profile"
	)
	return sorted(rows)


@pytest.mark.parametrize(("said", "words"), [("No", "can't come"), ("Maybe", "may not be able to come")])
def test_the_others_are_told_once(group, said, words):
	meeting = make.make_session(group.name, "2031-03-04 17:00:00")
	one = group.people[1]
	for _again in range(2):
		planning.answer(meeting.name, one, said)
	assert told(meeting) == sorted({group.people[0], group.people[2]})
	notice = frappe.get_all(
		"Mentoring Notice",
		{"template": MEETING_DECLINED},
		["context", "profile"],
		limit=1,
		order_by="creation desc",
	)[0]
	assert words in rendering.render(MEETING_DECLINED, notice.context, notice.profile).subject


def test_a_yes_is_no_mail(group):
	meeting = make.make_session(group.name, "2031-03-04 17:00:00")
	planning.answer(meeting.name, group.people[1], "Yes")
	assert told(meeting) == []


def test_of_a_moved_meeting_the_others_are_told_anew(group):
	meeting = make.make_session(group.name, "2031-03-04 17:00:00")
	planning.answer(meeting.name, group.people[1], "No")
	planning.change(meeting.name, starts_on="2031-03-05 17:00:00")
	planning.answer(meeting.name, group.people[1], "No")
	assert len(told(meeting)) == 4


def test_when_too_few_can_come_whoever_planned_it_is_asked_for_another_time(group):
	user = make.make_user(roles=["Mentoring Member"]).name
	frappe.db.set_value("Mentoring Profile", group.people[0], "user", user)
	frappe.set_user(user)
	meeting = planning.plan(group.name, "2031-03-04 17:00:00")

	def asked(profile):
		return [step.link for step in next_steps(profile) if step.kind == "Declined"]

	planning.answer(meeting.name, group.people[1], "No")
	assert asked(group.people[0]) == [], "two of three can meet"
	planning.answer(meeting.name, group.people[2], "No")
	assert len(asked(group.people[0])) == 1
	assert meeting.name in asked(group.people[0])[0]
	assert asked(group.people[1]) == []
	planning.change(meeting.name, starts_on="2031-03-05 17:00:00")
	assert asked(group.people[0]) == []


@pytest.mark.parametrize(
	("answers", "needs"),
	[
		(["", "No"], True),
		(["Yes", "Maybe"], False),
		(["Yes", "No", ""], False),
		(["Yes", "No", "No"], True),
		([], False),
	],
)
def test_half_of_the_people(answers, needs):
	assert needs_another_time(answers) is needs
