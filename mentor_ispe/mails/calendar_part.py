"""Put the calendar file of a notice into its mail, so that mail programs show an invitation.

Frappe's attachments can't say `method=REQUEST`, and come outside the alternatives of the text; but while
it builds a mail it asks a hook, `make_email_body_message`, on Frappe 15 and 16 alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from email import encoders
from email.mime.base import MIMEBase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
	from frappe.email.email_body import EMail

FILE_NAME = "invite.ics"
_calendar: ContextVar[str | None] = ContextVar("mentoring_calendar_part", default=None)
_METHOD = re.compile(r"^METHOD:(\w+)\s*$", re.MULTILINE)


@contextmanager
def going_along(calendar: str | None) -> Iterator[None]:
	"""Let the mail that is built in the block carry this iCalendar message, if there is one."""
	token = _calendar.set(calendar)
	try:
		yield
	finally:
		_calendar.reset(token)


def attach(mail: EMail) -> None:
	"""Add the calendar file to the mail, once as the last of its alternatives, once as an attachment.

	Outlook and Gmail read the first, programs that only know files open the second.
	"""
	calendar = _calendar.get()
	if not calendar:
		return
	found = _METHOD.search(calendar)
	method = found.group(1) if found else "PUBLISH"
	mail.msg_alternative.attach(_part("text", "calendar", calendar, charset="utf-8", method=method))
	file = _part("application", "ics", calendar, name=FILE_NAME)
	file.add_header("Content-Disposition", "attachment", filename=FILE_NAME)
	mail.msg_root.attach(file)


def _part(kind: str, subtype: str, text: str, **parameters: str) -> MIMEBase:
	# In base64: its lines end as the standard wants, whatever the mail passes through.
	part = MIMEBase(kind, subtype, **parameters)
	part.set_payload(text.encode())
	encoders.encode_base64(part)
	return part
