"""The file of an import: its content, its first rows, and the words that stand in its columns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain import name_order
from mentor_ispe.domain.people_mapping import PeopleMapping
from mentor_ispe.exceptions import RuleViolation, raise_violations, violation_message
from mentor_ispe.readings.files import file_bytes
from mentor_ispe.services.imports.state import IMPORT
from mentor_ispe.spreadsheets import Table, TableError, read_table

SAMPLE = 200
"""Rows from which is guessed what a column is; the page shows the first of them."""
MOST_WORDS = 300
"""A column with more different words than these isn't one of choices."""
LONGEST_WORD = 140


def read(doc: Any, mapping: PeopleMapping | None, known: tuple[str, ...] = ()) -> Table:
	"""The file as a table; raises RuleViolation in words when it can't be read."""
	try:
		return read_table(_content(doc), mapping.headings if mapping else known, doc.sheet or "")
	except TableError as error:
		raise_violations(error.violations, title=_("The list"))
		raise


def preview(doc: Any, known: tuple[str, ...]) -> dict[str, Any]:
	"""What the page shows of the file: headings, first rows, how many rows, and each column's different words.

	Kept with the import, since a long file takes a while to read. `words` is None for a column that has too many.
	"""
	if doc.preview:
		return json.loads(doc.preview)
	_make_private(doc)
	table = read(doc, None, known)
	shown = {
		"headings": table.headings,
		"sample": [[cell[:LONGEST_WORD] for cell in cells] for _row, cells in table.rows[:SAMPLE]],
		"count": len(table.rows),
		"notes": [violation_message(note) for note in table.notes],
		"words": [_words(table, column) for column in range(len(table.headings))],
	}
	frappe.db.set_value(
		IMPORT, doc.name, {"preview": frappe.as_json(shown), "total": len(table.rows)}, update_modified=False
	)
	return shown


def notes_on_rows(shown: Mapping[str, Any], columns: Mapping[str, str]) -> list[str]:
	"""What is to be told of the rows as a whole: that there are none, and how the names are read."""
	if not shown["count"]:
		return [_("The file has headings but no rows below them. Fill it in, or choose another file.")]
	found = []
	for place, heading in enumerate(shown["headings"]):
		cells = [cells[place] for cells in shown["sample"] if place < len(cells)]
		if columns.get(heading, "").endswith(".full_name") and name_order.is_family_name_first(cells):
			text = next(cell for cell in cells if name_order.given_name_first(cell) != cell)
			message = _("“{0}” has the last name first: “{1}” is read as {2}.")
			found.append(message.format(heading, text, name_order.given_name_first(text)))
	return found


def _words(table: Table, column: int) -> list[str] | None:
	found: dict[str, None] = {}
	for _row, cells in table.rows:
		word = cells[column] if column < len(cells) else ""
		if word:
			found[word[:LONGEST_WORD]] = None
		if len(found) > MOST_WORDS:
			return None
	return sorted(found)


def _content(doc: Any) -> bytes:
	try:
		return file_bytes(_file(doc))
	except OSError as error:
		raise RuleViolation(_("The file is gone. Choose it again, then save.")) from error


def _file(doc: Any) -> Any:
	if not doc.file:
		frappe.throw(_("Choose a file first, then save."), exc=RuleViolation)
	about = {"attached_to_doctype": IMPORT, "attached_to_name": doc.name}
	name = frappe.db.get_value("File", {"file_url": doc.file, **about}, "name")
	if not name:
		frappe.throw(_("The file is gone. Choose it again, then save."), exc=RuleViolation)
	return frappe.get_doc("File", name)


def _make_private(doc: Any) -> None:
	"""A list of people is for nobody who only knows its address."""
	file = _file(doc)
	if not file.is_private:
		file.is_private = 1
		file.save(ignore_permissions=True)
		frappe.db.set_value(IMPORT, doc.name, "file", file.file_url, update_modified=False)
		doc.file = file.file_url
