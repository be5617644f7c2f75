"""One mail a day for those who chose it, and one of what is noisy for everybody else."""

from __future__ import annotations

import email
from datetime import datetime, timedelta
from email.policy import default

import frappe
import pytest
from frappe.utils import get_system_timezone

from mentor_ispe.demo import clock
from mentor_ispe.mails import outbox, sending
from mentor_ispe.mails.default_templates import feedback, matches, members, sessions
from mentor_ispe.mails.default_templates.digests import YOUR_DAY
from mentor_ispe.mails.sending import flush
from tests.factories import make_email_template, make_profile, make_program, make_user, unique
from tests.site.membership.records import make_email_account

NOTICE = "Mentoring Notice"
NOON = datetime(2031, 2, 10, 12)
SEVEN = datetime(2031, 2, 11, 7)


@pytest.fixture(autouse=True)
def clean_outbox():
	make_email_account()
	frappe.db.delete(NOTICE)
	frappe.db.set_single_value("Mentoring Settings", {"reply_to": "", "coordinator_email": ""})


@pytest.fixture
def reader() -> str:
	return make_profile(
		full_name="Mara Lindqvist", mail_rhythm="One a Day", time_zone=get_system_timezone()
	).name


def announce(profile: str, template: str = members.SEAT_RESTORED, at: datetime = NOON, **values) -> str:
	"""Announce something at the moment; returns the key."""
	key = unique("key")
	context = {
		"program": key,
		"groups": [],
		"cycle": "C",
		"group": key,
		"reason": "",
		**values.pop("context", {}),
	}
	with clock.at(at):
		outbox.enqueue(key, template, profile, context=context, **values)
	return key


def queued_at(moment: datetime) -> list[email.message.EmailMessage]:
	"""The mails that the job queues at that moment."""
	before = set(frappe.get_all("Email Queue", pluck="name"))
	with clock.at(moment):
		flush()
	found = frappe.get_all(
		"Email Queue", {"name": ("not in", before or [""])}, pluck="message", order_by="creation"
	)
	return [email.message_from_string(message, policy=default) for message in found]


def plain(mail) -> str:
	return mail.get_body(("plain",)).get_content()


def html(mail) -> str:
	return mail.get_body(("html",)).get_content()


def test_what_can_wait_comes_in_one_mail_in_the_morning_the_newest_first(reader):
	first = announce(reader)
	second = announce(reader, matches.SEAT_ENDED, NOON + timedelta(hours=5))
	assert queued_at(SEVEN - timedelta(minutes=1)) == []
	(mail,) = queued_at(SEVEN)
	assert mail["Subject"] == f"Your place in {second} has ended (+ 1)"
	for text in (plain(mail), html(mail)):
		assert text.count("Hi Mara,") == 1
		assert text.index(second) < text.index(first)
		assert "Your membership is active again" in " ".join(text.split()), (
			"greeted once, so a sentence begins here"
		)
		assert "mentoring/data" in text
	notices = frappe.get_all(NOTICE, fields=["status", "email_queue"])
	assert [notice.status for notice in notices] == ["Queued"] * 2
	assert len({notice.email_queue for notice in notices}) == 1
	assert queued_at(SEVEN + timedelta(days=1)) == []


def test_a_reader_of_german_gets_the_day_in_german_with_german_dates():
	login = make_user(language="de").name
	reader = make_profile(user=login, mail_rhythm="One a Day", time_zone=get_system_timezone()).name
	announce(reader, matches.MATCH_REMINDER, context={"respond_by": "2031-02-14"})
	announce(reader)
	(mail,) = queued_at(SEVEN)
	words = " ".join(plain(mail).split())
	assert words.count("Guten Tag") == 1
	assert "14. Feb." in words
	assert "Dear" not in words


def test_what_comes_after_the_hour_waits_for_the_next_day(reader):
	announce(reader)
	late = announce(reader, at=SEVEN)
	(mail,) = queued_at(SEVEN + timedelta(minutes=4))
	assert late not in plain(mail)
	(mail,) = queued_at(SEVEN + timedelta(days=1))
	assert late in plain(mail)


def test_the_hour_is_that_of_the_readers_clock():
	far = make_profile(mail_rhythm="One a Day", time_zone="Pacific/Auckland").name
	announce(far)
	(not_before,) = frappe.get_all(NOTICE, pluck="not_before")
	assert not_before != SEVEN
	assert timedelta(0) < not_before - NOON <= timedelta(days=1)


@pytest.mark.parametrize(
	"what",
	[
		{"template": sessions.SESSION_CANCELLED, "context": {"starts_on": "2031-02-11 17:00:00"}},
		{"calendar": "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"},
		{"template": "Of another app"},
	],
)
def test_what_has_hours_or_carries_a_calendar_file_goes_at_once(reader, what):
	announce(reader, **what)
	assert list(frappe.get_all(NOTICE, ["joined_in", "not_before"], as_list=True)) == [(None, None)]


