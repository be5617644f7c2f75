"""What a request may ask of our records, beside which records it gets.

Frappe's lists check field levels on what they return, not on what they filter or sort by, and not the
rows of a record that a field links to; asked to expand links, it returns the linked records whole,
whoever asks. The endpoints that serve the Desk's forms hand out comments and versions with a document,
and titles for any name. People whose access is narrowed to what is theirs need none of that: they have
the members' pages, /api/resource, frappe.client and our own API. The committee, which reads only, has
the Desk, and nothing that gets around the levels of fields.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import frappe
from frappe import _

from mentor_ispe.permissions.rules import KEPT_BY_STAFF, RULES, is_narrowed

DESK_ENDPOINTS = "frappe.desk."
# In some versions of Frappe this one counts what the caller may not read; lists and /api/v2 never do.
COUNTING_ENDPOINT = "frappe.client.get_count"
# Says of any name whether there is such a record.
LINK_ENDPOINTS = "frappe.client.validate_link"
EXPANDING_ARGUMENTS = ("expand", "expand_links")
# Some endpoints of the Desk write to a record of any DocType without asking: likes, for example.
GUARDED = frozenset({*RULES, *KEPT_BY_STAFF})
QUERY_ARGUMENTS = ("fields", "fieldname", "filters", "or_filters", "order_by", "group_by")
COLUMN = re.compile(r"[a-z_][a-z0-9_]*", re.IGNORECASE)


def check_request() -> None:
	"""Refuse what a reader of the named DocType has no use for; called once the request's user is known."""
	for doctype in dict.fromkeys(name for name in _named_in_request() if name in GUARDED):
		if not is_narrowed(doctype, "write"):
			continue
		only_own = is_narrowed(doctype)
		if only_own and _endpoint().startswith((DESK_ENDPOINTS, COUNTING_ENDPOINT, LINK_ENDPOINTS)):
			_refuse(doctype)
		if any(frappe.form_dict.get(argument) for argument in EXPANDING_ARGUMENTS):
			_refuse(doctype)
		for argument in QUERY_ARGUMENTS:
			for column in columns_of(frappe.form_dict.get(argument), argument):
				if not may_ask_for(doctype, column, only_own):
					_refuse(doctype)


def may_ask_for(doctype: str, column: str, only_own: bool = True) -> bool:
	"""Whether the user may name this column of the DocType, in whatever part of a query.

	A column of another table is none for people who reach only their own records.
	"""
	meta = frappe.get_meta(doctype)
	levels = meta.get_permlevel_access("read")
	own_column = column.replace(f"`tab{doctype}`.", "")
	if "." in own_column and only_own:
		return False
	tables = (meta, *(frappe.get_meta(field.options) for field in meta.get_table_fields()))
	hidden = {df.fieldname for table in tables for df in table.fields if df.permlevel not in (0, *levels)}
	return hidden.isdisjoint(COLUMN.findall(own_column))


def columns_of(value: Any, argument: str) -> Iterator[str]:
	"""The texts in which the argument of a query names columns; for filters without the values."""
	value = _parsed(value)
	if isinstance(value, str):
		yield value
	elif isinstance(value, dict):
		yield from value
	elif isinstance(value, list | tuple):
		if "filters" not in argument:
			yield from (item for item in value if isinstance(item, str))
			return
		rows = value if all(isinstance(row, list | tuple | dict) for row in value) else [value]
		for row in rows:
			if isinstance(row, dict):
				yield from row
			elif len(row) >= 4:
				yield f"`tab{row[0]}`.{row[1]}"
			elif row:
				yield str(row[0])


def _named_in_request() -> Iterator[str]:
	path = unquote(frappe.request.path if frappe.request else "")
	yield from path.split("/")
	for value in map(_parsed, frappe.form_dict.values()):
		if isinstance(value, str):
			yield value
		elif isinstance(value, dict):
			yield str(value.get("doctype"))


def _parsed(value: Any) -> Any:
	"""What the argument is once JSON is read; anything else stays as it came."""
	try:
		return json.loads(value)
	except (TypeError, ValueError):
		return value


def _endpoint() -> str:
	path = frappe.request.path if frappe.request else ""
	return frappe.form_dict.get("cmd") or path.rpartition("/method/")[2]


def _refuse(doctype: str) -> None:
	frappe.throw(_("Not permitted for {0}").format(_(doctype)), frappe.PermissionError)
