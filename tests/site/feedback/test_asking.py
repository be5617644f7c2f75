"""Feedback is asked for at the program's rhythm, reminded of twice, and then listed as missed."""

from __future__ import annotations

from datetime import date

import frappe
import pytest
from frappe.utils import getdate

from mentor_ispe.jobs import groups as job
from mentor_ispe.mails.default_templates import feedback as mails
from mentor_ispe.services.applications import commands
from mentor_ispe.services.feedback import asking, queries, reminding
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import ending
from mentor_ispe.services.membership.commands import suspend_person
from tests import factories as make
from tests.site.feedback.groups import (
	START,
	at,
	days_after,
	hold_session,
	make_moderator,
	notices,
	requests_of,
	start_group,
)

REQUEST = "Mentoring Feedback Request"
TWO_MONTHS = date(2031, 3, 15)


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def night(day: date) -> dict:
	"""The nightly job of that day."""
	with at(day, hour=2):
		return job.process_feedback()


def test_a_pair_gives_check_ins_every_two_months():
	pair = start_group()
	night(days_after(-1, TWO_MONTHS))
	assert requests_of(pair) == []
	night(TWO_MONTHS)
	both = sorted([pair.mentor, *pair.mentees])
	assert requests_of(pair) == [("Check-in", profile, "Open") for profile in both]
	assert notices(mails.FEEDBACK_ASKED, pair) == both
	assert {getdate(day) for day in frappe.get_all(REQUEST, {"cycle": pair.cycle}, pluck="due_on")} == {
		days_after(14, TWO_MONTHS)
	}


def test_run_again_the_same_night_nobody_is_asked_twice():
	pair = start_group()
	night(TWO_MONTHS)
	assert night(TWO_MONTHS)["asked"] == 0
	assert night(days_after(1, TWO_MONTHS))["asked"] == 0
	assert len(requests_of(pair)) == len(notices(mails.FEEDBACK_ASKED, pair)) == 2


def test_two_jobs_at_once_ask_once(monkeypatch):
	"""Both read before either wrote: the second one's rows are there already."""
	pair = start_group()
	with at(TWO_MONTHS):
		loaded = asking.load([pair.name], TWO_MONTHS)
		asking._ask_in(loaded, asking.rhythms(), TWO_MONTHS)
		asking._ask_in(loaded, asking.rhythms(), TWO_MONTHS)
	assert len(requests_of(pair)) == len(notices(mails.FEEDBACK_ASKED, pair)) == 2


def test_a_job_that_was_dead_for_a_week_asks_late_and_gives_the_same_time_to_answer():
	pair = start_group()
	night(days_after(7, TWO_MONTHS))
	assert len(requests_of(pair)) == 2
	due_on = frappe.get_all(REQUEST, {"cycle": pair.cycle}, pluck="due_on")[0]
	assert getdate(due_on) == days_after(21, TWO_MONTHS)


def test_a_group_gives_one_update_by_its_moderator():
	group = start_group(people=3)
	make_moderator(group, group.mentees[1])
	night(TWO_MONTHS)
	assert requests_of(group) == [("Group Update", group.mentees[1], "Open")]


def test_when_the_moderator_leaves_the_update_is_asked_of_the_mentor():
	group = start_group(people=3)
	make_moderator(group, group.mentees[1])
	night(TWO_MONTHS)
	with at(days_after(3, TWO_MONTHS)):
		commands.withdraw("Mentee", group.parts[1], "A new job")
	night(days_after(4, TWO_MONTHS))
	assert requests_of(group) == sorted(
		[("Group Update", group.mentees[1], "Waived"), ("Group Update", group.mentor, "Open")]
	)


def test_after_a_session_those_who_came_are_asked():
	group = start_group(people=2, session_feedback=1)
	hold_session(group, days_after(5), absent=(group.mentees[0],))
	night(days_after(6))
	came = sorted([group.mentor, group.mentees[1]])
	assert requests_of(group) == [("Session", profile, "Open") for profile in came]


def test_who_spoke_of_a_session_unasked_isnt_asked():
	group = start_group(people=2, session_feedback=1)
	session = hold_session(group, days_after(5))
	with at(days_after(5), hour=20):
		feedback.give(group.mentor, {"rating": 1}, kind="Session", group=group.name, session=session)
	night(days_after(6))
	assert requests_of(group) == [("Session", profile, "Open") for profile in sorted(group.mentees)]


def test_reminded_twice_then_missed():
	pair = start_group()
	night(TWO_MONTHS)
	for days in range(1, 60):
		night(days_after(days, TWO_MONTHS)) if days in (13, 14, 15, 20, 21, 22, 27) else None
	both = sorted([pair.mentor, *pair.mentees])
	assert notices(mails.FEEDBACK_REMINDER, pair) == sorted(both * 2)
	assert requests_of(pair, status="Open") == [("Check-in", profile, "Open") for profile in both]
	night(days_after(28, TWO_MONTHS))
	assert requests_of(pair) == [("Check-in", profile, "Missed") for profile in both]
	assert night(days_after(29, TWO_MONTHS))["reminded"] == 0


def test_who_answered_isnt_reminded():
	pair = start_group()
	night(TWO_MONTHS)
	with at(days_after(2, TWO_MONTHS)):
		(request,) = queries.my_requests(pair.mentor)
		feedback.give(pair.mentor, {"going": "On Track", "comment": "All well"}, request=request.name)
	night(days_after(14, TWO_MONTHS))
	assert notices(mails.FEEDBACK_REMINDER, pair) == pair.mentees


