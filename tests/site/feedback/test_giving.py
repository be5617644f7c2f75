"""Giving feedback: who may, once, until when, and who reads it."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.api import feedback as api
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs import groups as job
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.feedback import queries
from mentor_ispe.services.groups import ending
from tests import factories as make
from tests.site.feedback.groups import (
	START,
	at,
	days_after,
	hold_session,
	make_moderator,
	requests_of,
	start_group,
)

FEEDBACK, REQUEST = "Mentoring Feedback", "Mentoring Feedback Request"
TWO_MONTHS = days_after(59)


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


@pytest.fixture
def asked():
	"""A pair that was asked for its check-ins, half a day ago."""
	pair = start_group()
	with at(TWO_MONTHS, hour=2):
		job.process_feedback()
	with at(TWO_MONTHS, hour=12):
		yield pair


def test_an_answer_closes_its_request(asked):
	(request,) = queries.my_requests(asked.mentor)
	given = feedback.give(asked.mentor, {"rating": 0.8, "going": "On Track"}, request=request.name)
	assert (given.kind, given.mentoring_group, given.cycle) == ("Check-in", asked.name, asked.cycle)
	stored = frappe.get_doc(REQUEST, request.name)
	assert stored.status == "Given"
	assert stored.given_on
	assert queries.my_requests(asked.mentor) == []


def test_an_answer_without_naming_the_request_closes_it_as_well(asked):
	given = feedback.give(asked.mentor, {"comment": "Fine"}, kind="Check-in", group=asked.name)
	assert frappe.db.get_value(REQUEST, given.request, ["profile", "status"]) == (asked.mentor, "Given")


def test_one_answer_to_a_request(asked):
	(request,) = queries.my_requests(asked.mentor)
	feedback.give(asked.mentor, {"rating": 0.8}, request=request.name)
	for how in ({"request": request.name}, {"kind": "Check-in", "group": asked.name}):
		with pytest.raises(RuleViolation):
			feedback.give(asked.mentor, {"rating": 0.2}, **how)
	assert frappe.db.count(FEEDBACK, {"mentoring_group": asked.name}) == 1


def test_late_feedback_is_accepted_after_it_was_missed(asked):
	(request,) = queries.my_requests(asked.mentor)
	frappe.db.set_value(REQUEST, request.name, "status", "Missed")
	assert [row.status for row in queries.my_requests(asked.mentor)] == ["Missed"]
	with at(days_after(60, TWO_MONTHS)):
		feedback.give(asked.mentor, {"comment": "Sorry for being late"}, request=request.name)
	assert frappe.db.get_value(REQUEST, request.name, "status") == "Given"


def test_the_answer_to_a_request_of_another(asked):
	(request,) = queries.my_requests(asked.mentor)
	with pytest.raises(frappe.PermissionError):
		feedback.give(asked.mentees[0], {"rating": 0.2}, request=request.name)
	with pytest.raises(frappe.PermissionError):
		feedback.give(asked.mentees[0], {"rating": 0.2}, request="no such request")


def test_the_update_of_the_mentor_answers_what_the_moderator_was_asked():
	group = start_group(people=2)
	make_moderator(group, group.mentees[0])
	with at(TWO_MONTHS, hour=2):
		job.process_feedback()
	with at(TWO_MONTHS, hour=12):
		with pytest.raises(RuleViolation, match="moderator or the mentor"):
			feedback.give(group.mentees[1], {"comment": "All well"}, kind="Group Update", group=group.name)
		feedback.give(group.mentor, {"comment": "All well"}, kind="Group Update", group=group.name)
	assert requests_of(group) == [("Group Update", group.mentees[0], "Given")]


def test_session_feedback_is_given_once_by_those_who_were_there():
	group = start_group(people=2)
	session = hold_session(group, days_after(5), absent=(group.mentees[0],))
	planned = hold_session(group, days_after(40), status="Planned")
	other = hold_session(start_group(), days_after(5))
	about = {"kind": "Session", "group": group.name}
	with at(days_after(6)):
		feedback.give(group.mentor, {"rating": 1}, session=session, **about)
		for profile, which in (
			(group.mentor, session),
			(group.mentees[0], session),
			(group.mentees[1], planned),
			(group.mentees[1], other),
			(group.mentees[1], None),
		):
			with pytest.raises(RuleViolation):
				feedback.give(profile, {"rating": 1}, session=which, **about)
	with at(days_after(100)), pytest.raises(RuleViolation, match="already"):
		feedback.give(group.mentor, {"rating": 0.2}, session=session, **about)


def test_closing_feedback_comes_when_the_group_has_ended():
	pair = start_group()
	with at(days_after(90)):
		with pytest.raises(RuleViolation, match="once the group has ended"):
			feedback.give(pair.mentor, {"rating": 1}, kind="Closing", group=pair.name)
		ending.end_early(pair.name, "Goals met")
		feedback.give(pair.mentor, {"rating": 1}, kind="Closing", group=pair.name)
		with pytest.raises(RuleViolation):
			feedback.give(pair.mentor, {"rating": 1}, kind="Closing", group=pair.name)


def test_feedback_of_strangers_and_of_those_who_never_joined():
	pair, other = start_group(), start_group()
	with at(days_after(10)):
		for kind in ("Check-in", "Success Story"):
			with pytest.raises(RuleViolation, match="Only participants can give"):
				feedback.give(other.mentor, {"comment": "Hello"}, kind=kind, group=pair.name)
		with pytest.raises(RuleViolation, match="Only participants can give"):
			feedback.give(other.mentor, {"comment": "Hello"}, kind="Program", cycle=pair.cycle)
		rejected = make.make_mentee(make.make_cycle().name, approved=False)
		with pytest.raises(RuleViolation, match="Only participants can give"):
			feedback.give(rejected.profile, {"comment": "Hello"}, kind="Program", cycle=rejected.cycle)


def test_empty_words_and_ratings_that_are_none(asked):
	for values in ({}, {"comment": " "}, {"rating": 4}, {"staff_rating": -1}):
		with pytest.raises(RuleViolation):
			feedback.give(asked.mentor, values, kind="Check-in", group=asked.name)


@pytest.mark.parametrize("field", ["profile", "request", "owner", "creation", "kind"])
def test_smuggled_fields_are_refused(asked, field):
	with pytest.raises(RuleViolation, match="no field"):
		feedback.give(asked.mentor, {"rating": 1, field: "x"}, kind="Check-in", group=asked.name)


def test_an_answer_is_changed_for_as_long_as_the_program_gives_to_answer(asked):
	given = feedback.give(asked.mentor, {"rating": 0.4}, kind="Check-in", group=asked.name)
	with at(days_after(14, TWO_MONTHS)):
		assert feedback.change(asked.mentor, given.name, {"rating": 0.8}).rating == 0.8
	with at(days_after(15, TWO_MONTHS)), pytest.raises(RuleViolation, match="could be changed until"):
		feedback.change(asked.mentor, given.name, {"rating": 1})
	with pytest.raises(frappe.PermissionError):
		feedback.change(asked.mentees[0], given.name, {"rating": 1})


def test_what_an_answer_is_about_stays(asked):
	given = feedback.give(asked.mentor, {"rating": 0.4}, kind="Check-in", group=asked.name)
	other = start_group()
	doc = frappe.get_doc(FEEDBACK, given.name)
	doc.update(
		{"profile": asked.mentees[0], "kind": "Closing", "mentoring_group": other.name, "request": None}
	)
	doc.save()
	assert (doc.profile, doc.kind, doc.mentoring_group) == (asked.mentor, "Check-in", asked.name)
	assert doc.request == given.request


def test_program_feedback_is_not_for_the_group(asked):
	given = feedback.give(
		asked.mentor, {"comment": "Match earlier"}, kind="Program", group=asked.name, cycle=asked.cycle
	)
	assert not given.mentoring_group


def test_stories_are_shown_only_with_consent_which_can_be_taken_back(asked):
	published = feedback.tell_story(asked.mentor, "We did it", group=asked.name, may_publish=True)
	feedback.tell_story(asked.mentees[0], "Only for us", group=asked.name)
	assert [story.comment for story in queries.stories(asked.program)] == ["We did it"]
	assert [story.comment for story in queries.stories(cycle=asked.cycle)] == ["We did it"]
	assert queries.stories(start_group().program) == []
	with at(days_after(300, TWO_MONTHS)):
		feedback.change(asked.mentor, published.name, {"may_publish": 0})
		with pytest.raises(RuleViolation):
			feedback.change(asked.mentor, published.name, {"may_publish": 1})
	assert queries.stories(asked.program) == []


def test_consent_belongs_to_stories_only(asked):
	given = feedback.give(
		asked.mentor, {"comment": "Well", "may_publish": 1}, kind="Check-in", group=asked.name
	)
	assert not given.may_publish
	assert queries.stories(asked.program) == []


def test_ones_own_private_words_come_back_to_the_writer_only(asked):
	private = {"staff_comment": "I want out", "staff_rating": 0.2, "going": "Not Working"}
	feedback.give(asked.mentor, {"comment": "Fine", **private}, kind="Check-in", group=asked.name)
	(mine,) = queries.my_feedback(asked.mentor)
	assert {field: mine[field] for field in private} == private
	assert mine["change_until"] == days_after(14, TWO_MONTHS)
	assert queries.my_feedback(asked.mentees[0]) == []
	assert all(not set(row) & set(private) for row in queries.group_feedback(asked.name))


def test_a_request_is_not_given_by_its_status(asked):
	(request,) = queries.my_requests(asked.mentor)
	doc = frappe.get_doc(REQUEST, request.name)
	doc.status = "Given"
	with pytest.raises(RuleViolation):
		doc.save()
	doc.reload()
	doc.update({"status": "Waived", "profile": asked.mentees[0], "due_on": START, "reminders": 9})
	doc.save()
	assert (doc.status, doc.profile, doc.reminders) == ("Waived", asked.mentor, 0)


def test_the_api_acts_for_the_person_signed_in(asked):
	user = make.make_user(roles=["Mentoring Member"]).name
	frappe.db.set_value("Mentoring Profile", asked.mentor, "user", user)
	frappe.set_user(user)
	(request,) = api.my_requests()
	answered = api.give({"rating": 0.6, "staff_comment": "Quietly"}, request=request["name"])
	assert answered["request"] == request["name"]
	assert api.change(answered["name"], '{"rating": 0.8}')["name"] == answered["name"]
	assert api.my_feedback()[0]["staff_comment"] == "Quietly"
	assert "staff_comment" not in api.group_feedback(asked.name)[0]
	assert api.tell_story("We met", group=asked.name, may_publish=1)["kind"] == "Success Story"
	with pytest.raises(frappe.PermissionError):
		api.group_feedback(start_of_another_group())


def start_of_another_group() -> str:
	user = frappe.session.user
	frappe.set_user("Administrator")
	try:
		return start_group().name
	finally:
		frappe.set_user(user)
