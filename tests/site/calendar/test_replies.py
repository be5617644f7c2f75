"""Answers that calendars send to the association's mailbox, from the mail to the meeting; and all that moves nothing."""

from __future__ import annotations

import json
from datetime import datetime
from types import SimpleNamespace

import frappe
import pytest
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import add_to_date, get_datetime

from mentor_ispe.demo import clock
from mentor_ispe.jobs.inbound_mails import ReplyReadingAccount
from mentor_ispe.mails.default_templates import sessions as mails
from mentor_ispe.patches import keep_calendar_organizers
from mentor_ispe.services.sessions import planning
from tests import factories as make
from tests.calendar_replies import CLIENTS, apple, google, outlook
from tests.site.calendar.reading import event_of
from tests.site.calendar.world import STARTS_ON, address, make_group, make_session
from tests.site.membership.records import make_email_account, put

OFFICE = "office@example.org"
NOTICE = "Mentoring Notice"
INVITED, ANSWERED = datetime(2031, 3, 1, 12), "20310302T081530Z"


@pytest.fixture(autouse=True)
def site_in_utc():
	make.use_membership_roll()
	make_email_account()
	frappe.db.set_single_value("System Settings", "time_zone", "UTC")
	frappe.clear_cache()
	with clock.at(datetime(2031, 3, 3, 12)):
		yield


@pytest.fixture
def mailbox(monkeypatch):
	"""The association's mailbox: `put` lets mails arrive there, and Frappe fetch them."""
	account = put("Email Account", email_id=OFFICE, enable_incoming=1, use_imap=0, email_sync_option="ALL")
	account = frappe.get_doc("Email Account", account.name)

	def arrive(*messages: bytes) -> None:
		server = SimpleNamespace(
			get_messages=lambda: {"latest_messages": list(messages), "uid_list": [], "seen_status": {}},
			logout=lambda: None,
		)
		monkeypatch.setattr(EmailAccount, "get_incoming_server", lambda *_args, **_options: server)
		account.receive()

	return SimpleNamespace(put=arrive, account=account)


@pytest.fixture
def group():
	return make_group(contact_email=OFFICE)


@pytest.fixture
def session(group):
	with clock.at(INVITED):
		return make_session(group)


def row_of(session, profile: str):
	session = frappe.get_doc("Mentoring Session", session.name)
	return next(row for row in session.attendance if row.profile == profile)


def answers(session) -> list[str]:
	rows = frappe.get_doc("Mentoring Session", session.name).attendance
	return [row.answer or "" for row in rows]


def mail(client, session, profile: str, **values) -> bytes:
	"""The answer of this person's calendar to the invitation that they have."""
	told = {"uid": row_of(session, profile).calendar_uid, "address": address(profile), "stamp": ANSWERED}
	return client(**{**told, **values})


def told(profile: str, template: str) -> frappe._dict:
	return frappe.get_last_doc(NOTICE, {"template": template, "profile": profile})


def test_the_account_is_ours():
	assert isinstance(frappe.new_doc("Email Account"), ReplyReadingAccount)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
	("partstat", "answer"), [("ACCEPTED", "Yes"), ("TENTATIVE", "Maybe"), ("DECLINED", "No")]
)
def test_an_answer_of_each_client_is_written_down(mailbox, group, session, client, partstat, answer):
	person = group.people[1]
	mailbox.put(mail(client, session, person, partstat=partstat))
	row = row_of(session, person)
	assert (row.answer, get_datetime(row.answered_on)) == (answer, datetime(2031, 3, 2, 8, 15, 30))
	assert sorted(answers(session)) == sorted(["", "", answer])
	others = frappe.get_all(NOTICE, {"template": mails.MEETING_DECLINED}, pluck="profile")
	assert set(others) == (set() if answer == "Yes" else set(group.people) - {person})
	assert frappe.db.exists("Communication", {"sender": address(person), "sent_or_received": "Received"})


@pytest.mark.parametrize("client", CLIENTS)
def test_words_are_a_message_to_the_group_once(mailbox, group, session, client):
	person = group.people[1]
	answer = mail(client, session, person, partstat="DECLINED", words="I'm away; next week?")
	mailbox.put(answer)
	mailbox.put(answer, answer)
	written = frappe.get_all(
		"Mentoring Message", {"mentoring_group": group.name}, ["written_by", "name", "content"]
	)
	assert [row.written_by for row in written] == [person]
	assert "away" not in written[0].content, "sealed"


