from __future__ import annotations

from collections.abc import Collection, Iterable

import frappe
from frappe.model.document import Document

ROW, IMPORT = "Mentoring Import Row", "Mentoring Import"


class MentoringImportRow(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		cells: DF.Code | None
		changes: DF.Code | None
		content: DF.Code | None
		decision: DF.Literal["", "New Person", "Same Person", "Leave Out"]
		duplicate_of: DF.Link | None
		email: DF.Data | None
		fate: DF.Literal["New", "Change", "Already There", "Possible Duplicate", "Not Understood", "Refused"]
		file_row: DF.Int
		full_name: DF.Data | None
		mentoring_import: DF.Link
		message: DF.Text | None
		profile: DF.Link | None
		status: DF.Literal["", "Undecided", "Waiting", "Imported", "Refused", "Undone", "Kept"]
	# end: auto-generated types
	"""One row of a file that is imported: what was read, what would happen with it, and what did."""


def on_doctype_update() -> None:
	"""Batches take the next rows of one status, in the order of the file."""
	frappe.db.add_index(ROW, ["mentoring_import", "status", "file_row"], "mentoring_import_next_rows")


def forget_person(profile: str | None, addresses: Iterable[str]) -> None:
	"""Delete what imports keep of a person: their rows, and the files that these came from, first rows too."""
	# An empty address would find every row without one.
	theirs = [["email", "in", sorted(filter(None, addresses)) or ["(nobody)"]]]
	if profile:
		theirs.append(["profile", "=", profile])
	found = frappe.get_all(ROW, or_filters=theirs, fields=["name", "mentoring_import"])
	for row in found:
		frappe.db.delete(ROW, {"name": row.name})
	delete_files(sorted({row.mentoring_import for row in found}))


def delete_files(imports: Collection[str]) -> None:
	"""Delete the files of these imports, and what was kept of them."""
	files = {"attached_to_doctype": IMPORT, "attached_to_name": ("in", list(imports) or [""])}
	for file in frappe.get_all("File", files, pluck="name"):
		frappe.delete_doc("File", file, ignore_permissions=True, force=True, delete_permanently=True)
	for name in imports:
		frappe.db.set_value(IMPORT, name, {"file": None, "preview": None}, update_modified=False)
