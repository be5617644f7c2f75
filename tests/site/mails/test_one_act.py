"""What one act has to tell one person is one mail."""

from __future__ import annotations

import email
from collections import Counter
from datetime import timedelta
from email.policy import default

import frappe
import pytest
import vobject
from frappe.utils import now_datetime

from mentor_ispe.concurrency.acts import end_act
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates import groups, matches, sessions
from mentor_ispe.mails.sending import flush
from mentor_ispe.services.groups import ending
from mentor_ispe.services.sessions import planning
from tests import factories as make
from tests.site.membership.records import make_email_account

NOTICE = "Mentoring Notice"
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:{}\r\nEND:VCALENDAR\r\n"


@pytest.fixture(autouse=True)
def mails_go_out():
	make.use_membership_roll()
	make_email_account()
	frappe.db.delete(NOTICE)
	end_act()


@pytest.fixture
def reader() -> str:
	return make.make_profile(full_name="Mara Lindqvist").name


def announce(profile: str, template: str = groups.GROUP_COMPLETED, **options) -> str:
	key = make.unique("key")
	values = {"group": f"Group of {key}", "cycle": "C"}
	outbox.enqueue(key, template, profile, context=values, **options)
	return values["group"]


def queued() -> list:
	"""Every mail that the notices went out in, the first one first."""
	flush()
	names = frappe.get_all(NOTICE, {"status": "Queued"}, pluck="email_queue", order_by="creation, name")
	messages = [frappe.db.get_value("Email Queue", name, "message") for name in dict.fromkeys(names)]
	return [email.message_from_string(message, policy=default) for message in messages]


def text_of(mail) -> str:
	return mail.get_body(("plain",)).get_content()


def test_what_one_act_tells_one_person_is_one_mail_that_begins_with_the_first(reader):
	said = [
		announce(reader),
		announce(reader, groups.MEMBER_LEFT),
		announce(reader, groups.MODERATOR_RELIEVED),
	]
	(mail,) = queued()
	assert mail["Subject"] == f"{said[0]} is complete (+ 2)"
	text = text_of(mail)
	assert sorted(said, key=text.index) == said
	assert text.count("Hi Mara,") == 1
	assert text.count("View group:") == 3, "each has the way to its own"
	assert Counter(frappe.get_all(NOTICE, pluck="status")) == {"Queued": 3}


def test_two_acts_are_two_mails(reader):
	announce(reader)
	end_act()
	announce(reader)
	assert len(queued()) == 2


def test_two_people_with_one_address_are_two_mails(reader):
	address = frappe.db.get_value("Mentoring Profile", reader, "email")
	announce(reader)
	announce(None, matches.MATCH_DECLINED, recipient=address)
	assert len(queued()) == 2


def calendars(mail) -> list[str]:
	"""What mail programs read by themselves."""
	return [part.get_content() for part in mail.walk() if part.get_content_type() == "text/calendar"]


def files_of(mail) -> list[str]:
	return [
		part.get_payload(decode=True).decode()
		for part in mail.walk()
		if part.get_content_type() == "application/ics"
	]


def test_each_invitation_has_a_mail_of_its_own(reader):
	for _ in range(3):
		announce(reader, sessions.SESSION_INVITATION, calendar=CALENDAR.format("REQUEST"))
	announce(reader, sessions.SESSION_CANCELLED, calendar=CALENDAR.format("CANCEL"))
	announce(reader)
	mails = queued()
	assert [len(calendars(mail)) for mail in mails] == [1] * 4
	assert [len(files_of(mail)) for mail in mails] == [1] * 4
	assert sum("CANCEL" in calendars(mail)[0] for mail in mails) == 1


@pytest.mark.parametrize("rhythm", ["", "One a Day"])
def test_a_group_that_ends_is_one_mail_with_a_file_for_each_planned_meeting(rhythm):
	group = make.make_active_group()
	mentee = group.people[1]
	frappe.db.set_value("Mentoring Profile", mentee, "mail_rhythm", rhythm)
	end_act()
	starts = [now_datetime().replace(microsecond=0) + timedelta(days=days) for days in (40, 20, 30)]
	planned = [planning.plan(group.name, at, planner=group.people[0]) for at in starts]
	uids = {row.calendar_uid for doc in planned for row in doc.attendance if row.profile == mentee}
	flush()
	frappe.db.delete(NOTICE)
	end_act()
	ending.end(group.name, "Not Working", "No time", by=group.people[0])
	flush()
	rows = frappe.get_all(NOTICE, {"profile": mentee, "status": "Queued"}, ["email_queue", "template"])
	(queue,) = {row.email_queue for row in rows}
	mail = email.message_from_string(frappe.db.get_value("Email Queue", queue, "message"), policy=default)
	files = [vobject.readOne(file) for file in files_of(mail)]
	assert [file.method.value for file in files] == ["CANCEL"] * 3
	assert {file.vevent.uid.value for file in files} == uids, "each file is about one meeting"
	assert [file.vevent.dtstart.value for file in files] == sorted(
		file.vevent.dtstart.value for file in files
	)
	(read,) = calendars(mail)
	assert vobject.readOne(read).vevent.uid.value == files[0].vevent.uid.value
	text, title = text_of(mail), frappe.db.get_value("Mentoring Group", group.name, "title")
	said = [line for line in text.splitlines() if line.startswith("- ")]
	assert len(said) == 3, text
	assert all(line.endswith(f": {title}") for line in said), text
	assert text.count("No time") == 0, "a member's reason is for coordinators"
	assert "open its attached file" in text


def test_a_wording_of_staff_without_the_list_tells_each_meeting(reader):
	make.make_email_template(sessions.SESSION_CANCELLED, response_html="<p>Off: {{ group }}</p>")
	off = [
		announce(reader, sessions.SESSION_CANCELLED, calendar=CALENDAR.format("CANCEL"))
		for _number in range(2)
	]
	(mail,) = queued()
	assert all(f"Off: {group}" in text_of(mail) for group in off)


def test_what_waits_for_an_hour_is_not_brought_forward(reader):
	announce(reader)
	announce(reader, not_before=now_datetime() + timedelta(days=2))
	assert len(queued()) == 1
	assert Counter(frappe.get_all(NOTICE, pluck="status")) == {"Queued": 1, "Pending": 1}


def test_a_template_with_a_mistake_keeps_the_others_from_nothing(reader):
	good, _bad = announce(reader), announce(reader, groups.MEMBER_LEFT)
	make.make_email_template(groups.MEMBER_LEFT, response_html="{% if %}")
	(mail,) = queued()
	assert mail["Subject"] == f"{good} is complete"
	assert Counter(frappe.get_all(NOTICE, pluck="status")) == {"Queued": 1, "Failed": 1}


def test_who_leaves_and_who_stays_get_one_mail_each():
	group = make.make_active_group(members=3, group_size_min=3)
	end_act()
	planning.plan(group.name, now_datetime() + timedelta(days=20), planner=group.people[0])
	flush()
	frappe.db.delete(NOTICE)
	ending.leave(group.name, group.people[1], "A new job")
	flush()
	rows = frappe.get_all(NOTICE, {"status": "Queued"}, ["recipient", "profile", "email_queue", "template"])
	assert len({row.template for row in rows}) > 1
	mails = Counter((row.recipient, row.profile) for row in {row.email_queue: row for row in rows}.values())
	assert set(mails.values()) == {1}, rows
