"""The photo of a person, for those who share a group with them."""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.permissions.gate import SHARED
from mentor_ispe.readings.faces import is_own_file
from mentor_ispe.readings.seats import groups_with
from mentor_ispe.services.conversation.files import drawn_anew

SIDE = 192


def photo(profile: str, reader: str) -> tuple[str, bytes]:
	"""(media type, picture) of somebody with whom the reader shares a group; PermissionError for everybody else.

	Small, and drawn anew. A private file counts only if it belongs to the person's login and to nothing else:
	anybody can write another's address into their own login.
	"""
	if profile != reader and not set(groups_with([profile], statuses=SHARED)).intersection(
		groups_with([reader], statuses=SHARED)
	):
		raise frappe.PermissionError(_("You can only see photos of people in your groups."))
	user = frappe.db.get_value("Mentoring Profile", profile, "user")
	image = frappe.db.get_value("User", user, "user_image") if user else None
	files = frappe.get_all(
		"File",
		{"file_url": image or ""},
		["name", "is_private", "attached_to_doctype", "attached_to_name"],
	)
	theirs = all(
		not cint(file.is_private) or (file.attached_to_doctype, file.attached_to_name) == ("User", user)
		for file in files
	)
	if not (files and theirs and is_own_file(image)):
		frappe.throw(_("There is no photo to show."), exc=frappe.DoesNotExistError)
	content = frappe.get_doc("File", files[0].name).get_content()
	return drawn_anew(content if isinstance(content, bytes) else content.encode(), SIDE)
