"""Somebody in a running group is away for a while: no meeting, no reminder, no lost seat, and back on their day."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
import pytest
from frappe.utils import add_days, getdate, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.domain.pauses import Pause
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.default_templates.groups import PERSON_AWAY
from mentor_ispe.mails.default_templates.sessions import MEETING_AGENDA, MEETING_TO_RECORD
from mentor_ispe.mentor_ispe.doctype.mentoring_group import transition
from mentor_ispe.reports import hours as report
from mentor_ispe.reports.filters import ReportFilters
from mentor_ispe.services.feedback import reminding
from mentor_ispe.services.groups import hours, moderator_queue, pauses
from mentor_ispe.services.health import health_facts
from mentor_ispe.services.polls import polling
from mentor_ispe.services.sessions import planning, recording, reminders
from tests import factories as make


def in_days(number: int) -> date:
	return getdate(add_days(today(), number))


def at(number: int) -> str:
	return f"{in_days(number)} 17:00:00"


def on_list(meeting: str) -> set[str]:
	return set(frappe.get_all("Mentoring Session Attendance", {"parent": meeting}, pluck="profile"))


def status(meeting: str) -> str:
	return frappe.db.get_value("Mentoring Session", meeting, "status")


def told(template: str, **filters) -> list[str]:
	return frappe.get_all("Mentoring Notice", {"template": template, **filters}, pluck="profile")


@pytest.fixture
def group():
	return make.make_active_group(members=3)


@pytest.fixture
def pair():
	return make.make_active_group(format="One-on-One")


def test_the_others_meet_without_somebody_who_is_away(group):
	ben = group.people[1]
	during, after = (make.make_session(group.name, at(days)).name for days in (10, 40))
	pauses.pause(group.name, ben, in_days(30))
	assert ben not in on_list(during)
	assert ben in on_list(after)
	assert status(during) == "Planned"
	assert ben not in on_list(make.make_session(group.name, at(20)).name)
	seat = next(row for row in frappe.get_doc("Mentoring Group", group.name).seats if row.profile == ben)
	assert (seat.status, seat.returns_on) == ("Active", in_days(30))
	assert sorted(told(PERSON_AWAY, reference_name=group.name)) == sorted({*group.people} - {ben})
	pauses.come_back(group.name, ben)
	assert ben in on_list(during)


def test_of_a_pair_meetings_in_the_pause_are_cancelled_and_refused(pair):
	mentor, mentee = pair.people
	during, after = (make.make_session(pair.name, at(days)).name for days in (10, 40))
	pauses.pause(pair.name, mentor, in_days(30))
	assert (status(during), status(after)) == ("Cancelled", "Planned")
	assert "is away until" in frappe.db.get_value("Mentoring Session", during, "cancel_reason")
	with pytest.raises(RuleViolation, match="is away until"):
		make.make_session(pair.name, at(12))
	assert on_list(after) == {mentor, mentee}
	planned = planning.plan_series(pair.name, at(29), times=3, every=1, unit="Week")
	assert [getdate(doc.starts_on) for doc in planned] == [in_days(36), in_days(43)]


def test_the_next_meeting_is_proposed_for_after_the_return(pair):
	pauses.pause(pair.name, pair.people[0], in_days(30))
	assert planning.propose_next(pair.name).starts_on.date() >= in_days(30)


def test_who_came_all_the_same_is_recorded(group):
	ben = group.people[1]
	pauses.pause(group.name, ben, in_days(5))
	held = recording.record_unplanned(
		group.name, make.earlier_today(2), attendance={group.people[0]: 60, ben: 60}
	)
	assert {row.profile for row in held.attendance if row.attended} == {group.people[0], ben}


def test_nobody_away_is_reminded(group):
	mentor, ben, cal, *_rest = group.people
	soon = make.make_session(group.name, at(2)).name
	pauses.pause(group.name, cal, in_days(1))  # invited to the meeting, away today
	pauses.pause(group.name, ben, in_days(20))
	for batch in reminders.upcoming_meetings(now_datetime()):
		reminders.send_agendas(batch)
	assert {ben, cal}.isdisjoint(told(MEETING_AGENDA, reference_name=soon))
	assert mentor in told(MEETING_AGENDA, reference_name=soon)
	frappe.db.set_value("Mentoring Session", soon, "starts_on", now_datetime() - timedelta(days=1))
	frappe.db.set_value("Mentoring Session", soon, "host", ben)
	for batch in reminders.unrecorded_meetings(now_datetime()):
		reminders.remind_to_record(batch)
	asked = told(MEETING_TO_RECORD, reference_name=soon)
	assert asked
	assert ben not in asked


def test_feedback_waits_until_they_are_back(group):
	ben = group.people[1]
	doc = frappe.new_doc("Mentoring Feedback Request")
	doc.update(
		{
			"profile": ben,
			"kind": "Session",
			"status": "Open",
			"due_on": in_days(-30),
			"cycle": group.cycle,
			"mentoring_group": group.name,
			"request_key": make.unique("key"),
		}
	)
	doc.insert()
	assert reminding.places([doc])[doc.name] == "in"
	owed = health_facts.read([group.name], today())[0].facts.owed
	pauses.pause(group.name, ben, in_days(20))
	assert reminding.places([doc])[doc.name] == "suspended"
	assert health_facts.read([group.name], today())[0].facts.owed == owed - 1


def test_somebody_who_is_away_has_nothing_to_do(pair):
	mentee = pair.people[1]
	assert moderator_queue.queue(mentee)
	pauses.pause(pair.name, mentee, in_days(20))
	assert moderator_queue.queue(mentee) == []


def test_a_poll_doesnt_wait_for_somebody_who_is_away(group):
	mentor, ben, cal, dan = group.people
	pauses.pause(group.name, dan, in_days(9))
	poll = polling.open_poll(group.name, mentor, [f"{in_days(5)} 17:00:00", f"{in_days(6)} 17:00:00"]).name
	polling.answer(poll, ben, [1])
	assert polling.answer(poll, cal, [1]).status == "Decided"


def test_months_away_arent_asked_for_on_the_page_and_in_the_report():
	group = make.make_active_group(minimum_hours_per_month=1, length_months=12)
	_mentor, ben, cal = group.people
	start = in_days(-200)
	frappe.db.set_value("Mentoring Group", group.name, "start_date", start)
	frappe.db.set_value("Mentoring Group Member", {"parent": group.name}, "joined_on", start)
	row = frappe.db.get_value("Mentoring Group Member", {"parent": group.name, "profile": ben})
	first = in_days(-150)
	doc = frappe.get_doc("Mentoring Group", group.name)
	seat = next(each for each in doc.seats if each.name == row)
	transition.write_pauses(seat, (Pause(first, in_days(-60)),), today())
	seat.db_update()
	page = hours.hours_of([group.name])[group.name]
	asked = {
		profile: sum(month.asked for month in found.months if month.by < today())
		for profile, found in page.items()
	}
	assert asked[ben] < asked[cal]
	rows, _total = report.people(ReportFilters(cycle=group.cycle))
	assert {each.profile: each.asked for each in rows if each.mentoring_group == group.name} == asked


def test_a_pause_is_written_by_its_service_alone(group):
	doc = frappe.get_doc("Mentoring Group", group.name)
	doc.seats[1].update(
		{"pauses": "2031-01-01/2032-01-01", "returns_on": "2032-01-01", "months_away": "2031-01"}
	)
	doc.save()
	stored = frappe.get_doc("Mentoring Group", group.name).seats[1]
	assert not any((stored.pauses, stored.returns_on, stored.months_away))


def test_nobody_pauses_in_a_group_that_isnt_theirs_or_is_over(group, pair):
	with pytest.raises(RuleViolation, match="active place"):
		pauses.pause(group.name, pair.people[0], in_days(5))
	with pytest.raises(RuleViolation, match="return date after"):
		pauses.pause(group.name, group.people[0], today())


def test_twice_the_same_tells_nobody_twice(group):
	for _again in range(2):
		pauses.pause(group.name, group.people[1], in_days(5))
	assert len(told(PERSON_AWAY, reference_name=group.name)) == len(group.people) - 1
