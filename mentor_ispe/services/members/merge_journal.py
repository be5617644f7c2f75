"""Rows that are written as they are, with what they were before, so that it can be put back weeks later.

A merge moves what others own too (comments, files, versions), and passes by the rules that hold for a step of a
group: who merges has asked them before (`merging.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import frappe
from frappe.model.dynamic_links import get_dynamic_link_map, get_dynamic_links
from frappe.model.rename_doc import get_link_fields
from frappe.utils import cstr

SET, REFERENCES, RENAMED, REMOVED = "set", "references", "renamed", "removed"
# What names a record without a link that Frappe knows of: (DocType, field, the field with the DocType).
BY_NAME = (
	("Version", "docname", "ref_doctype"),
	("File", "attached_to_name", "attached_to_doctype"),
	("Email Queue", "reference_name", "reference_doctype"),
)
# Lists of names inside of a text.
IN_TEXTS = {"Mentor": (("Mentee", "declined_mentors"), ("Mentoring Match Proposal", "co_mentors"))}
OUT_OF_REACH = frozenset({"Mentoring Merge", "Mentoring Merge Trace", "Mentoring Possible Duplicate"})


class Journal:
	"""Writes, and keeps an entry of each write: (kind, DocType, …), in order."""

	def __init__(self, entries: list[list[Any]] | None = None):
		self.entries = entries or []

	def set_values(self, doctype: str, name: str, values: dict[str, Any]) -> None:
		"""Write what differs."""
		stored = frappe.db.get_value(doctype, name, list(values), as_dict=True)
		changed = {
			field: [stored[field], value]
			for field, value in values.items()
			if cstr(stored[field]) != cstr(value)
		}
		if changed:
			frappe.db.set_value(
				doctype, name, {field: new for field, (_old, new) in changed.items()}, update_modified=False
			)
			self.entries.append([SET, doctype, name, changed])

	def rename(self, doctype: str, old: str, new: str) -> None:
		"""Give a row another name, in its own rows and wherever it is named."""
		_rename(doctype, old, new)
		self.entries.append([RENAMED, doctype, old, new])
		self.repoint(doctype, old, new)

	def remove(self, doctype: str, name: str) -> None:
		"""Take a row away, with its own rows."""
		rows: list[tuple[str, Any]] = [(doctype, _row(doctype, name))]
		for table in _tables(doctype):
			for child in frappe.get_all(
				table, {"parent": name, "parenttype": doctype}, pluck="name", order_by="idx"
			):
				rows.append((table, _row(table, child)))
		for each, row in rows:
			frappe.db.delete(each, {"name": row["name"]})
		frappe.clear_document_cache(doctype, name)
		self.entries.append([REMOVED, doctype, name, rows])

	def repoint(self, doctype: str, old: str, new: str) -> None:
		"""Have everything that names a record name another one instead."""
		for table, field, type_field in references(doctype):
			filters = {field: old, **({type_field: doctype} if type_field else {})}
			if names := frappe.get_all(table, filters, pluck="name", order_by="name"):
				frappe.db.set_value(table, {"name": ("in", names)}, field, new, update_modified=False)
				self.entries.append([REFERENCES, table, field, old, new, names])
		for table, field in IN_TEXTS.get(doctype, ()):
			for row in frappe.get_all(table, {field: ("like", f"%{old}%")}, ["name", field]):
				self.set_values(table, row.name, {field: row[field].replace(old, new)})

	def undo(self) -> list[tuple[str, str]]:
		"""Put everything back that is as this journal left it; returns (DocType, name) of what isn't."""
		left: list[tuple[str, str]] = []
		for kind, doctype, *entry in reversed(self.entries):
			left += [(doctype, name) for name in _UNDO[kind](doctype, *entry)]
		return list(dict.fromkeys(left))

	def renamed(self) -> list[tuple[str, str, str]]:
		"""(DocType, old, new) of the records that got another name."""
		return [(entry[1], entry[2], entry[3]) for entry in self.entries if entry[0] == RENAMED]


def references(doctype: str) -> Iterator[tuple[str, str, str | None]]:
	"""(DocType, field, the field with the DocType or None) of everything that can name such a record."""
	for df in get_link_fields(doctype):
		if not df["issingle"] and df["parent"] not in OUT_OF_REACH:
			yield df["parent"], df["fieldname"], None
	# Frappe's map has what was saved by a form; our own are also written in bulk.
	own = [df for df in get_dynamic_links() if frappe.get_meta(df.parent).module == "Mentor ISPE"]
	dynamic = {
		(df.parent, df.fieldname, df.options) for df in (*get_dynamic_link_map().get(doctype, ()), *own)
	}
	for table, field, type_field in sorted(dynamic):
		if table not in OUT_OF_REACH and not frappe.get_meta(table).issingle:
			yield table, field, type_field
	yield from BY_NAME


def _rename(doctype: str, old: str, new: str) -> None:
	table = frappe.qb.DocType(doctype)
	frappe.qb.update(table).set(table.name, new).where(table.name == old).run()
	for each in _tables(doctype):
		child = frappe.qb.DocType(each)
		frappe.qb.update(child).set(child.parent, new).where(
			(child.parent == old) & (child.parenttype == doctype)
		).run()
	frappe.clear_document_cache(doctype, old)


def _tables(doctype: str) -> list[str]:
	return sorted({df.options for df in frappe.get_meta(doctype).get_table_fields()})


def _row(doctype: str, name: str) -> dict[str, Any]:
	return frappe.db.get_value(doctype, name, "*", as_dict=True)


def _undo_set(doctype: str, name: str, changed: dict[str, list[Any]]) -> list[str]:
	stored = frappe.db.get_value(doctype, name, list(changed), as_dict=True)
	if not stored:
		return [name]
	back = {field: old for field, (old, new) in changed.items() if cstr(stored[field]) == cstr(new)}
	if back:
		frappe.db.set_value(doctype, name, back, update_modified=False)
		frappe.clear_document_cache(doctype, name)
	return [name] if len(back) < len(changed) else []


def _undo_references(table: str, field: str, old: str, new: str, names: list[str]) -> list[str]:
	there = frappe.get_all(table, {"name": ("in", names)}, ["name", field])
	back = [row.name for row in there if row[field] == new]
	if back:
		frappe.db.set_value(table, {"name": ("in", back)}, field, old, update_modified=False)
	# A row that is gone had no reason to come back; one that names somebody else by now was changed.
	return [row.name for row in there if row[field] not in (new, old)]


def _undo_rename(doctype: str, old: str, new: str) -> list[str]:
	if not frappe.db.exists(doctype, new) or frappe.db.exists(doctype, old):
		return [new]
	_rename(doctype, new, old)
	return []


def _undo_remove(doctype: str, name: str, rows: list[tuple[str, dict[str, Any]]]) -> list[str]:
	if frappe.db.exists(doctype, name):
		return [name]
	for each, row in rows:
		table = frappe.qb.DocType(each)
		frappe.qb.into(table).columns(*row).insert(*row.values()).run()
	return []


_UNDO: dict[str, Callable[..., list[str]]] = {
	SET: _undo_set,
	REFERENCES: _undo_references,
	RENAMED: _undo_rename,
	REMOVED: _undo_remove,
}
