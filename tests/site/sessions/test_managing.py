"""Who moves and cancels meetings and closes action items; everybody reads who it was."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import get_datetime

from mentor_ispe.mails import rendering
from mentor_ispe.mails.default_templates.sessions import SESSION_CANCELLED, SESSION_CHANGED
from mentor_ispe.services.polls import polling
from mentor_ispe.services.sessions import action_items, planning, queries, recording
from tests import factories as make

TIME, LATER = "2031-03-04 17:00:00", "2031-03-05 17:00:00"


@pytest.fixture
def group():
	"""A mentor, a mentee who moderates, and one who doesn't, each with a login."""
	return group_of()


def group_of(**program):
	program = {"format": "Group", "group_size_min": 1, **program}
	cycle = make.make_cycle(make.make_program(**program).name, end_date="2032-01-01")
	made = make.make_active_group(cycle=cycle.name)
	for profile in made.people:
		user = make.make_user(roles=["Mentoring Member"]).name
		frappe.db.set_value("Mentoring Profile", profile, "user", user)
	row = frappe.db.get_value("Mentoring Group Member", {"parent": made.name, "profile": made.people[1]})
	frappe.db.set_value("Mentoring Group Member", row, "is_moderator", 1)
	return made


def sign_in(profile: str) -> None:
	frappe.set_user(frappe.db.get_value("Mentoring Profile", profile, "user"))


def mail_to(profile: str, template: str):
	context = frappe.get_all(
		"Mentoring Notice",
		{"template": template, "profile": profile},
		pluck="context",
		order_by="creation desc",
	)[0]
	return rendering.render(template, context, profile).message


def test_mentor_and_moderator_move_and_cancel_others_dont(group):
	mentor, moderator, mentee = group.people[:3]
	meeting = make.make_session(group.name, TIME).name
	with pytest.raises(frappe.PermissionError, match="or suggest another time"):
		planning.change(meeting, by=mentee, starts_on=LATER)
	with pytest.raises(frappe.PermissionError):
		planning.cancel(meeting, "Mine", by=mentee)
	assert planning.change(meeting, by=mentee, agenda="<p>Careers</p>", starts_on=TIME).agenda
	planning.change(meeting, by=moderator, starts_on=LATER)
	planning.cancel(meeting, "Ana is ill", by=mentor)
	with pytest.raises(frappe.PermissionError):
		planning.plan_again(meeting, LATER, by=mentee)
	assert planning.plan_again(meeting, TIME, by=moderator).status == "Planned"


@pytest.mark.parametrize(
	"values", [{"link": "https://example.org/x"}, {"duration_minutes": 90}, {"host": True}]
)
def test_place_length_and_host_are_part_of_moving(group, values):
	mentee = group.people[2]
	meeting = make.make_session(group.name, TIME).name
	values = {key: mentee if value is True else value for key, value in values.items()}
	with pytest.raises(frappe.PermissionError):
		planning.change(meeting, by=mentee, **values)


def test_a_program_may_leave_it_to_everybody():
	group = group_of(meetings_managed_by="Everybody")
	meeting = make.make_session(group.name, TIME).name
	assert planning.cancel(meeting, "Ill", by=group.people[2]).status == "Cancelled"


def test_host_and_planner_move_their_own_meeting(group):
	mentee = group.people[2]
	hosted = make.make_session(group.name, TIME, host=mentee).name
	planning.change(hosted, by=mentee, duration_minutes=90)
	sign_in(mentee)
	planned = planning.plan(group.name, LATER).name
	assert planning.cancel(planned, "Ill", by=mentee).status == "Cancelled"


def test_everybody_reads_who_moved_and_cancelled_it(group):
	mentor, moderator, mentee = group.people[:3]
	meeting = make.make_session(group.name, TIME).name
	sign_in(moderator)
	name = frappe.db.get_value("Mentoring Profile", moderator, "full_name")
	planning.change(meeting, by=moderator, starts_on=LATER)
	assert f"{name} changed a planned meeting" in mail_to(mentee, SESSION_CHANGED)
	assert queries.agenda(meeting, mentee)["changed_by_name"] == name
	sign_in(mentor)
	planning.cancel(meeting, "Ill", by=mentor)
	name = frappe.db.get_value("Mentoring Profile", mentor, "full_name")
	assert f"{name} canceled the meeting" in mail_to(mentee, SESSION_CANCELLED)
	shown = queries.sessions_of(group.name, mentee)[0]
	assert shown["changed_by_name"] == name
	assert "changed_by" not in shown, "a login is an address"


def test_nobody_says_that_somebody_else_moved_it(group):
	meeting = planning.open_meeting(make.make_session(group.name, TIME).name)
	meeting.update({"starts_on": LATER, "changed_by": "Guest"})
	assert meeting.save().changed_by == "Administrator"
	meeting.update({"agenda": "<p>x</p>", "changed_by": None})
	assert meeting.save().changed_by == "Administrator"


def test_somebody_elses_action_item_is_closed_by_those_who_manage(group):
	mentor, moderator, mentee = group.people[:3]
	meeting = recording.record_unplanned(group.name, make.earlier_today(3)).name
	of_mentor, of_mentee, of_all, another = action_items.add(
		meeting,
		mentor,
		[{"words": "Go", "assigned_to": whose} for whose in (mentor, mentee, None, mentor)],
	)
	with pytest.raises(frappe.PermissionError, match="someone else's"):
		action_items.close(of_mentor, mentee)
	assert action_items.close(of_mentor, moderator) == "Done"
	assert action_items.close(of_mentee, mentee) == "Done"
	assert action_items.close(of_all, mentee) == "Done"
	assert action_items.close(another, mentor, "Dropped") == "Dropped"
	shown = {item["name"]: item["closed_by_name"] for item in action_items.of_group(group.name, mentee)}
	assert shown[of_mentor] == frappe.db.get_value("Mentoring Profile", moderator, "full_name")


@pytest.mark.parametrize("agrees", [True, False])
def test_a_poll_moves_a_meeting_when_somebody_who_may_can_come(group, agrees):
	mentor, moderator, mentee = group.people[:3]
	rest = group.people[3:]
	meeting = make.make_session(group.name, TIME).name
	times = ["2031-03-06 17:00:00", "2031-03-07 17:00:00"]
	poll = polling.open_poll(
		group.name, mentee, times, get_datetime("2031-03-05 12:00:00"), session=meeting
	).name
	for person in rest:
		polling.answer(poll, person, [1, 2])
	polling.answer(poll, mentor, [2] if agrees else [])
	done = polling.answer(poll, moderator, [])
	moved = str(frappe.db.get_value("Mentoring Session", meeting, "starts_on"))
	assert (done.status, moved) == (("Decided", times[1]) if agrees else ("Closed", TIME))
	if agrees:
		assert frappe.db.get_value("Mentoring Session", meeting, "changed_by") == frappe.db.get_value(
			"Mentoring Profile", mentee, "user"
		)
