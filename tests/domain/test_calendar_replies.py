"""Answers as Outlook, Google and Apple write them, and mails that only look like one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.calendar_replies import MOST_BYTES, Invitation, Reply, counts, read_reply
from tests.calendar_replies import CLIENTS, UID, apple, google, outlook

STAMP = datetime(2031, 3, 2, 8, 15, 30, tzinfo=timezone.utc)
REPLY = Reply(UID, 0, STAMP, "ana@example.org", "ana@example.org", "Yes")
ASKED = Invitation(UID, "ana@example.org", 0, 0)


def read(mail: bytes) -> Reply | None:
	return read_reply(message_from_bytes(mail))


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
	("partstat", "answer"), [("ACCEPTED", "Yes"), ("TENTATIVE", "Maybe"), ("DECLINED", "No")]
)
def test_each_client_is_understood(client, partstat, answer):
	reply = read(client(partstat=partstat, sequence=3))
	assert reply == replace(REPLY, answer=answer, sequence=3)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("words", ["Can't, sorry; next week?", "Ich bin in Köln – leider", "a, b; c\\d"])
def test_what_the_person_added_is_read(client, words):
	assert read(client(words=words)).words == words


@pytest.mark.parametrize("client", CLIENTS)
def test_addresses_are_the_same_in_any_case(client):
	assert counts(read(client(address="Ana@Example.org")), replace(ASKED, address="ana@EXAMPLE.org"))


@pytest.mark.parametrize(
	"partstat", ["NEEDS-ACTION", "DELEGATED", "COMPLETED", "", "X-OTHER", "ACCEPTED,DECLINED"]
)
def test_anything_but_the_three_answers_is_none(partstat):
	assert read(google(partstat=partstat)) is None


@pytest.mark.parametrize("method", ["REQUEST", "COUNTER", "CANCEL", "PUBLISH", "REFRESH"])
def test_other_messages_are_no_answer(method):
	assert read(google(method=method)) is None


def changed(client, old: str, new: str) -> bytes:
	return client(as_text=True).replace(old, new).encode()


@pytest.mark.parametrize(
	("old", "new"),
	[
		("DTSTAMP:20310302T081530Z\r\n", ""),
		("DTSTAMP:20310302T081530Z", "DTSTAMP:yesterday"),
		("SEQUENCE:0", "SEQUENCE:latest"),
		(f"UID:{UID}\r\n", ""),
		("STATUS:CONFIRMED", "RECURRENCE-ID:20310304T170000Z"),
		("ATTENDEE;", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.org\r\nATTENDEE;"),
		("END:VEVENT\r\n", ""),
		("END:VEVENT\r\n", f"END:VEVENT\r\nBEGIN:VEVENT\r\nUID:{UID}\r\nEND:VEVENT\r\n"),
		("From: ", "From: ben@example.org\r\nFrom: "),
		("From: ", "From: ben@example.org, "),
		("From: ", "X-From: "),
	],
)
def test_what_says_more_or_less_than_one_answer_is_none(old, new):
	assert read(google(as_text=True).encode()) == REPLY
	assert read(changed(google, old, new)) is None


def test_a_forwarded_answer_is_none():
	mail = EmailMessage()
	mail["From"], mail["To"], mail["Subject"] = "ana@example.org", "office@example.org", "Fwd: Accepted"
	mail.set_content("See below")
	mail.add_attachment(message_from_bytes(outlook(), policy=mail.policy))
	assert read(mail.as_bytes()) is None


def test_a_file_of_any_length_is_not_opened():
	assert read(apple(words="x" * MOST_BYTES)) is None


def test_an_answer_counts_for_what_was_asked():
	assert counts(REPLY, ASKED)
	assert counts(replace(REPLY, sequence=2), replace(ASKED, first=1, last=4))


@pytest.mark.parametrize(
	("reply", "asked"),
	[
		({"uid": "another@example.org"}, {}),
		({"uid": ""}, {"uid": ""}),
		({"address": "ben@example.org"}, {}),
		({"sender": "ben@example.org"}, {}),
		({}, {"address": "ana@new.example.org"}),
		({"sequence": 0}, {"first": 1, "last": 2}),
		({"sequence": 3}, {"first": 1, "last": 2}),
		({}, {"answered_at": STAMP}),
		({}, {"answered_at": STAMP + timedelta(minutes=1)}),
	],
)
def test_any_other_one_does_not(reply, asked):
	assert not counts(replace(REPLY, **reply), replace(ASKED, **asked))


LINES = (
	*("BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "METHOD:REPLY"),
	*("ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b", "ATTENDEE:x", "UID:1", "UID:", "SEQUENCE:-", "SEQUENCE:1"),
	*("DTSTAMP:20310302T081530Z", "DTSTAMP;VALUE=DATE:20310302", "COMMENT:", "COMMENT", "RRULE:FREQ=X"),
)


@given(
	st.binary(max_size=300)
	| st.lists(st.sampled_from(LINES), max_size=12).map(lambda lines: "\r\n".join(lines).encode())
)
def test_nothing_that_arrives_breaks_it(content):
	mail = b"From: ana@example.org\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n" + content
	reply = read(mail)
	assert reply is None or (reply.answer == "Yes" and reply.stamp.tzinfo)
