"""Who is told of a message by mail, when, and when no more."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest
from frappe.utils import now_datetime

from mentor_ispe.demo import clock
from mentor_ispe.mails import sending
from mentor_ispe.mails.rendering import render
from mentor_ispe.services.conversation import read_marks, reading, settings, writing
from tests import factories as make
from tests.site.membership.records import make_email_account

NEW = "Mentoring: New Message"


def mails(profile: str) -> list[frappe._dict]:
	return frappe.get_all(
		"Mentoring Notice",
		{"template": NEW, "profile": profile},
		["name", "status", "not_before", "joined_in", "context", "creation"],
		order_by="creation, name",
	)


def test_the_others_are_told_once_until_they_read(roll):
	group = make.make_active_group(members=2)
	writer, one, other = group.people
	for _time in range(3):
		writing.send(group.name, writer, "The secret word is marigold")
	assert not mails(writer)
	assert [len(mails(profile)) for profile in (one, other)] == [1, 1]
	assert "marigold" not in mails(one)[0].context
	mail = render(NEW, mails(one)[0].context, one)
	assert "wrote to you" in mail.subject
	assert f"/mentoring/groups/{group.name}/messages" in mail.text()
	assert "marigold" not in mail.message


def test_after_reading_the_next_message_is_told_again_an_hour_later_at_the_earliest(pair, can_send):
	mentor, mentee = pair.people
	writing.send(pair.name, mentor, "One")
	sending.flush()
	assert [mail.status for mail in mails(mentee)] == ["Queued"]
	read_marks.mark_read(pair.name, mentee, 1)
	writing.send(pair.name, mentor, "Two")
	waiting = mails(mentee)[-1]
	assert waiting.status == "Pending"
	assert waiting.not_before - mails(mentee)[0].creation >= timedelta(minutes=59)
	read_marks.mark_read(pair.name, mentee, 2)
	assert len(mails(mentee)) == 1, "read before its hour had come"
	with clock.at(now_datetime() + timedelta(minutes=40)):
		writing.send(pair.name, mentor, "Three")
		assert mails(mentee)[-1].not_before == waiting.not_before, "what was taken back counts for nothing"
	with clock.at(now_datetime() + timedelta(hours=2)):
		sending.flush()
		assert [mail.status for mail in mails(mentee)] == ["Queued", "Queued"]
		read_marks.mark_read(pair.name, mentee, 3)
		writing.send(pair.name, mentor, "Four")
	assert len(mails(mentee)) == 3


def test_a_message_that_came_while_one_read_the_page_is_told(pair, can_send):
	mentor, mentee = pair.people
	writing.send(pair.name, mentor, "One")
	sending.flush()
	page = reading.page(pair.name, mentee)
	writing.send(pair.name, mentor, "Two, while the page is open")
	assert len(mails(mentee)) == 1
	read_marks.mark_read(pair.name, mentee, page["messages"][-1]["number"])
	assert len(mails(mentee)) == 2


def test_who_wants_one_mail_a_day_gets_it_there(pair):
	mentor, mentee = pair.people
	frappe.db.set_value("Mentoring Profile", mentee, "mail_rhythm", "One a Day")
	writing.send(pair.name, mentor, "One")
	(mail,) = mails(mentee)
	assert mail.joined_in == "Mentoring: Your Day"
	read_marks.mark_read(pair.name, mentee, 1)
	assert not mails(mentee)


def test_reading_never_goes_back(pair):
	mentor, mentee = pair.people
	for _time in range(3):
		writing.send(pair.name, mentor, "Hello")
	read_marks.mark_read(pair.name, mentee, 3)
	read_marks.mark_read(pair.name, mentee, 1)
	assert read_marks.unread(mentee, [pair.name]) == {}
	writing.send(pair.name, mentor, "Hello")
	assert read_marks.unread(mentee, [pair.name])[pair.name][0] == 1


def test_others_see_what_was_read_unless_one_hides_it(pair):
	mentor, mentee = pair.people
	writing.send(pair.name, mentor, "Hello")
	read_marks.mark_read(pair.name, mentee, 1)
	name = frappe.db.get_value("Mentoring Profile", mentee, "full_name")
	assert reading.page(pair.name, mentor)["messages"][0]["read_by"] == [name]
	settings.show_read_marks(mentee, False)
	assert reading.page(pair.name, mentor)["messages"][0]["read_by"] == []


@pytest.fixture
def can_send(roll):
	make_email_account()
