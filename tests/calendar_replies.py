"""Mails in which calendar programs answer an invitation, in the shape that each of them writes.

The shapes (which parts, which parameters, where words go, what is left out) are those that people report of
Exchange and outlook.com, of Google Calendar, and of Calendar on macOS and iOS; people, places and keys are made up.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from quopri import encodestring
from textwrap import wrap
from typing import Any

UID = "5f0c2a9be1d84c7786a1d0f3b2c4e596@mentoring.example.org"
ORGANIZER = "office@example.org"


@dataclass(frozen=True)
class Answer:
	"""What somebody answers; `sender` is whom the mail says it is from, empty for the invited `address` itself."""

	uid: str = UID
	address: str = "ana@example.org"
	partstat: str = "ACCEPTED"
	sequence: int = 0
	words: str = ""
	stamp: str = "20310302T081530Z"
	sender: str = ""


def escaped(words: str) -> str:
	return words.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def folded(lines: list[str]) -> str:
	"""Lines of 75 bytes at most, whatever letter a fold falls behind."""
	return "".join(f"{fold}\r\n" for line in lines if line for fold in _folds(line))


def _folds(line: str) -> list[str]:
	folds, now = [], ""
	for letter in line:
		if len((now + letter).encode()) > 74:
			folds.append(now)
			now = " "
		now += letter
	return [*folds, now]


def outlook(**said: Any) -> bytes:
	"""As Exchange and outlook.com: a part of its own without a name, zones of Windows, no organizer."""
	answer = Answer(**said)
	file = folded(
		[
			"BEGIN:VCALENDAR",
			"METHOD:REPLY",
			"PRODID:Microsoft Exchange Server 2010",
			"VERSION:2.0",
			"BEGIN:VTIMEZONE",
			"TZID:W. Europe Standard Time",
			"BEGIN:STANDARD",
			"DTSTART:16010101T030000",
			"TZOFFSETFROM:+0200",
			"TZOFFSETTO:+0100",
			"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
			"END:STANDARD",
			"BEGIN:DAYLIGHT",
			"DTSTART:16010101T020000",
			"TZOFFSETFROM:+0100",
			"TZOFFSETTO:+0200",
			"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
			"END:DAYLIGHT",
			"END:VTIMEZONE",
			"BEGIN:VEVENT",
			f'ATTENDEE;PARTSTAT={answer.partstat};CN="Lindqvist, Ana":mailto:{answer.address}',
			f"COMMENT;LANGUAGE=en-US:{escaped(answer.words)}\\n",
			f"UID:{answer.uid}",
			"SUMMARY;LANGUAGE=en-US:Accepted: Ana Lindqvist and Ben Okafor: Goals",
			"DTSTART;TZID=W. Europe Standard Time:20310304T170000",
			"DTEND;TZID=W. Europe Standard Time:20310304T180000",
			"CLASS:PUBLIC",
			"PRIORITY:5",
			f"DTSTAMP:{answer.stamp}",
			"TRANSP:OPAQUE",
			"STATUS:CONFIRMED",
			f"SEQUENCE:{answer.sequence}",
			"LOCATION;LANGUAGE=en-US:https://meet.example.org/goals",
			f"X-MICROSOFT-CDO-APPT-SEQUENCE:{answer.sequence}",
			"X-MICROSOFT-CDO-OWNERAPPTID:0",
			"X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
			"X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
			"X-MICROSOFT-CDO-IMPORTANCE:1",
			"X-MICROSOFT-CDO-INSTTYPE:0",
			"X-MICROSOFT-DISALLOW-COUNTER:FALSE",
			"END:VEVENT",
			"END:VCALENDAR",
		]
	)
	return "\r\n".join(
		[
			f"From: =?iso-8859-1?Q?Lindqvist=2C_Ana?= <{answer.sender or answer.address}>",
			f"To: Mentoring <{ORGANIZER}>",
			"Subject: Accepted: Ana Lindqvist and Ben Okafor: Goals",
			"Date: Sun, 2 Mar 2031 08:15:31 +0000",
			f"Message-ID: <{answer.uid[:32]}.{answer.stamp}.outlook@example.org>",
			'Content-Type: multipart/alternative; boundary="_000_outlook_"',
			"MIME-Version: 1.0",
			"",
			"--_000_outlook_",
			'Content-Type: text/plain; charset="iso-8859-1"',
			"Content-Transfer-Encoding: quoted-printable",
			"",
			encodestring(answer.words.encode("iso-8859-1", "replace")).decode(),
			"--_000_outlook_",
			'Content-Type: text/html; charset="iso-8859-1"',
			"",
			"<html><body></body></html>",
			"--_000_outlook_",
			'Content-Type: text/calendar; charset="utf-8"; method=REPLY',
			"Content-Transfer-Encoding: base64",
			"",
			*wrap(b64encode(file.encode()).decode(), 76),
			"",
			"--_000_outlook_--",
			"",
		]
	).encode()


def google(method: str = "REPLY", as_text: bool = False, **said: Any) -> bytes | str:
	"""As Google Calendar: the same file as a part and attached; words in the attendee's line."""
	answer = Answer(**said)
	comment = answer.words.replace("'", "&#39;").replace(";", "\\;")
	file = folded(
		[
			"BEGIN:VCALENDAR",
			"PRODID:-//Google Inc//Google Calendar 70.9054//EN",
			"VERSION:2.0",
			"CALSCALE:GREGORIAN",
			f"METHOD:{method}",
			"BEGIN:VEVENT",
			"DTSTART:20310304T160000Z",
			"DTEND:20310304T170000Z",
			f"DTSTAMP:{answer.stamp}",
			f"ORGANIZER;CN=Mentoring:mailto:{ORGANIZER}",
			f"UID:{answer.uid}",
			f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer.partstat};CN=Ana Lindqvist;X-NUM-GUESTS=0"
			+ (f';X-RESPONSE-COMMENT="{comment}"' if comment else "")
			+ f":mailto:{answer.address}",
			"CREATED:20310301T120000Z",
			"DESCRIPTION:Focus: Goals",
			"LAST-MODIFIED:20310302T081530Z",
			"LOCATION:https://meet.example.org/goals",
			f"SEQUENCE:{answer.sequence}",
			"STATUS:CONFIRMED",
			"SUMMARY:Ana Lindqvist and Ben Okafor: Goals",
			"TRANSP:OPAQUE",
			"END:VEVENT",
			"END:VCALENDAR",
		]
	)
	attached = [
		"--outer",
		'Content-Type: application/ics; name="invite.ics"',
		'Content-Disposition: attachment; filename="invite.ics"',
		"Content-Transfer-Encoding: base64",
		"",
		*wrap(b64encode(file.encode()).decode(), 76),
	]
	mail = "\r\n".join(
		[
			"MIME-Version: 1.0",
			"Sender: Google Calendar <calendar-notification@calendar.example.org>",
			f"Message-ID: <calendar-{answer.uid[:32]}-{answer.stamp}@example.org>",
			"Date: Sun, 02 Mar 2031 08:15:31 +0000",
			"Subject: Accepted: Ana Lindqvist and Ben Okafor: Goals @ Tue Mar 4, 2031",
			f"From: Ana Lindqvist <{answer.sender or answer.address}>",
			f"To: {ORGANIZER}",
			'Content-Type: multipart/mixed; boundary="outer"',
			"",
			"--outer",
			'Content-Type: multipart/alternative; boundary="inner"',
			"",
			"--inner",
			'Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes',
			"",
			"Ana Lindqvist has replied to this invitation.",
			"",
			"--inner",
			f'Content-Type: text/calendar; charset="UTF-8"; method={method}',
			"Content-Transfer-Encoding: 8bit",
			"",
			file,
			"--inner--",
			*([] if as_text else attached),
			"--outer--",
			"",
		]
	)
	return mail if as_text else mail.encode()


