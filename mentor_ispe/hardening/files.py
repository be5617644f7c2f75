"""A File record stands for content that its maker brought, or may read.

The holes, all seen on Frappe 15.101, for everybody with a login:
- A File may point to any address: with `..` to the site's configuration, or to another person's private
  file. Its owner then reads it, makes it public, or deletes it from the disk.
- A field for a file, in one's own User for example, takes any address as well; Frappe then ties the file
  there to the record, and whoever reads the record reads the file.
- `thumbnail_url`, `content_hash` and `attached_to_field` come from the request; with them one deletes other
  files or writes to any field of a record.
- A File may be attached to any record, and says so in its timeline.
- Frappe asks the document that was sent, not the stored one, who owns a file.

All of it is asked here, in the class of the DocType, because Frappe acts on the address before any hook of a
document runs, and inserts some of these records without asking for permissions. It can go when Frappe's own
class asks whether the user may read what `file_url` points to.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

import frappe
from frappe import _
from frappe.core.doctype.file.file import File as FrappeFile
from frappe.core.doctype.file.utils import find_file_by_url
from frappe.model.document import Document
from frappe.utils import cint

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.hardening import keeps_the_site
from mentor_ispe.hardening.addresses import host_of, own_hosts
from mentor_ispe.hardening.links import OUR_MODULE, OWN_FILES

FOR_FILES = ("Attach", "Attach Image")
ELSEWHERE = ("http://", "https://", "/api/method/")


class File(FrappeFile):
	attached_to_field: str | None

	def before_insert(self) -> None:
		_check_address(self, "")
		_check_attached(self, None)
		if not keeps_the_site():
			self.content_hash = self.thumbnail_url = None  # Frappe reckons both
		super().before_insert()

	def validate(self) -> None:
		stored = self.get_doc_before_save()
		if stored:
			_check_owner(self, stored)
			_check_address(self, _address(stored))
			_check_attached(self, stored)
			_check_private(self, stored)
			if not keeps_the_site():
				self.content_hash, self.thumbnail_url = stored.content_hash, stored.thumbnail_url
		super().validate()

	def is_downloadable(self) -> bool:
		return is_plain(_address(self)) and super().is_downloadable()

	def get_full_path(self) -> str:
		if not is_plain(_address(self)):
			_refuse()
		return super().get_full_path()

	def save_file(self, *args: Any, overwrite: bool = False, **kwargs: Any) -> Any:
		if overwrite and not keeps_the_site():
			_check_overwritten(self)
		return super().save_file(*args, overwrite=overwrite, **kwargs)

	def handle_is_private_changed(self) -> None:
		field = self.attached_to_field and frappe.get_meta(self.attached_to_doctype).get_field(
			self.attached_to_field
		)
		if self.attached_to_field and (not field or field.fieldtype not in FOR_FILES):
			self.attached_to_field = None  # Frappe would write the new address there
		super().handle_is_private_changed()

	def _delete_file_on_disk(self) -> None:
		if self.file_url and _others_at(self, {"file_url": self.file_url}):
			self.delete_file_data_content(only_thumbnail=True)
		else:
			super()._delete_file_on_disk()


def check_file_fields(doc: Document, method: str | None = None) -> None:
	"""Refuse the address of a file that the user may not read; called before any record is saved."""
	fields = [field.fieldname for field in doc.meta.fields if field.fieldtype in FOR_FILES]
	if not fields or doc.doctype == "File" or keeps_the_site():
		return
	for field in fields:
		address = str(doc.get(field) or "")
		if is_local(address) and doc.has_value_changed(field):
			_check_readable(address)


def is_plain(address: str) -> bool:
	"""Whether the address names a file by itself, without a way through other folders, however it is written."""
	for _times in range(5):
		if "\\" in address or "\0" in address or ".." in address.split("/"):
			return False
		decoded = unquote(address)
		if decoded == address:
			return True
		address = decoded
	return False


def is_local(address: str) -> bool:
	"""Whether the address may be one of a file of this site."""
	if address.startswith(("http://", "https://")):
		return host_of(address) in own_hosts() and "/files/" in unquote(urlsplit(address).path)
	return bool(address) and not address.startswith(ELSEWHERE)


def _address(file: Any) -> str:
	"""What the record points to; Frappe takes the name where there is no address."""
	if file.file_url or file.is_folder:
		return file.file_url or ""
	return f"{OWN_FILES[cint(file.is_private)]}{file.file_name or ''}"


def _check_address(file: File, stored: str) -> None:
	"""Refuse an address that isn't the stored one, unless the content comes along or may be read."""
	if file.is_folder or (not file.file_url and file.content):
		return
	if not is_plain(file.file_url or ""):
		_refuse()
	if not stored and not file.file_url and not keeps_the_site():
		# Said of every such name, also that of somebody else's file: nobody learns whether there is one.
		frappe.throw(_("The file is empty. Choose another one."), exc=RuleViolation)
	address = _address(file)
	if address != stored and is_local(address) and not keeps_the_site():
		_check_readable(unquote(address))


def _check_readable(address: str) -> None:
	if not is_plain(address) or not address.startswith(OWN_FILES) or not find_file_by_url(address):
		_refuse()


def _check_owner(file: File, stored: Any) -> None:
	"""Ask who owns the stored file."""
	if not file.flags.ignore_permissions and not keeps_the_site():
		stored.check_permission("write")


def _check_overwritten(file: File) -> None:
	"""Let the stored file be written over by those who may change it, and no other: Frappe asks afterwards."""
	stored = frappe.get_doc("File", file.name)
	stored.check_permission("write")
	if (stored.file_url, stored.file_name) != (file.file_url, file.file_name):
		_refuse()


def _check_attached(file: File, stored: Any) -> None:
	"""Refuse to attach to a record that the user neither may change nor made."""
	doctype, name = file.attached_to_doctype, file.attached_to_name
	if not doctype or file.flags.ignore_permissions or keeps_the_site():
		return
	if stored and (stored.attached_to_doctype, stored.attached_to_name) == (doctype, name):
		return
	if not name or not frappe.db.exists(doctype, name):
		frappe.new_doc(doctype).check_permission("write")
		return
	record = frappe.get_doc(doctype, name)
	own = frappe.session.user not in ("Guest", "") and record.owner == frappe.session.user
	if not own or record.meta.module == OUR_MODULE:
		record.check_permission("write")


def _check_private(file: File, stored: Any) -> None:
	"""Refuse to move content that other records share, unless the user may change those."""
	if cint(file.is_private) == cint(stored.is_private) or file.flags.ignore_permissions or keeps_the_site():
		return
	others = [
		name
		for field in ("file_url", "content_hash")
		if stored.get(field)
		for name in _others_at(file, {field: stored.get(field)})
	]
	for name in others:
		if not frappe.get_doc("File", name).has_permission("write"):
			_refuse()


def _others_at(file: File, filters: dict[str, str]) -> list[str]:
	return frappe.get_all("File", {**filters, "name": ("!=", file.name or "")}, pluck="name")


def _refuse() -> None:
	frappe.throw(_("You can't use this file. Upload it again."), frappe.PermissionError)
