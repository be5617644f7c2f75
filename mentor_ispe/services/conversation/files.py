"""The picture or file of a message: checked by its content, made harmless, and encrypted like the words."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

import filetype
import frappe
from frappe import _
from PIL import Image, ImageOps, UnidentifiedImageError

from mentor_ispe.domain.conversations import MOST_FILES
from mentor_ispe.domain.message_files import LARGEST_FILE, PICTURES, check_file, name_of_file
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.permissions import group_records
from mentor_ispe.services.sessions import sealing

FILE = "Mentoring Message File"
# What is kept of a picture, in pixels; and what is opened at all: a small file may hold a picture that fills the memory.
LONGEST_SIDE, MOST_PIXELS = 2_000, 60_000_000


@dataclass(frozen=True)
class Upload:
	"""A file as it was sent."""

	name: str
	content: bytes


@dataclass(frozen=True)
class Attachment:
	"""A file as it is kept: `kind` is its media type."""

	name: str
	kind: str
	content: bytes


def checked(upload: Upload) -> Attachment:
	"""The file as it can be kept; raises RuleViolation.

	What it is, its content says. A picture is drawn anew: smaller, upright, and without what a camera writes into it,
	such as the place.
	"""
	kind = filetype.guess_mime(upload.content)
	raise_violations(check_file(kind, len(upload.content)))
	if kind in PICTURES:
		kind, content = drawn_anew(upload.content)
	else:
		content = upload.content
	return Attachment(name_of_file(upload.name, kind), kind, content)


def drawn_anew(content: bytes, longest: int = LONGEST_SIDE) -> tuple[str, bytes]:
	"""(media type, picture) with no side longer than this, in pixels; raises RuleViolation."""
	try:
		opened = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
		if opened.width * opened.height > MOST_PIXELS:
			frappe.throw(_("This picture is too large. Make it smaller and try again."), exc=RuleViolation)
		opened.draft("RGB", (longest, longest))
		picture = ImageOps.exif_transpose(opened)
		picture.thumbnail((longest, longest))
		see_through = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
		clean = picture.convert("RGBA" if see_through else "RGB")
		clean.info = {}
		kind, drawn = "image/png" if see_through else "image/jpeg", io.BytesIO()
		clean.save(drawn, "PNG" if see_through else "JPEG", quality=85, optimize=True)
		if drawn.tell() > LARGEST_FILE:  # a photo with a transparent edge
			kind, drawn = "image/jpeg", io.BytesIO()
			clean.convert("RGB").save(drawn, "JPEG", quality=85)
	except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
		if isinstance(error, RuleViolation):
			raise
		frappe.throw(_("This picture is damaged and can't be read. Choose another one."), exc=RuleViolation)
	return kind, drawn.getvalue()


def store(attachment: Attachment, message: str, group: str) -> None:
	"""Keep the file of a message; the group's row is locked, so that the files are counted right."""
	if frappe.db.count(FILE, {"mentoring_group": group}) >= MOST_FILES:
		frappe.throw(
			_("Your group already has {0} files. Delete an older message with a file first.").format(
				MOST_FILES
			),
			exc=RuleViolation,
		)
	doc = frappe.new_doc(FILE)
	content = base64.b64encode(attachment.content).decode()
	doc.update(
		{
			"mentoring_group": group,
			"size": len(attachment.content),
			"content": sealing.seal({"content": content}, message),
		}
	)
	group_records.insert(doc, message)


def read(message: str) -> bytes:
	"""The file of a message in clear; the caller has made sure that the reader may. Empty when there is none."""
	sealed = frappe.db.get_value(FILE, message, "content")
	return base64.b64decode(sealing.unseal(sealed, message).get("content", ""))


def delete(message: str) -> None:
	"""Delete the file of a message, if it has one."""
	if frappe.db.exists(FILE, message):
		group_records.delete(FILE, message)
