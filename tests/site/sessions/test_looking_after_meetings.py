"""The day job: agendas, what is missing, meetings that nobody recorded."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest

from mentor_ispe.demo import clock
from mentor_ispe.jobs import meetings as jobs
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates.sessions import (
	BEFORE_YOU_MEET,
	MEETING_AGENDA,
	MEETING_REMINDER,
	MEETING_TO_RECORD,
	NOTES_OPENED,
)
from mentor_ispe.mails.rendering import render
from mentor_ispe.services.groups import pauses
from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import planning, recording
from tests import factories as make
from tests.site.membership.records import counted_queries

DAY = timedelta(days=1)


def mails(template: str, *people: str) -> list[dict]:
	rows = frappe.get_all(
		"Mentoring Notice", {"template": template, "profile": ("in", people)}, ["profile", "context"]
	)
	return [{"profile": row.profile, **frappe.parse_json(row.context)} for row in rows]


def test_the_agenda_goes_out_some_days_before_and_once():
	group = make.make_active_group()
	resource = frappe.get_doc(
		{
			"doctype": "Mentoring Resource",
			"title": "Listening well",
			"url": "https://example.org/l",
			"published": 1,
		}
	).insert()
	held = recording.record_unplanned(
		group.name,
		frappe.utils.now_datetime() - timedelta(hours=2),
		group.people[0],
		new_items=[{"words": "Hush"}],
	)
	doc = make.make_session(
		group.name, focus="Feedback", agenda="<p>One</p><p>Two</p>", resources=[resource.name]
	)
	planning.answer(doc.name, group.people[2], "No")
	jobs.process_meetings(doc.starts_on - 5 * DAY)
	assert mails(MEETING_AGENDA, *group.people) == []
	for days in (3, 2, 1):
		jobs.process_meetings(doc.starts_on - days * DAY)
	sent = mails(MEETING_AGENDA, *group.people)
	assert {mail["profile"] for mail in sent} == set(group.people[:2])
	assert len(sent) == 2
	assert sent[0]["focus"] == "Feedback"
	assert sent[0]["agenda"].splitlines()[0] == "One"
	assert sent[0]["resources"] == [{"title": "Listening well", "url": "https://example.org/l"}]
	assert sent[0]["open_items"] == 1
	assert "Hush" not in str(sent)
	assert held


def test_a_moved_meeting_sends_its_agenda_again():
	group = make.make_active_group()
	doc = make.make_session(group.name)
	jobs.process_meetings(doc.starts_on - DAY)
	planning.change(doc.name, starts_on=doc.starts_on + 5 * DAY)
	jobs.process_meetings(doc.starts_on - DAY)
	assert len(mails(MEETING_AGENDA, group.people[0])) == 1
	jobs.process_meetings(doc.starts_on + 4 * DAY)
	assert len(mails(MEETING_AGENDA, group.people[0])) == 2


def test_whoever_lacks_something_is_reminded_before_the_meeting():
	code = make.make_agreement()
	group = make.make_active_group(agreements=[{"agreement": code, "required_of": "Everyone"}])
	late = group.people[2]
	for profile in group.people[:2]:
		agreements.sign(code, profile)
	doc = make.make_session(group.name)
	assert len(mails(BEFORE_YOU_MEET, late)) == 1
	for days in (3, 2):
		jobs.process_meetings(doc.starts_on - days * DAY)
	told = mails(BEFORE_YOU_MEET, late)
	assert len(told) == 2
	assert [mail for mail in told if mail["starts_on"]]
	agreements.sign(code, late)
	jobs.process_meetings(doc.starts_on - DAY)
	assert len(mails(BEFORE_YOU_MEET, late)) == 2
	assert mails(MEETING_AGENDA, late)


def test_whoever_is_ready_and_was_forgotten_is_invited_by_the_job():
	group = make.make_active_group()
	doc = make.make_session(group.name)
	frappe.db.delete("Mentoring Session Attendance", {"parent": doc.name, "profile": group.people[2]})
	jobs.process_meetings(doc.starts_on - DAY)
	assert frappe.db.exists("Mentoring Session Attendance", {"parent": doc.name, "profile": group.people[2]})


@pytest.mark.parametrize("who", ["moderator", "host", "mentor"])
def test_somebody_is_asked_once_to_record_a_meeting_that_has_passed(who):
	circle = who == "host"
	group = make.make_active_group(members=3, format="Peer Circle" if circle else "Group")
	doc = make.make_session(group.name)
	expected = group.people[0]
	if who == "moderator":
		expected = group.people[2]
		frappe.db.set_value(
			"Mentoring Group Member", {"parent": group.name, "profile": expected}, "is_moderator", 1
		)
	jobs.process_meetings(doc.starts_on + timedelta(hours=3))
	assert mails(MEETING_TO_RECORD, *group.people) == []
	for days in (1, 2, 30, 200):
		jobs.process_meetings(doc.starts_on + days * DAY)
	assert [mail["profile"] for mail in mails(MEETING_TO_RECORD, *group.people)] == [expected]


def test_a_meeting_of_a_broken_record_keeps_no_other(monkeypatch):
	broken, fine = make.make_active_group(), make.make_active_group()
	first, second = make.make_session(broken.name), make.make_session(fine.name)
	monkeypatch.setattr(frappe.db, "rollback", lambda **options: None)
	frappe.db.set_value("Mentoring Profile", broken.people[0], "time_zone", "Not/AZone")
	jobs.process_meetings(first.starts_on - DAY)
	assert second
	assert len(mails(MEETING_AGENDA, *fine.people)) == 3


def test_the_job_asks_a_constant_number_of_queries():
	groups = [make.make_active_group() for _ in range(4)]
	docs = [make.make_session(group.name) for group in groups]
	jobs.process_meetings(docs[0].starts_on - 4 * DAY)
	counts = []
	for some in (docs[:1], docs):
		for doc in docs:
			frappe.db.set_value(
				"Mentoring Session", doc.name, "status", "Planned" if doc in some else "Cancelled"
			)
		with counted_queries() as queries:
			jobs.process_meetings(docs[0].starts_on - len(some) * timedelta(hours=1))
		counts.append(len(queries))
	assert counts[1] <= counts[0] + 2, counts


@pytest.mark.parametrize(
	"name", [BEFORE_YOU_MEET, MEETING_AGENDA, MEETING_REMINDER, MEETING_TO_RECORD, NOTES_OPENED]
)
def test_every_mail_is_written_with_little_and_with_everything(name):
	few = render(
		name,
		frappe.as_json(
			{
				"group": "Ours",
				"starts_on": "2031-01-06 17:00:00",
				"zone": "UTC",
				"opened_on": "2031-01-07 17:00:00",
			}
		),
		None,
	)
	assert "Ours" in few.message
	values = dict.fromkeys(MAILS[name].sample(), "something")
	values.update(
		{
			"starts_on": "2031-01-06 17:00:00",
			"opened_on": "2031-01-07 17:00:00",
			"agreements": ["Code"],
			"training": ["Mentor"],
			"topics": ["Careers"],
			"resources": [{"title": "Guide", "url": "https://example.org"}],
			"open_items": 3,
			"reason": "<b>why</b>",
		}
	)
	full = render(name, frappe.as_json(values), None)
	assert "<b>why</b>" not in full.message
	assert "5:00 PM" in full.message


def process_on(day) -> None:
	with clock.at(day):
		jobs.process_meetings()


def test_whoever_has_the_agenda_is_reminded_the_day_before_once():
	group = make.make_active_group()
	doc = make.make_session(group.name, focus="Feedback")
	said_yes, silent, said_no = group.people
	planning.answer(doc.name, said_yes, "Yes")
	planning.answer(doc.name, said_no, "No")
	for days in (3, 2):
		process_on(doc.starts_on - days * DAY)
	assert mails(MEETING_REMINDER, *group.people) == []
	for _again in range(2):
		process_on(doc.starts_on - DAY)
	sent = {mail["profile"]: mail for mail in mails(MEETING_REMINDER, *group.people)}
	assert {profile: mail["answer"] for profile, mail in sent.items()} == {said_yes: "Yes", silent: ""}
	assert sent[silent]["meeting_url"].endswith(f"/mentoring/groups/{group.name}/meetings/{doc.name}")


def test_an_agenda_of_the_day_before_is_the_reminder():
	group = make.make_active_group()
	doc = make.make_session(group.name)
	process_on(doc.starts_on - DAY)
	assert mails(MEETING_AGENDA, *group.people)
	process_on(doc.starts_on - DAY)
	assert mails(MEETING_REMINDER, *group.people) == []


def test_a_meeting_that_is_moved_is_reminded_of_again():
	group = make.make_active_group()
	doc = make.make_session(group.name)
	for days in (3, 1):
		process_on(doc.starts_on - days * DAY)
	doc = planning.change(doc.name, starts_on=doc.starts_on + 7 * DAY)
	for days in (3, 1):
		process_on(doc.starts_on - days * DAY)
	assert len(mails(MEETING_REMINDER, *group.people)) == 2 * len(group.people)


def test_who_is_away_that_day_is_not_reminded_of_a_meeting_after_their_return():
	group = make.make_active_group()
	doc = make.make_session(group.name)
	for days in (3, 2):
		process_on(doc.starts_on - days * DAY)
	pauses.pause(group.name, group.people[1], doc.starts_on.date())
	process_on(doc.starts_on - DAY)
	assert {mail["profile"] for mail in mails(MEETING_REMINDER, *group.people)} == {
		group.people[0],
		group.people[2],
	}
