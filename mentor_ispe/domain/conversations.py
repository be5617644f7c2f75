"""The conversation of a group: who reads and writes it, what a message may be, and when somebody is told of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mentor_ispe.domain.events import Event
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.sessions.private_words import check_storable
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.domain.web_links import is_web_link

LONGEST = 5_000
"""Characters of one message."""
MOST_FILES = 100
"""Files that a group keeps at a time."""
MAIL_EVERY = timedelta(hours=1)
"""Between two mails about new messages to one person of one group, while they go on reading."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# What ends a sentence after an address, not the address.
_AFTER = ".,;:!?'’”»"


@dataclass(frozen=True)
class MessageWritten(Event):
	"""Somebody wrote a message; `others` are the profiles of everybody else who takes part in the conversation."""

	others: tuple[str, ...]


@dataclass(frozen=True)
class ConversationOpened(Event):
	"""Staff opened the conversation of a group; its people, each with their time zone."""

	zones: dict[str, str | None]


@dataclass(frozen=True)
class Standing:
	"""What somebody may do in a conversation."""

	reads: bool = False
	writes: bool = False


def standing(group_status: str, me: Seat | None, seats: Collection[Seat]) -> Standing:
	"""Whether the person of the seat `me` reads the conversation, and writes in it; `seats` are all of the group's.

	It begins as soon as everybody who was asked has accepted, before the group starts. While a membership is
	lapsed one reads; after the end those read who stayed until then, as they read the notes.
	"""
	if me is None:
		return Standing()
	if group_status == "Proposed":
		open_to_all = me.status == "Accepted" and _all_accepted(seats)
		return Standing(open_to_all, open_to_all)
	return Standing(
		reads=me.status in ("Active", "Suspended", "Completed"),
		writes=group_status == "Active" and me.status == "Active",
	)


def people_who_write(group_status: str, seats: Collection[Seat]) -> list[str]:
	"""The profiles of those who take part in the conversation now, as the seats come."""
	return list(dict.fromkeys(seat.profile for seat in seats if standing(group_status, seat, seats).writes))


def _all_accepted(seats: Collection[Seat]) -> bool:
	live = [seat for seat in seats if seat.live]
	return len(live) > 1 and all(seat.status == "Accepted" for seat in live)


def check_message(text: str, has_file: bool) -> list[Violation]:
	"""What is wrong with a message."""
	if not text and not has_file:
		return [Violation("empty_message", N_("Your message is empty. Write something, or add a file."))]
	if len(text) > LONGEST:
		return [
			Violation(
				"message_too_long",
				N_("Your message has more than {limit} characters. Shorten it, or send it in two parts."),
				{"limit": LONGEST},
			)
		]
	return check_storable(text)


def mail_after(
	read_number: int, mailed_number: int, mailed_on: datetime | None, now: datetime
) -> datetime | None:
	"""When the mail about a new message is due; None when somebody was told before and hasn't read since.

	`read_number` and `mailed_number` are the numbers of the last message that the person read, and of the one that
	they were last told of.
	"""
	if mailed_number > read_number:
		return None
	return max(now, mailed_on + MAIL_EVERY) if mailed_on else now


def text_and_links(text: str) -> Iterator[tuple[str, bool]]:
	"""The text in pieces, in order; of each whether it is the address of a web page.

	Joined, they are the text. Only whole addresses of http and https count.
	"""
	end = 0
	for found in _ADDRESS.finditer(text):
		address = _without_what_follows(found.group())
		if not is_web_link(address):
			continue
		if found.start() > end:
			yield text[end : found.start()], False
		yield address, True
		end = found.start() + len(address)
	if end < len(text):
		yield text[end:], False


def _without_what_follows(address: str) -> str:
	"""The address without the marks of the sentence around it; a closing bracket stays when one was opened in it."""
	while address and (
		address[-1] in _AFTER
		or (address[-1] == ")" and address.count(")") > address.count("("))
		or (address[-1] == "]" and address.count("]") > address.count("["))
	):
		address = address[:-1]
	return address
