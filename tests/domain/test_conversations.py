"""The rules of a conversation: who reads and writes, links in the text, when a mail goes out, names of files."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.conversations import (
	LONGEST,
	MAIL_EVERY,
	check_message,
	mail_after,
	people_who_write,
	standing,
	text_and_links,
)
from mentor_ispe.domain.message_files import KINDS, LARGEST_FILE, check_file, name_of_file
from mentor_ispe.domain.seats import Seat

NOW = datetime(2031, 2, 11, 9, 30)


def seat(name: str, status: str) -> Seat:
	return Seat(name, "Mentee", status, profile=name, full_name=name.title())


@pytest.mark.parametrize(
	("group", "mine", "other", "expected"),
	[
		("Proposed", "Accepted", "Proposed", (False, False)),
		("Proposed", "Accepted", "Accepted", (True, True)),
		("Proposed", "Accepted", "Declined", (False, False)),
		("Active", "Active", "Active", (True, True)),
		("Active", "Active", "Suspended", (True, True)),
		("Active", "Suspended", "Active", (True, False)),
		("Active", "Proposed", "Active", (False, False)),
		("Active", "Accepted", "Active", (False, False)),
		("Active", "Withdrawn", "Active", (False, False)),
		("Completed", "Completed", "Completed", (True, False)),
		("Ended Early", "Completed", "Completed", (True, False)),
		("Ended Early", "Ended", "Ended", (False, False)),
		("Cancelled", "Accepted", "Accepted", (False, False)),
		("Draft", "Accepted", "Accepted", (False, False)),
	],
)
def test_who_reads_and_writes(group, mine, other, expected):
	me, somebody = seat("ana", mine), seat("ben", other)
	found = standing(group, me, [me, somebody])
	assert (found.reads, found.writes) == expected
	assert ("ana" in people_who_write(group, [me, somebody])) == expected[1]


def test_a_stranger_does_neither():
	found = standing("Active", None, [seat("ana", "Active")])
	assert (found.reads, found.writes) == (False, False)


@pytest.mark.parametrize(
	("text", "links"),
	[
		("see https://example.org/a.", ["https://example.org/a"]),
		("(https://example.org/a_(b))!", ["https://example.org/a_(b)"]),
		("HTTPS://EXAMPLE.ORG and http://example.org?q=1", ["HTTPS://EXAMPLE.ORG", "http://example.org?q=1"]),
		("javascript:alert(1) data:text/html,x ftp://example.org www.example.org", []),
		("https:// https://", []),
		('https://example.org/"><script>', ["https://example.org/"]),
	],
)
def test_links_of_a_text(text, links):
	assert [piece for piece, link in text_and_links(text) if link] == links


@given(st.text(alphabet=st.sampled_from(list("ab:/.()[] \nhttps<>\"'")) | st.characters(), max_size=200))
def test_the_pieces_are_the_text_and_every_link_leads_to_a_web_page(text):
	pieces = list(text_and_links(text))
	assert "".join(piece for piece, _link in pieces) == text
	assert all(piece.lower().startswith(("http://", "https://")) for piece, link in pieces if link)


@given(st.lists(st.tuples(st.sampled_from(["write", "read"]), st.integers(0, 90)), max_size=40))
def test_no_two_mails_an_hour_and_none_before_the_last_was_read(steps):
	"""Whatever is written and read when: each message that is never read was told of, or one before it was."""
	now, number, read, told, told_on = NOW, 0, 0, 0, None
	mails = []
	for step, minutes in steps:
		now += timedelta(minutes=minutes)
		if step == "read":
			read = number
			continue
		number += 1
		due = mail_after(read, told, told_on, now)
		if due is not None:
			assert due >= now
			mails.append(due)
			told, told_on = number, due
		assert told > read, "somebody who hasn't read was told"
	assert all(later - earlier >= MAIL_EVERY for earlier, later in pairwise(mails))


def test_what_a_message_may_be():
	assert not check_message("Hello", has_file=False)
	assert not check_message("", has_file=True)
	assert [found.code for found in check_message("", has_file=False)] == ["empty_message"]
	assert not check_message("x" * LONGEST, has_file=False)
	assert [found.code for found in check_message("x" * (LONGEST + 1), has_file=True)] == ["message_too_long"]


def test_what_a_file_may_be():
	assert not check_file("application/pdf", LARGEST_FILE)
	assert [found.code for found in check_file("application/pdf", LARGEST_FILE + 1)] == ["file_too_large"]
	assert [found.code for found in check_file("application/pdf", 0)] == ["empty_file"]
	for kind in (None, "text/html", "image/svg+xml", "application/zip", "image/gif"):
		assert [found.code for found in check_file(kind, 10)] == ["file_kind"]


@given(st.text(max_size=300), st.sampled_from(sorted(KINDS)))
def test_the_name_of_a_file_is_a_name_alone_and_ends_as_its_content_says(given_name, kind):
	name = name_of_file(given_name, kind)
	stem, _dot, ending = name.rpartition(".")
	assert ending == KINDS[kind]
	assert 0 < len(stem) <= 100
	assert name.isprintable()
	assert not set(name) & set('/\\<>:"|?*\r\n')
	assert name_of_file(name, kind) == name


@pytest.mark.parametrize(
	("given_name", "expected"),
	[
		("../../etc/passwd", "passwd.pdf"),
		("C:\\Users\\ana\\Plan.PDF", "Plan.pdf"),
		("", "file.pdf"),
		("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
	],
)
def test_names_of_files(given_name, expected):
	assert name_of_file(given_name, "application/pdf") == expected
