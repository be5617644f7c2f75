"""The file of a resource: private whoever may read it, and handed out by our own endpoint."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cint, cstr
from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.contents import bytes_of

if TYPE_CHECKING:
	from frappe.core.doctype.file.file import File

	from mentor_ispe.mentor_ispe.doctype.mentoring_resource.mentoring_resource import MentoringResource

RESOURCE = "Mentoring Resource"
ENDPOINT = "/api/method/mentor_ispe.api.files.download"
# Shown by the browser itself; everything else is saved.
SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})


def is_of_this_site(attachment: str | None) -> bool:
	"""Whether the attachment is a file here, and not the address of one elsewhere."""
	return cstr(attachment).startswith(("/files/", "/private/files/"))


def address_of(name: str, attachment: str | None) -> str | None:
	"""Where those who may read the resource get its file; a path on this site, or the address elsewhere."""
	return f"{ENDPOINT}?resource={quote(name)}" if is_of_this_site(attachment) else attachment


def handed_out(name: str) -> Response:
	"""The file of a resource as an answer. Raises DoesNotExistError when it has none."""
	attachment = frappe.db.get_value(RESOURCE, name, "attachment")
	tied = {"file_url": attachment, "attached_to_doctype": RESOURCE, "attached_to_name": name}
	file = frappe.db.get_value("File", tied) if is_of_this_site(attachment) else None
	if not file:
		frappe.throw(_("There is no such file in the library."), exc=frappe.DoesNotExistError)
	doc = frappe.get_doc("File", file)
	kind = mimetypes.guess_type(doc.file_name)[0] or "application/octet-stream"
	response = send_file(
		doc.get_full_path(),
		environ=frappe.request.environ,
		mimetype=kind,
		as_attachment=kind not in SHOWN_INLINE,
		download_name=doc.file_name,
		conditional=True,
	)
	response.headers["Cache-Control"] = "private, no-cache"
	return response


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
			_("There is no file {0} on this site; attach it again.").format(doc.attachment), exc=RuleViolation
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
			"content": bytes_of(frappe.get_doc("File", there[0].name)),
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
	content, name = bytes_of(file), file.file_name
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