def apple(**said: Any) -> bytes:
	"""As Calendar of macOS and iOS by Mail: the file is an attachment with a name, zones as a city."""
	answer = Answer(**said)
	file = folded(
		[
			"BEGIN:VCALENDAR",
			"CALSCALE:GREGORIAN",
			"METHOD:REPLY",
			"PRODID:-//Apple Inc.//macOS 15.1//EN",
			"VERSION:2.0",
			"BEGIN:VTIMEZONE",
			"TZID:Europe/Berlin",
			"BEGIN:DAYLIGHT",
			"DTSTART:19810329T020000",
			"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
			"TZNAME:CEST",
			"TZOFFSETFROM:+0100",
			"TZOFFSETTO:+0200",
			"END:DAYLIGHT",
			"BEGIN:STANDARD",
			"DTSTART:19961027T030000",
			"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
			"TZNAME:CET",
			"TZOFFSETFROM:+0200",
			"TZOFFSETTO:+0100",
			"END:STANDARD",
			"END:VTIMEZONE",
			"BEGIN:VEVENT",
			f'ATTENDEE;CN="Ana Lindqvist";CUTYPE=INDIVIDUAL;EMAIL="{answer.address}";PARTSTAT={answer.partstat}:mailto:{answer.address}',
			f"COMMENT:{escaped(answer.words)}" if answer.words else "",
			"CREATED:20310301T120000Z",
			"DTEND;TZID=Europe/Berlin:20310304T180000",
			f"DTSTAMP:{answer.stamp}",
			"DTSTART;TZID=Europe/Berlin:20310304T170000",
			"LAST-MODIFIED:20310302T081530Z",
			f'ORGANIZER;CN="Mentoring";EMAIL="{ORGANIZER}":mailto:{ORGANIZER}',
			f"SEQUENCE:{answer.sequence}",
			"SUMMARY:Ana Lindqvist and Ben Okafor: Goals",
			"TRANSP:OPAQUE",
			f"UID:{answer.uid}",
			"END:VEVENT",
			"END:VCALENDAR",
		]
	)
	return "\r\n".join(
		[
			f"From: Ana Lindqvist <{answer.sender or answer.address}>",
			'Content-Type: multipart/mixed; boundary="Apple-Mail=_1"',
			"MIME-Version: 1.0",
			"Subject: Re: Ana Lindqvist and Ben Okafor: Goals",
			f"Message-Id: <{answer.uid[:32]}.{answer.stamp}.apple@example.org>",
			"Date: Sun, 2 Mar 2031 09:15:31 +0100",
			f"To: {ORGANIZER}",
			"",
			"--Apple-Mail=_1",
			"Content-Type: text/plain; charset=us-ascii",
			"",
			"Ana Lindqvist accepted the invitation.",
			"",
			"--Apple-Mail=_1",
			"Content-Disposition: attachment; filename=iCal-20310302-091530.ics",
			"Content-Type: text/calendar; method=REPLY; x-unix-mode=0644; name=iCal-20310302-091530.ics",
			"Content-Transfer-Encoding: quoted-printable",
			"",
			encodestring(file.replace("\r\n", "\n").encode()).decode(),
			"--Apple-Mail=_1--",
			"",
		]
	).encode()


CLIENTS: list[Callable[..., bytes]] = [outlook, google, apple]