def test_what_has_an_hour_of_its_own_keeps_it(reader):
	announce(reader, matches.MATCH_PROPOSED, not_before=NOON + timedelta(days=3))
	assert queued_at(NOON + timedelta(days=2, hours=23)) == []
	(mail,) = queued_at(NOON + timedelta(days=3))
	assert mail["Subject"].startswith("You have a match")


def test_who_chose_nothing_gets_each_at_once():
	announce(make_profile().name)
	announce(make_profile(mail_rhythm="Each at Once").name)
	assert len(queued_at(NOON)) == 2


def test_a_template_with_a_mistake_keeps_the_rest_of_the_day_from_nothing(reader):
	make_email_template(matches.SEAT_ENDED, subject="{% if %}")
	bad, good = announce(reader, matches.SEAT_ENDED), announce(reader)
	(mail,) = queued_at(SEVEN)
	assert good in plain(mail)
	assert bad not in plain(mail)
	assert frappe.db.get_value(NOTICE, {"notice_key": bad}, "status") == "Failed"
	make_email_template(matches.SEAT_ENDED, subject="Mended")
	(mail,) = queued_at(SEVEN + timedelta(hours=2))
	assert (mail["Subject"], bad in plain(mail)) == ("Mended", True)


def test_where_its_template_has_a_mistake_the_day_waits_and_says_why(reader):
	announce(reader)
	make_email_template(YOUR_DAY, subject="{% if %}")
	assert queued_at(SEVEN) == []
	status, error = frappe.get_all(NOTICE, ["status", "error"], as_list=True)[0]
	assert status == "Failed"
	assert f"{YOUR_DAY} has a mistake" in error


def test_a_day_half_written_is_not_left_behind(reader, monkeypatch):
	announce(reader), announce(reader)
	original = sending.MailBuilder.process

	def dies_after_writing(builder):
		original(builder)
		raise OSError("disk full")

	with monkeypatch.context() as broken:
		broken.setattr(sending.MailBuilder, "process", dies_after_writing)
		assert queued_at(SEVEN) == []
	assert set(frappe.get_all(NOTICE, pluck="status")) == {"Failed"}
	assert len(queued_at(SEVEN + timedelta(hours=2))) == 1


def test_answers_go_to_the_program_that_all_of_it_is_about(reader):
	frappe.db.set_single_value("Mentoring Settings", "reply_to", "all@example.org")
	one, other = (
		make_program(contact_email=f"{name}@example.org", status="Draft").name for name in ("one", "other")
	)
	for program in (one, one):
		announce(reader, reference=("Mentoring Program", program))
	(mail,) = queued_at(SEVEN)
	assert mail["Reply-To"] == "one@example.org"
	for program in (one, other):
		announce(reader, at=SEVEN, reference=("Mentoring Program", program))
	(mail,) = queued_at(SEVEN + timedelta(days=1))
	assert mail["Reply-To"] == "all@example.org"


def remind(profile: str, about: str, at: datetime = NOON) -> None:
	values = {"kind": "Check-in", "about": about, "cycle": "C", "due_on": "2031-02-28", "last": False}
	announce(profile, feedback.FEEDBACK_REMINDER, at, context=values)


def test_several_reminders_of_one_night_are_one_mail_for_everybody():
	profile = make_profile().name
	remind(profile, "Ada and Tom")
	remind(profile, "The circle", NOON + timedelta(minutes=20))
	announce(profile)
	assert len(queued_at(NOON + timedelta(hours=1))) == 1, "only what isn't noisy"
	(mail,) = queued_at(SEVEN)
	assert mail["Subject"] == "Reminder: your feedback on The circle, Ada and Tom"
	assert "Fri, Feb 28" in plain(mail)


def test_in_the_daily_mail_they_are_one_piece_as_well(reader):
	remind(reader, "Ada and Tom")
	announce(reader)
	remind(reader, "The circle")
	(mail,) = queued_at(SEVEN)
	assert mail["Subject"].endswith("(+ 1)")
	assert html(mail).count("It takes a minute") == 1


def test_coordinators_get_one_mail_of_all_groups_of_a_night():
	for number in range(3):
		with clock.at(NOON):
			outbox.enqueue(
				f"alarm {number}",
				feedback.GROUP_ALARM,
				recipient="coordinator@example.org",
				context={
					"group": f"Group {number}",
					"cycle": "C",
					"alarm": "No First Meeting",
					"words": "Words <b>",
					"group_url": f"https://example.org/app/{number}",
				},
			)
	(mail,) = queued_at(SEVEN)
	assert mail["Subject"].endswith("(+ 2)")
	assert all(f"Group {number}" in plain(mail) for number in range(3))
	assert "Words &lt;b&gt;" in html(mail)
	assert "mentoring/data" not in html(mail), "they have no choice to make"
