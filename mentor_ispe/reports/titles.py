"""What a report shows of a record whose name says nothing to people: its title, on screen and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe

from mentor_ispe.reports.columns import Column, Row

TITLE = "_title"


def with_titles(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
	"""The columns, with one of titles in the place of each that links to records with a title.

	Frappe's export and its mails write what is in the row, and its table sorts and filters by that, so the
	title is a value of its own; public/js/reports.js makes a link of it. The names stay in the rows, in a
	hidden column, for who works on with them. A record that whoever asks may not read has no title. One
	query for each DocType that is linked to.
	"""
	linked = [column for column in columns if _has_title(column)]
	names: dict[str, set[str]] = {}
	for column in linked:
		names.setdefault(column["options"], set()).update(_names(column, rows))
	titles = {doctype: _titles(doctype, wanted) for doctype, wanted in names.items()}
	for column in linked:
		for row in rows:
			name = row.get(column["fieldname"])
			total = name if row.get("bold") else None
			row[column["fieldname"] + TITLE] = titles[column["options"]].get(name, total)
	return [shown for column in columns for shown in (_split(column) if column in linked else [column])]


def _has_title(column: Column) -> bool:
	if column["fieldtype"] != "Link" or column.get("hidden"):
		return False
	return bool(frappe.get_meta(column["options"]).show_title_field_in_link)


def _names(column: Column, rows: Sequence[Row]) -> set[str]:
	return {row[column["fieldname"]] for row in rows if row.get(column["fieldname"]) and not row.get("bold")}


def _titles(doctype: str, names: set[str]) -> dict[str, Any]:
	if not names or not frappe.has_permission(doctype, "read"):
		return {}
	title = frappe.get_meta(doctype).get_title_field()
	found = frappe.get_list(
		doctype, {"name": ["in", sorted(names)]}, ["name", title], as_list=True, limit=0, order_by=None
	)
	return dict(found)


def _split(column: Column) -> list[Column]:
	name = column["fieldname"]
	title = {**column, "fieldname": name + TITLE, "fieldtype": "Data", "opens": [column["options"], name]}
	del title["options"]
	return [title, {**column, "hidden": 1}]
