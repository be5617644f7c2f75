"""Answers to invitations as calendar programs write them: REPLY of iTIP (RFC 5546) in a mail (RFC 6047).

A mail says of itself whom it is from, and anybody can write that. What nobody else can write is the UID: each person
is invited under one that was made up at random for them alone. So an answer counts when it names that UID, comes
from the invited address for the invited address, and is about the time that the meeting is set for.

Outlook leaves the organizer out of its answers, so nothing is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from email.message import Message
from email.utils import getaddresses
from html import unescape
from typing import Any

from icalendar import Calendar

from mentor_ispe.domain.calendar import PARTSTAT, plain

ANSWERS = {partstat: answer for answer, partstat in PARTSTAT.items() if answer}
CALENDAR_TYPES = ("text/calendar", "application/ics")
# An answer is about a kilobyte long; whatever is much longer is something else.
MOST_BYTES = 64 * 1024
MOST_LETTERS_OF_WORDS = 2000
_UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError)


@dataclass(frozen=True)
class Reply:
	"""Somebody's answer: "Yes", "Maybe" or "No", to the invitation with this UID and SEQUENCE.

	`address` answers by what the file says, `sender` by what the mail says; both in small letters. `stamp` is when it
	was written (aware), `words` what the person added.
	"""

	uid: str
	sequence: int
	stamp: datetime
	address: str
	sender: str
	answer: str
	words: str = ""


@dataclass(frozen=True)
class Invitation:
	"""What one person was asked: at `address`, under `uid`.

	Of the messages about the meeting those from the sequence `first` to `last` are about the time it is set for now.
	`answered_at` (aware) is when the person last answered, None if they haven't.
	"""

	uid: str
	address: str
	first: int
	last: int
	answered_at: datetime | None = None


def counts(reply: Reply, asked: Invitation) -> bool:
	"""Whether the answer is one to what was asked, and newer than what the person has answered before."""
	return (
		bool(reply.uid)
		and reply.uid == asked.uid
		and reply.address == reply.sender == asked.address.strip().lower()
		and asked.first <= reply.sequence <= asked.last
		and (asked.answered_at is None or reply.stamp > asked.answered_at)
	)


def read_reply(mail: Message) -> Reply | None:
	"""The answer in a mail; None when there is none, or one that says more or less than one person's answer."""
	sender = _sender(mail)
	if not sender:
		return None
	found = (_reply(content, sender) for content in _calendar_files(mail))
	return next((reply for reply in found if reply), None)


def _sender(mail: Message) -> str:
	"""The one address that the mail is from; empty when there are several, or none."""
	addresses = [address for _name, address in getaddresses(map(str, mail.get_all("From", [])))]
	return _bare(addresses[0]) if len(addresses) == 1 else ""


def _calendar_files(mail: Message) -> Iterator[bytes]:
	"""What the mail carries for a calendar, but for what lies in a mail that it carries."""
	waiting = [mail]
	while waiting:
		part = waiting.pop(0)
		if part.get_content_maintype() == "multipart" and part.is_multipart():
			waiting = [*part.get_payload(), *waiting]
		elif not part.is_multipart() and _is_calendar(part):
			content = part.get_payload(decode=True)
			if isinstance(content, bytes) and len(content) <= MOST_BYTES:
				yield content


def _is_calendar(part: Message) -> bool:
	return part.get_content_type() in CALENDAR_TYPES or str(part.get_filename() or "").lower().endswith(
		".ics"
	)


def _reply(content: bytes, sender: str) -> Reply | None:
	try:
		calendar = Calendar.from_ical(content.decode("utf-8", "replace"))
		events = calendar.walk("VEVENT")
		if str(calendar.get("method", "")).strip().upper() != "REPLY" or len(events) != 1:
			return None
		return _answer(events[0], sender)
	except _UNREADABLE:
		return None


def _answer(event: Any, sender: str) -> Reply | None:
	attendee = event["attendee"]
	answer = ANSWERS.get(str(attendee.params.get("partstat", "")).upper())  # a list of several has no params
	if not answer or "recurrence-id" in event:
		return None
	stamp = event.decoded("dtstamp")
	return Reply(
		uid=str(event["uid"]).strip(),
		sequence=int(event.get("sequence", 0)),
		stamp=stamp.astimezone(timezone.utc) if stamp.tzinfo else stamp.replace(tzinfo=timezone.utc),
		address=_bare(str(attendee)),
		sender=sender,
		answer=answer,
		words=_words(event, attendee),
	)


def _words(event: Any, attendee: Any) -> str:
	"""What the person added: Outlook and Apple write it as a comment, Google into the line of the attendee."""
	comment = event.get("comment", "")
	said = "\n".join(map(str, comment)) if isinstance(comment, list) else str(comment)
	said = said.strip() or unescape(str(attendee.params.get("x-response-comment", "")).replace("\\;", ";"))
	return plain(said).strip()[:MOST_LETTERS_OF_WORDS]


def _bare(address: str) -> str:
	return re.sub(r"^mailto:", "", address.strip(), flags=re.IGNORECASE).strip().lower()