def test_somebody_who_may_not_write_still_answers(mailbox, group, session, monkeypatch):
	from mentor_ispe.services.conversation import access

	def refuse(*_args):
		raise frappe.PermissionError

	monkeypatch.setattr(access, "require_writer", refuse)
	mailbox.put(mail(google, session, group.people[1], words="Hello"))
	assert "Yes" in answers(session)
	assert not frappe.db.exists("Mentoring Message", {"mentoring_group": group.name})


FORGED = {
	"of another person": lambda group, session: mail(
		outlook, session, group.people[1], address=address(group.people[2])
	),
	"sent by another person": lambda group, session: mail(
		outlook, session, group.people[1], sender=address(group.people[2])
	),
	"of a stranger": lambda group, session: mail(google, session, group.people[1], address="eve@example.org"),
	"in a forged name, without the key": lambda group, session: mail(
		apple, session, group.people[1], uid=session.calendar_uid
	),
	"in a forged name, with one's own key": lambda group, session: mail(
		apple, session, group.people[1], uid=row_of(session, group.people[2]).calendar_uid
	),
	"with a guessed key": lambda group, session: mail(
		google, session, group.people[1], uid=f"{'0' * 32}@{frappe.local.site}"
	),
	"with any key": lambda group, session: mail(google, session, group.people[1], uid="%"),
	"from a later message": lambda group, session: mail(google, session, group.people[1], sequence=1),
}


@pytest.mark.parametrize("which", FORGED)
def test_what_is_forged_moves_nothing(mailbox, group, session, which):
	before = frappe.db.get_value("Mentoring Session", session.name, "modified")
	mailbox.put(FORGED[which](group, session))
	assert not any(answers(session))
	assert frappe.db.get_value("Mentoring Session", session.name, "modified") == before


def test_an_answer_to_another_meeting_is_that_ones(mailbox, group, session):
	with clock.at(INVITED):
		other = make_session(group, starts_on=add_to_date(STARTS_ON, days=7))
	mailbox.put(mail(outlook, other, group.people[1]))
	assert not any(answers(session))
	assert "Yes" in answers(other)


def test_an_answer_to_the_time_before_it_was_moved_moves_nothing(mailbox, group, session):
	person = group.people[1]
	before = mail(google, session, person, partstat="DECLINED", sequence=0)
	with clock.at(datetime(2031, 3, 2, 12)):
		planning.change(session.name, starts_on=add_to_date(STARTS_ON, days=1))
	mailbox.put(before)
	assert not any(answers(session))
	now = event_of(told(person, mails.SESSION_CHANGED).calendar)
	sequence = int(now.sequence.value)
	assert sequence > 0
	mailbox.put(mail(google, session, person, sequence=sequence, stamp="20310302T130000Z"))
	assert row_of(session, person).answer == "Yes"


def test_an_answer_to_the_same_time_counts_though_something_else_changed_since(mailbox, group, session):
	planning.change(session.name, location="Room 5", mode="In Person")
	mailbox.put(mail(apple, session, group.people[1], sequence=0))
	assert row_of(session, group.people[1]).answer == "Yes"


def test_the_newest_answer_holds_whatever_arrives_last(mailbox, group, session):
	person = group.people[1]
	mailbox.put(
		mail(google, session, person, partstat="DECLINED", stamp="20310303T100000Z"),
		mail(google, session, person, partstat="ACCEPTED", stamp="20310303T090000Z"),
	)
	assert row_of(session, person).answer == "No"
	planning.answer(session.name, person, "Maybe")
	mailbox.put(mail(google, session, person, partstat="DECLINED", stamp="20310303T110000Z"))
	assert row_of(session, person).answer == "Maybe"


def test_a_clock_that_is_ahead_keeps_nobody_from_answering(mailbox, group, session):
	person = group.people[1]
	mailbox.put(mail(google, session, person, stamp="20310401T000000Z"))
	assert row_of(session, person).answer == "Yes"
	with clock.at(datetime(2031, 3, 4, 12)):
		planning.answer(session.name, person, "No")
		assert get_datetime(row_of(session, person).answered_on).day == 4


