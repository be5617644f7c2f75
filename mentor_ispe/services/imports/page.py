"""What the page of an import shows, and what is decided there."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership import registry
from mentor_ispe.services.imports import files, guesses, mappings, rows, state
from mentor_ispe.services.imports.state import IMPORT, ROW
from mentor_ispe.spreadsheets import workbook

FIRST_ROWS = 5
PAGE = 20
DECISIONS = {
	rows.NEW_PERSON: (rows.WAITING, rows.NEW_PERSON),
	rows.SAME_PERSON: (rows.WAITING, rows.SAME_PERSON),
	rows.LEAVE_OUT: ("", rows.LEAVE_OUT),
}


def open_import(name: str, permission: str = "read") -> Any:
	"""The import; raises PermissionError for who may not."""
	doc = frappe.get_doc(IMPORT, name)
	doc.check_permission(permission)
	return doc


def columns(name: str) -> dict[str, Any]:
	"""The file's headings and first rows, what each column may be and what it seems to be, and kept choices."""
	doc = open_import(name, "write")
	shown = files.preview(doc, mappings.headings_of(doc))
	kept = mappings.kept_forms(doc, shown["headings"])
	form = mappings.current_form(doc, shown["headings"]) or (kept[0]["form"] if kept else None)
	used = kept[0]["name"] if kept and not doc.mapping else None
	form = form or guesses.guessed_form(doc, shown)
	return {
		"headings": shown["headings"],
		"rows": shown["sample"][:FIRST_ROWS],
		"count": shown["count"],
		"notes": [*shown["notes"], *files.notes_on_rows(shown, form["columns"]), *_notes_on_source(doc)],
		"fields": guesses.shown_fields(doc),
		"form": guesses.complete(doc, form, shown),
		"used": used,
		"kept": [each["name"] for each in kept],
	}


def _notes_on_source(doc: Any) -> list[str]:
	"""Memberships change nothing for anybody while the app asks elsewhere who is a member."""
	source = registry.chosen()
	if doc.kind != mappings.ROLL or source in ("", mappings.ROLL):
		return []
	return [
		_(
			"Memberships now come from {0}, not from the membership roll. What you import counts once an administrator chooses Membership Roll as the membership source in Mentoring Settings."
		).format(_(source))
	]


def kept_form(name: str, title: str) -> dict[str, Any]:
	"""What was kept under this name, for the file's own headings and words."""
	doc = open_import(name, "write")
	shown = files.preview(doc, mappings.headings_of(doc))
	for each in mappings.kept_forms(doc, shown["headings"]):
		if each["name"] == title:
			return guesses.complete(doc, each["form"], shown)
	frappe.throw(
		_("“{0}” doesn't fit this file: it needs a column that is missing.").format(title), exc=RuleViolation
	)
	raise AssertionError("unreachable")


def guessed_form(name: str) -> dict[str, Any]:
	"""What the file looks like by itself."""
	doc = open_import(name, "write")
	shown = files.preview(doc, mappings.headings_of(doc))
	return guesses.complete(doc, guesses.guessed_form(doc, shown), shown)


def words(
	name: str, columns: dict[str, str], values: dict[str, dict[str, str]], separators: dict[str, str]
) -> dict[str, Any]:
	"""What the words in columns as they are chosen now mean, by field and word."""
	doc = open_import(name, "write")
	shown = files.preview(doc, mappings.headings_of(doc))
	return guesses.words_of(doc, shown, columns, values, separators)


def choose(name: str, form: mappings.Form) -> None:
	"""Keep what was chosen with the import."""
	mappings.set_mapping(open_import(name, "write"), form)


def begin_import(name: str) -> None:
	"""Import the rows that wait, in the background, and keep how the file was read for the next one like it."""
	state.begin(name, state.IMPORTING)
	mappings.keep_for_next_time(open_import(name, "write"))


def keep(name: str, title: str, form: mappings.Form) -> str:
	"""Keep what was chosen under a name, for files to come; returns the name.

	Once the file was imported, what it was read by is kept, whatever the form says.
	"""
	doc = open_import(name, "write")
	if doc.status in mappings.NOT_IMPORTED_YET:
		mappings.set_mapping(doc, form)
	return mappings.save_as(doc, title)


def current_state(name: str) -> dict[str, Any]:
	"""Where the import stands: status, message, whether its job is gone, rows by fate and by status."""
	doc = open_import(name)
	return {
		"status": doc.status,
		"message": doc.message,
		"abandoned": state.is_abandoned(doc),
		"total": doc.total,
		**state.counts(name),
	}


def some_rows(name: str, fate: str, status: str, start: int) -> list[dict[str, Any]]:
	"""A page of the rows, as far as one may ask for them: of one fate, of one status, or all."""
	open_import(name)
	filters = {
		"mentoring_import": name,
		**({"fate": fate} if fate else {}),
		**({"status": status} if status else {}),
	}
	fields = [
		"name",
		"file_row",
		"full_name",
		"email",
		"fate",
		"status",
		"message",
		"decision",
		"duplicate_of",
	]
	found = frappe.get_list(
		ROW, filters, [*fields, "profile"], order_by="file_row", start=start, page_length=PAGE
	)
	return [dict(row) for row in found]


def decide(name: str, row_names: Collection[str], decision: str) -> int:
	"""Say of possible duplicates who they are; returns how many rows that was. Raises RuleViolation."""
	doc = open_import(name, "write")
	if decision not in DECISIONS:
		frappe.throw(_("Choose Same person, New person or Leave out."), exc=RuleViolation)
	if doc.status not in ("Checked", "Imported"):
		frappe.throw(_("Wait until the file has been checked or imported."), exc=RuleViolation)
	status, decided = DECISIONS[decision]
	known = {"duplicate_of": ("is", "set")} if decision == rows.SAME_PERSON else {}
	mine = frappe.get_all(
		ROW,
		{
			**known,
			"mentoring_import": name,
			"name": ("in", sorted(row_names) or [""]),
			"fate": rows.DUPLICATE,
			"status": ("in", ("", rows.UNDECIDED, rows.WAITING)),
		},
		pluck="name",
	)
	rows.update({row: {"status": status, "decision": decided} for row in mine})
	return len(mine)


def refused_file(name: str) -> bytes:
	"""The rows that aren't imported, as a workbook: the file's own columns, and why.

	To be corrected and chosen again: what stands beside the headings is left out then.
	"""
	doc = open_import(name)
	shown = files.preview(doc, mappings.headings_of(doc)) if doc.file else {"headings": []}
	headings = shown["headings"]
	refused = ((row, json.loads(row.cells)) for row in _refused_rows(name))
	return workbook(
		_("Not imported"),
		[*headings, _("Row"), _("Why it isn't imported")],
		(
			[*cells, *[""] * (len(headings) - len(cells)), row.file_row, row.message or ""]
			for row, cells in refused
		),
	)


def _refused_rows(name: str) -> list[Any]:
	return frappe.get_all(
		ROW,
		filters={"mentoring_import": name, "cells": ("is", "set")},
		or_filters={"fate": rows.WRONG, "status": rows.REFUSED},
		fields=["file_row", "message", "cells"],
		order_by="file_row",
	)
