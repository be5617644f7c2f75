"""Undo an import: what it created goes unless something happened with it since; what it changed is set back.

Nobody's later work is lost: a record or a field that is no longer as the import left it stays, and the row says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _

from mentor_ispe.services.imports import people, rows
from mentor_ispe.services.imports.people import Written

BATCH = 50
POINT = "mentoring_import_undo"


def undo_batch(doc: Any) -> int:
	"""Undo the next rows of an import that the caller has locked; returns how many, 0 when none is left."""
	batch = rows.imported(doc.name, BATCH)
	rows.update({row.name: _undo_row(row) for row in batch})
	return len(batch)


def _undo_row(row: Any) -> dict[str, Any]:
	kept = [words for each in reversed(rows.written_of(row.changes)) if (words := _undo(each))]
	return {
		"status": rows.KEPT if kept else rows.UNDONE,
		"message": "\n".join(dict.fromkeys(kept)) or None,
		"changes": None,
	}


def _undo(written: Written) -> str | None:
	"""Take one record back; what stays, in words."""
	if not frappe.db.exists(written.doctype, written.name):
		return None
	frappe.db.savepoint(POINT)
	said: list[str | None] = []
	refused = people.refusal_of(
		lambda: said.append(_remove(written) if written.before is None else _set_back(written))
	)
	if refused:
		frappe.db.rollback(save_point=POINT)
		return _("{0} stays: {1}").format(_title(written), refused)
	frappe.db.release_savepoint(POINT)
	return said[0]


def _remove(written: Written) -> str | None:
	doc = frappe.get_doc(written.doctype, written.name)
	if not _is_untouched(doc, written):
		return _("{0} stays: it was changed after the import.").format(_title(written))
	if written.doctype in people.CREATED_WHEN_MISSING and _is_used(written):
		return None  # a word that others use by now is no leftover
	frappe.delete_doc(written.doctype, written.name, ignore_permissions=True, delete_permanently=True)
	# Nobody is to be thanked for an application that isn't there any more.
	about = {"reference_doctype": written.doctype, "reference_name": written.name, "status": "Pending"}
	frappe.db.delete("Mentoring Notice", about)
	return None


def _is_untouched(doc: Any, written: Written) -> bool:
	"""Memberships are written in bulk, many at one moment: there the values tell."""
	if written.modified:
		return str(doc.modified) == written.modified
	return all(_same(people.plain(doc, name), value) for name, value in written.values.items())


def _is_used(written: Written) -> bool:
	try:
		frappe.model.delete_doc.check_if_doc_is_linked(frappe.get_doc(written.doctype, written.name))
	except frappe.LinkExistsError:
		frappe.clear_last_message()
		return True
	return False


def _set_back(written: Written) -> str | None:
	doc = frappe.get_doc(written.doctype, written.name, for_update=True)
	before: Mapping[str, Any] = written.before or {}
	kept = [name for name, value in written.values.items() if not _same(people.plain(doc, name), value)]
	back = {name: value for name, value in before.items() if name not in kept}
	if back:
		doc.update({name: people.rows_of(name, value) for name, value in back.items()})
		with people.as_import():
			doc.save(ignore_permissions=True)
	if not kept:
		return None
	labels = ", ".join(_(doc.meta.get_label(name)) for name in kept)
	return _("{0}: changed after the import, so it stays as it is: {1}.").format(_title(written), labels)


def _same(now: Any, then: Any) -> bool:
	"""Whether a field is still as it was written; what was kept as text may be a day or a number."""
	if isinstance(now, list) or isinstance(then, list):
		return list(now or ()) == list(then or ())
	return str(now or "") == str(then or "")


def _title(written: Written) -> str:
	meta = frappe.get_meta(written.doctype)
	title = frappe.db.get_value(written.doctype, written.name, meta.get_title_field())
	return f"{_(written.doctype)} {title or written.name}"