def test_a_mail_that_arrives_again_says_nothing_new(mailbox, group, session):
	person = group.people[1]
	ahead = mail(google, session, person, stamp="20310401T000000Z")
	mailbox.put(ahead)
	with clock.at(datetime(2031, 3, 4, 12)):
		planning.answer(session.name, person, "No")
		mailbox.put(ahead)
	assert row_of(session, person).answer == "No"


@pytest.mark.parametrize("off", ["cancelled", "begun"])
def test_a_meeting_that_is_not_to_come_takes_no_answer(mailbox, group, session, off):
	answer = mail(google, session, group.people[1])
	if off == "cancelled":
		planning.cancel(session.name, "Ill")
	with clock.at(datetime(2031, 3, 3, 12) if off == "cancelled" else STARTS_ON):
		mailbox.put(answer)
	assert not any(answers(session))


def test_one_mail_that_fails_keeps_no_other_from_arriving(mailbox, group, session, monkeypatch):
	from mentor_ispe.services.sessions import calendar_replies

	record, broken = calendar_replies.record_answer, row_of(session, group.people[1]).calendar_uid

	def fail(reply):
		if reply.uid == broken:
			raise ValueError("broken")
		return record(reply)

	monkeypatch.setattr(calendar_replies, "record_answer", fail)
	mailbox.put(mail(google, session, group.people[1]), mail(google, session, group.people[2]))
	assert row_of(session, group.people[2]).answer == "Yes"
	assert (
		frappe.db.count("Communication", {"sender": ("in", [address(one) for one in group.people[1:]])}) == 2
	)


def test_the_mail_says_where_answers_count(group, mailbox):
	make_session(group)
	invited = told(group.people[1], mails.SESSION_INVITATION)
	assert json.loads(invited.context)["replies_read"] is True
	assert event_of(invited.calendar).attendee.params["RSVP"] == ["TRUE"]
	frappe.db.set_value("Email Account", mailbox.account.name, "enable_incoming", 0)
	make_session(group, starts_on=add_to_date(STARTS_ON, days=7))
	invited = told(group.people[1], mails.SESSION_INVITATION)
	assert json.loads(invited.context)["replies_read"] is False
	assert event_of(invited.calendar).attendee.params["RSVP"] == ["FALSE"]


def test_each_person_has_a_key_of_their_own_that_no_request_changes(group, session):
	keys = {row.profile: row.calendar_uid for row in session.attendance}
	assert len(set(keys.values()) | {session.calendar_uid}) == len(group.people) + 1
	doc = frappe.get_doc("Mentoring Session", session.name)
	people = [row.profile for row in doc.attendance]
	doc.set("attendance", [{"profile": profile, "calendar_uid": "mine"} for profile in people])
	doc.update({"location": "Room 5", "asked_sequence": 7})
	doc.save()
	doc.reload()
	assert {row.profile: row.calendar_uid for row in doc.attendance} == keys
	assert doc.asked_sequence == 0


def test_who_was_invited_before_there_were_keys_keeps_their_entry_and_answers_on_the_page(
	mailbox, group, session
):
	person = group.people[1]
	frappe.db.set_value(
		"Mentoring Session Attendance",
		row_of(session, person).name,
		"calendar_uid",
		None,
		update_modified=False,
	)
	planning.change(session.name, starts_on=add_to_date(STARTS_ON, days=1))
	changed = told(person, mails.SESSION_CHANGED)
	assert event_of(changed.calendar).uid.value == session.calendar_uid
	assert json.loads(changed.context)["replies_read"] is False
	mailbox.put(
		google(uid=session.calendar_uid, address=address(person), sequence=1, stamp="20310303T130000Z")
	)
	assert not any(answers(session))


def test_what_is_planned_keeps_the_organizer_of_its_invitations(group, session):
	frappe.db.set_value("Mentoring Session", session.name, "calendar_organizer", None, update_modified=False)
	keep_calendar_organizers.execute()
	frappe.db.set_value("Mentoring Program", group.cycle.program, "contact_email", "new@example.org")
	frappe.clear_document_cache("Mentoring Program", group.cycle.program)
	keep_calendar_organizers.execute()
	planning.change(session.name, starts_on=add_to_date(STARTS_ON, days=1))
	changed = event_of(told(group.people[1], mails.SESSION_CHANGED).calendar)
	assert changed.organizer.value.lower() == f"mailto:{OFFICE}"