def test_who_is_suspended_is_neither_asked_nor_reminded():
	group = start_group(people=2, session_feedback=1)
	asked, suspended = group.mentees
	hold_session(group, days_after(5))
	night(days_after(5))
	suspend_person(suspended, "lapsed")
	hold_session(group, days_after(15))
	night(days_after(60))
	assert suspended not in notices(mails.FEEDBACK_REMINDER, group)
	assert asked in notices(mails.FEEDBACK_REMINDER, group)
	assert len(requests_of(group, profile=suspended)) == 1
	night(days_after(200))
	assert requests_of(group, profile=suspended) == [("Session", suspended, "Open")]


@pytest.mark.parametrize("how", ["complete", "end_early"])
def test_closing_feedback_is_asked_when_a_group_ends(how):
	pair = start_group()
	end = days_after(100)
	night(TWO_MONTHS)
	with at(end):
		if how == "complete":
			group_commands.complete(pair.name)
		else:
			ending.end_early(pair.name, "Goals met")
	night(days_after(101))
	both = sorted([pair.mentor, *pair.mentees])
	assert requests_of(pair, kind="Closing") == [("Closing", profile, "Open") for profile in both]
	assert requests_of(pair, kind="Check-in") == [("Check-in", profile, "Waived") for profile in both]
	assert frappe.db.get_value("Mentoring Group", pair.name, "status") in ("Completed", "Ended Early")


def test_at_the_cycles_end_everyone_with_a_place_is_asked_about_the_program():
	pair = start_group()
	with at(START):
		never_matched = make.make_mentee(pair.cycle).profile
		rejected = make.make_mentee(pair.cycle, approved=False)
	frappe.db.set_value("Mentee", rejected.name, "status", "Rejected")
	frappe.db.set_value("Mentoring Cycle", pair.cycle, "status", "Running")
	night(days_after(364))
	assert requests_of(pair, kind="Program") == []
	night(days_after(365))
	night(days_after(366))
	expected = sorted([pair.mentor, *pair.mentees, never_matched])
	assert requests_of(pair, kind="Program") == [("Program", profile, "Open") for profile in expected]


def test_a_program_that_asks_nothing_asks_nothing():
	pair = start_group(feedback_every_months=0, closing_feedback=0)
	hold_session(pair, days_after(5))
	night(TWO_MONTHS)
	with at(days_after(100)):
		group_commands.complete(pair.name)
	night(days_after(101))
	assert requests_of(pair) == []


def test_one_group_that_cant_be_worked_out_keeps_nobody_else(monkeypatch):
	broken, fine = start_group(), start_group()
	rule = asking.due_in_group

	def stumbles(group, *args):
		if group.name == broken.name:
			raise ZeroDivisionError
		return rule(group, *args)

	monkeypatch.setattr(asking, "due_in_group", stumbles)
	assert broken.name in night(TWO_MONTHS)["failed"]
	assert len(requests_of(fine)) == 2


def test_staff_waive_and_an_answer_stays_welcome():
	pair = start_group()
	night(TWO_MONTHS)
	(request,) = queries.my_requests(pair.mentor)
	assert feedback.waive(request.name).status == "Waived"
	assert queries.my_requests(pair.mentor) == []
	night(days_after(14, TWO_MONTHS))
	assert notices(mails.FEEDBACK_REMINDER, pair) == pair.mentees
	with at(days_after(15, TWO_MONTHS)):
		given = feedback.give(pair.mentor, {"rating": 0.8}, kind="Check-in", group=pair.name)
	assert given.request == request.name
	assert frappe.db.get_value(REQUEST, request.name, "status") == "Given"


def test_an_interrupted_batch_is_asked_whole_the_next_time(monkeypatch):
	pair = start_group()
	frappe.db.savepoint("before_night")

	def dies(*args):
		raise KeyboardInterrupt

	with monkeypatch.context() as killed:
		killed.setattr(asking, "enqueue_all", dies)
		with pytest.raises(KeyboardInterrupt):
			night(TWO_MONTHS)
	frappe.db.rollback(save_point="before_night")
	assert requests_of(pair) == []
	night(days_after(1, TWO_MONTHS))
	assert len(requests_of(pair)) == len(notices(mails.FEEDBACK_ASKED, pair)) == 2


def test_mails_can_be_written(monkeypatch):
	"""Each kind of request gives a subject and a body; nothing said in private is in any of them."""
	from mentor_ispe.mails.rendering import render

	group = start_group(people=2, session_feedback=1)
	hold_session(group, days_after(58))
	night(TWO_MONTHS)
	night(days_after(15, TWO_MONTHS))
	names = frappe.get_all(REQUEST, {"cycle": group.cycle}, pluck="name")
	posted = frappe.get_all(
		"Mentoring Notice", {"reference_name": ("in", names)}, ["template", "context", "profile"]
	)
	assert {notice.template for notice in posted} == {mails.FEEDBACK_ASKED, mails.FEEDBACK_REMINDER}
	for notice in posted:
		mail = render(notice.template, notice.context, notice.profile)
		assert mail.subject
		assert "/mentoring" in mail.text()


def test_the_job_says_what_it_did():
	start_group()
	assert reminding.remind(START).reminded >= 0
	assert set(night(TWO_MONTHS)) == {"reminded", "missed", "waived", "asked", "failed"}
