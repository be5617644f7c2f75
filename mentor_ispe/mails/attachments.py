"""What goes along with a mail: a file for the calendar, pictures in the text, files beside it.

A DocType named in the hook `mentoring_rendered_reports` writes the mails about its records: a function that
takes a record's name and returns a RenderedReport. Its pictures and files become parts of the mail that Frappe
puts into its queue, so that it is whole there, whatever becomes of the record. Frappe 15 itself takes pictures
from paths of this server only, and its attachments can't say `method=REQUEST`, by which mail programs know an
invitation.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from email import encoders, policy
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any, cast

import frappe
from frappe.email.doctype.email_queue.email_queue import QueueBuilder
from frappe.email.email_body import EMail

from mentor_ispe.mails.rendered import RenderedMail, RenderedReport

HOOK = "mentoring_rendered_reports"
CALENDAR_FILE, CANCELED_FILE = "invite.ics", "canceled-{}.ics"
UNSUBSCRIBE = "List-Unsubscribe"
_PICTURE = re.compile(r'data-picture="(\w+)"')
_METHOD = re.compile(r"^METHOD:(\w+)\s*$", re.MULTILINE)


def rendered_report(doctype: str | None, name: str | None) -> RenderedReport | None:
	"""What the record has written; None when records of its kind write no mails themselves."""
	if not (name and is_written_by_record(doctype)):
		return None
	return frappe.get_attr(frappe.get_hooks(HOOK)[doctype][-1])(name)


def is_written_by_record(doctype: str | None) -> bool:
	"""Whether records of this kind write the mails about themselves."""
	return bool(doctype and frappe.get_hooks(HOOK, {}).get(doctype))


def place_pictures(message: str, source: Callable[[str], str | None]) -> str:
	"""The message with each picture from where `source` says it is; one that is nowhere stays without."""

	def shown(found: re.Match) -> str:
		where = source(found[1])
		return f'src="{where}"' if where else ""

	return _PICTURE.sub(shown, message)


def data_uris(pictures: Mapping[str, bytes]) -> Callable[[str], str | None]:
	"""Where a picture is found that lies in the page itself: for a page that is shown, not sent."""

	def source(name: str) -> str | None:
		if name not in pictures:
			return None
		return f"data:image/png;base64,{b64encode(pictures[name]).decode()}"

	return source


class MailBuilder(QueueBuilder):
	"""Frappe's builder of rows of the Email Queue, for a mail of ours: its own layout and plain text, calendar files,
	what a report brings along, and the way out for mail programs.
	"""

	def __init__(self, *, mail: RenderedMail, calendars: Sequence[str] = (), **options: Any):
		report = mail.report
		if report:
			options["attachments"] = [
				{"fname": name, "fcontent": content} for name, content in report.files.items()
			]
		super().__init__(subject=mail.subject, message=mail.message, add_unsubscribe_link=0, **options)
		self.mail = mail
		self.calendars = calendars
		self.pictures = report.pictures if report else {}

	def email_html_content(self) -> str:
		return self.mail.html(self.get_outgoing_email_account())

	def email_text_content(self) -> str:
		return self.mail.text(self.get_outgoing_email_account())

	def prepare_email_content(self) -> EMail:
		"""Frappe's mail with our parts; called while the row of the queue is made."""
		made = super().prepare_email_content()
		if self.pictures:
			_embed(made, self.pictures)
		if self.calendars:
			_attach_calendars(made, self.calendars)
		if self.mail.frame.unsubscribe:
			made.set_header(UNSUBSCRIBE, f"<{self.mail.frame.unsubscribe}>")
			made.set_header(f"{UNSUBSCRIBE}-Post", f"{UNSUBSCRIBE}=One-Click")
		return made

	def as_dict(self, *arguments: Any, **options: Any) -> dict[str, Any]:
		"""What Frappe writes down. The address stands on a line of its own: a longer line is encoded on its way out."""
		row = super().as_dict(*arguments, **options)
		if row and row.get("message"):
			row["message"] = row["message"].replace(f"\n{UNSUBSCRIBE}: <", f"\n{UNSUBSCRIBE}:\r\n <", 1)
		return row


def _embed(mail: EMail, pictures: Mapping[str, bytes]) -> None:
	parts = mail.msg_alternative.get_payload()
	mail.msg_alternative.set_payload(
		[_with_pictures(part, pictures) if part.get_content_type() == "text/html" else part for part in parts]
	)


def _with_pictures(part: Message, pictures: Mapping[str, bytes]) -> MIMEMultipart:
	html = cast(bytes, part.get_payload(decode=True)).decode("utf-8")
	names = {name: f"{name}.{frappe.generate_hash(length=10)}@{frappe.local.site}" for name in pictures}
	message = place_pictures(html, lambda name: f"cid:{names[name]}" if name in names else None)
	related = MIMEMultipart("related", policy=policy.SMTP)
	related.attach(MIMEText(message, "html", "utf-8", policy=policy.SMTP))
	for name, content in pictures.items():
		image = MIMEImage(content, "png", policy=policy.SMTP)
		image.add_header("Content-ID", f"<{names[name]}>")
		image.add_header("Content-Disposition", "inline", filename=f"{name}.png")
		related.attach(image)
	return related


def is_cancellation(calendar: str) -> bool:
	"""Whether a file takes a meeting out of a calendar."""
	return method_of(calendar) == "CANCEL"


def method_of(calendar: str) -> str:
	"""What a calendar is to do with a file: REQUEST, CANCEL, …"""
	found = _METHOD.search(calendar)
	return found.group(1) if found else "PUBLISH"


def _attach_calendars(mail: EMail, calendars: Sequence[str]) -> None:
	"""Add the first file as the last of the alternatives, and each as an attachment.

	Outlook and Gmail read the first by themselves, programs that only know files open the others. One file can't
	cancel several meetings: all parts of such a message have one UID (RFC 5546, 3.2.5), and Outlook refuses others.
	"""
	first = calendars[0]
	mail.msg_alternative.attach(_part("text", "calendar", first, charset="utf-8", method=method_of(first)))
	for number, calendar in enumerate(calendars, 1):
		name = CALENDAR_FILE if len(calendars) == 1 else CANCELED_FILE.format(number)
		file = _part("application", "ics", calendar, name=name)
		file.add_header("Content-Disposition", "attachment", filename=name)
		mail.msg_root.attach(file)


def _part(kind: str, subtype: str, text: str, **parameters: Any) -> MIMEBase:
	# In base64: its lines end as the standard wants, whatever the mail passes through.
	part = MIMEBase(kind, subtype, **parameters)
	part.set_payload(text.encode())
	encoders.encode_base64(part)
	return part
