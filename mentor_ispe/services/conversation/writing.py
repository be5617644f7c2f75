"""Write a message into the conversation of a group, or delete one's own."""

from __future__ import annotations

from hashlib import sha256

import frappe
from frappe import _
from frappe.utils import cint, now_datetime

from mentor_ispe.concurrency import locks
from mentor_ispe.domain.conversations import MessageWritten, check_message
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.permissions import group_records
from mentor_ispe.services.conversation import access, files
from mentor_ispe.services.conversation.files import Upload
from mentor_ispe.services.sessions import sealing

MESSAGE = "Mentoring Message"


def send(group: str, profile: str, text: str = "", upload: Upload | None = None, token: str = "") -> str:
	"""Write a message as somebody who takes part in the conversation, and tell the others; returns its name.

	The group's row is locked while the message gets its number, so everybody reads the messages in one order. What
	is sent again with the same `token` is the message that it was.
	"""
	access.require_writer(group, profile)
	text = text.replace("\r\n", "\n").strip()
	raise_violations(check_message(text, upload is not None))
	attachment = files.checked(upload) if upload else None
	locks.lock_group(group)
	name = _name(group, profile, token)
	if frappe.db.get_value(MESSAGE, name, "name", for_update=True):
		return name
	view = access.require_writer(group, profile)
	words = {"text": text}
	if attachment:
		words |= {"file_name": attachment.name, "file_kind": attachment.kind}
		files.store(attachment, name, group)
	doc = frappe.new_doc(MESSAGE)
	doc.update(
		{
			"mentoring_group": group,
			"number": last_number(group) + 1,
			"written_by": profile,
			"written_on": now_datetime(),
			"content": sealing.seal(words, name),
		}
	)
	group_records.insert(doc, name)
	raise_events(doc, [MessageWritten(tuple(one for one in view.writers if one != profile))])
	return name


def _name(group: str, profile: str, token: str) -> str:
	said = f"{group}\n{profile}\n{token or frappe.generate_hash()}"
	return sha256(said.encode()).hexdigest()[:20]


def last_number(group: str) -> int:
	"""The number of the newest message as it is now; 0 when there is none. The group's row is locked."""
	filters = {"mentoring_group": group}
	return cint(frappe.db.get_value(MESSAGE, filters, "number", order_by="number desc", for_update=True))


def delete(message: str, profile: str) -> None:
	"""Take away the words and the file of a message that the person wrote; that there was one stays to be seen."""
	row = frappe.db.get_value(MESSAGE, message, ("written_by", "deleted_on"), as_dict=True, for_update=True)
	if not row or row.written_by != profile:
		raise frappe.PermissionError(_("Only the person who wrote a message can delete it."))
	if not row.deleted_on:
		clear([message])


def clear(messages: list[str]) -> None:
	"""Take the words and the files out of these messages."""
	for message in messages:
		files.delete(message)
		frappe.db.set_value(MESSAGE, message, {"content": "", "deleted_on": now_datetime()})
