"""The file of a resource is private, whoever may read the resource; the library's own endpoint hands it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.domain.web_links import is_of_this_site
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings.files import file_bytes

if TYPE_CHECKING:
	from frappe.core.doctype.file.file import File

	from mentor_ispe.mentor_ispe.doctype.mentoring_resource.mentoring_resource import MentoringResource


def keep_private(doc: MentoringResource) -> None:
	"""Keep the file private whatever was chosen at the upload: its address alone opens it to nobody."""
	if not is_of_this_site(doc.attachment):
		return
	file = _own_file(doc)
	if not cint(file.is_private):
		if _others_use(file):
			file = _copy(doc, file)
		else:
			file.is_private = 1
			file.save(ignore_permissions=True)
	if file.file_url != doc.attachment:
		doc.db_set("attachment", file.file_url, update_modified=False)


def _own_file(doc: MentoringResource) -> File:
	"""The File record that ties the file to this resource: made, or taken over where nobody else's."""
	tied = {
		"attached_to_doctype": doc.doctype,
		"attached_to_name": doc.name,
		"attached_to_field": "attachment",
	}
	name = frappe.db.get_value("File", {"file_url": doc.attachment, **tied})
	if name:
		return frappe.get_doc("File", name)
	there = frappe.get_all(
		"File",
		{"file_url": doc.attachment},
		["name", "attached_to_name", "attached_to_doctype", "is_private"],
	)
	if not there:
		frappe.throw(
			_("There is no file {0} on this site. Attach it again.").format(doc.attachment), exc=RuleViolation
		)
	mine = [
		row.name
		for row in there
		if not row.attached_to_name
		or (row.attached_to_doctype, row.attached_to_name) == (doc.doctype, doc.name)
	]
	if mine:
		file = frappe.get_doc("File", mine[0])
		file.db_set(tied, update_modified=False)
		return file
	frappe.has_permission("File", "read", there[0].name, throw=True)
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_url": doc.attachment,
			"content": file_bytes(frappe.get_doc("File", there[0].name)),
			"is_private": there[0].is_private,
			**tied,
		}
	)
	return file.insert(ignore_permissions=True)


def _others_use(file: File) -> bool:
	"""Whether another record shows the same file, or the same content, which Frappe would move along."""
	same = [
		{"file_url": file.file_url},
		*([{"content_hash": file.content_hash}] if file.content_hash else ()),
	]
	return any(frappe.db.exists("File", {**each, "name": ("!=", file.name)}) for each in same)


def _copy(doc: MentoringResource, file: File) -> File:
	"""The same content as a private file of its own, where another record shows the public one."""
	content, name = file_bytes(file), file.file_name
	file.delete(ignore_permissions=True)
	return frappe.get_doc(
		{
			"doctype": "File",
			"file_name": name,
			"content": content,
			"is_private": 1,
			"attached_to_doctype": doc.doctype,
			"attached_to_name": doc.name,
			"attached_to_field": "attachment",
		}
	).insert(ignore_permissions=True)
