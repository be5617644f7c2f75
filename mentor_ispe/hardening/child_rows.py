"""A row of a table is as readable as the document it stands in.

The hole: a list of rows (frappe.client.get_list, get_value and their like) takes a parent DocType from the
request, asks whether the user may read any document of it, and then reads the rows of all documents, of every
DocType that has the table. Everybody with a login may read their own User and their own Contacts: so they read
who has which role, by address, and the addresses of all Contacts; and the committee, through Mentoring
Resource, the topics of every application. Seen on Frappe 15.101. Frappe 16 joins the documents and keeps to
those that the user may read; this can go with Frappe 15.

Frappe offers no hook for it, so the method that builds the conditions of lists is wrapped once in each process.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.db_query import DatabaseQuery


def narrow_lists(*args: object, **kwargs: object) -> None:
	"""Wrap it; called before each request and job, and done once."""
	build = getattr(DatabaseQuery, "build_match_conditions", None)
	if build is None or getattr(build, "narrows_rows", False):
		return

	def build_match_conditions(self: DatabaseQuery, as_condition: bool = True) -> Any:
		found = build(self, as_condition)
		if not as_condition or self.user == "Administrator" or not self.doctype_meta.istable:
			return found
		own = _of_readable(self.doctype, getattr(self, "parent_doctype", None), self.user)
		return f"{found} and {own}" if found else own

	build_match_conditions.narrows_rows = True  # type: ignore[attr-defined]  # a mark
	DatabaseQuery.build_match_conditions = build_match_conditions


def _of_readable(table: str, parent: str | None, user: str) -> str:
	"""The condition of rows that stand in fields and documents of `parent` that the user may read."""
	if not parent:
		return "1 = 0"  # Frappe asks for a parent before it comes here
	meta = frappe.get_meta(parent)
	levels = meta.get_permlevel_access("read", user=user)
	fields = [f.fieldname for f in meta.get_table_fields() if f.options == table and f.permlevel in levels]
	if not fields:
		return "1 = 0"
	names = ", ".join(_text(name) for name in fields)
	rows = f"`tab{table}`.`parenttype` = {_text(parent)} and `tab{table}`.`parentfield` in ({names})"
	documents = "" if meta.issingle or meta.is_virtual else _readable(parent, user)
	return f"({rows} and `tab{table}`.`parent` in ({documents}))" if documents else f"({rows})"


def _readable(doctype: str, user: str) -> str:
	"""The query for the names of the documents that the user may read; empty for all of them."""
	conditions = DatabaseQuery(doctype, user=user).build_match_conditions()
	# Of names of DocTypes that are there, and of conditions that Frappe and the apps wrote.
	return conditions and f"select `tab{doctype}`.`name` from `tab{doctype}` where {conditions}"  # noqa: S608


def _text(value: str) -> str:
	return frappe.db.escape(value, percent=False)
