"""Mails that a record has written itself, with pictures in the text and files beside it.

A DocType named in the hook `mentoring_letters` writes the mails about its records: a function that takes a
record's name and returns a Letter. Pictures and files become parts of the mail that Frappe puts into its
queue, so that it is whole there, whatever becomes of the record. Frappe itself takes pictures from paths of
this server only.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from email import policy
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import TYPE_CHECKING

import frappe
from frappe.email.email_body import add_attachment

if TYPE_CHECKING:
	from frappe.email.email_body import EMail

HOOK = "mentoring_letters"
_PICTURE = re.compile(r'data-picture="(\w+)"')


@dataclass(frozen=True)
class Letter:
	"""`message` is HTML in which `<img data-picture="name">` stands for the PNG of that name; `files` by name."""

	subject: str
	message: str
	plain: str
	pictures: Mapping[str, bytes] = field(default_factory=dict)
	files: Mapping[str, bytes] = field(default_factory=dict)


_letter: ContextVar[Letter | None] = ContextVar("mentoring_letter", default=None)


def letter_about(doctype: str | None, name: str | None) -> Letter | None:
	"""What the record has written; None when records of its kind write no mails themselves."""
	writers = frappe.get_hooks(HOOK, {}).get(doctype) if doctype and name else None
	return frappe.get_attr(writers[-1])(name) if writers else None


@contextmanager
def going_along(letter: Letter | None) -> Iterator[None]:
	"""Let the mail that is built in the block have the letter's pictures, files and plain text."""
	token = _letter.set(letter)
	try:
		yield
	finally:
		_letter.reset(token)


def with_pictures(message: str, source: Callable[[str], str | None]) -> str:
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


def on_its_own(message: str, letter: Letter | None) -> str:
	"""The message with its pictures in it, as it is shown before it is sent."""
	return with_pictures(message, data_uris(letter.pictures)) if letter else message


def attach(mail: EMail) -> None:
	"""Put pictures, plain text and files into the mail that Frappe is building; called by its hook."""
	letter = _letter.get()
	if letter is None:
		return
	parts = mail.msg_alternative.get_payload()
	mail.msg_alternative.set_payload([_replaced(part, letter) for part in parts])
	for file, content in letter.files.items():
		add_attachment(file, content, parent=mail.msg_root)


def _replaced(part: Message, letter: Letter) -> Message:
	if part.get_content_type() == "text/plain":
		return MIMEText(letter.plain, "plain", "utf-8", policy=policy.SMTP)
	if part.get_content_type() == "text/html" and letter.pictures:
		return _with_images(part, letter.pictures)
	return part


def _with_images(part: Message, pictures: Mapping[str, bytes]) -> MIMEMultipart:
	html = part.get_payload(decode=True).decode("utf-8")
	names = {name: f"{name}.{frappe.generate_hash(length=10)}@{frappe.local.site}" for name in pictures}
	message = with_pictures(html, lambda name: f"cid:{names[name]}" if name in names else None)
	related = MIMEMultipart("related", policy=policy.SMTP)
	related.attach(MIMEText(message, "html", "utf-8", policy=policy.SMTP))
	for name, content in pictures.items():
		image = MIMEImage(content, "png", policy=policy.SMTP)
		image.add_header("Content-ID", f"<{names[name]}>")
		image.add_header("Content-Disposition", "inline", filename=f"{name}.png")
		related.attach(image)
	return related
