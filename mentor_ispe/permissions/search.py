"""The search of Link fields for our DocTypes."""

from __future__ import annotations

from typing import Any

import frappe


@frappe.whitelist()
@frappe.validate_and_sanitize_search_inputs
def search(
	doctype: str,
	txt: str,
	searchfield: str,
	start: int,
	page_len: int,
	filters: dict | list | None,
	as_dict: bool = False,
) -> list[Any]:
	"""Find records by name, title or search fields, newest first.

	Frappe's own search drops every permission when the caller says so ("ignore user permissions"), and the
	rules for members with them; this one always asks.
	"""
	meta = frappe.get_meta(doctype)
	fields = [field for field in (meta.title_field, *meta.get_search_fields()) if field and field != "name"]
	fields = list(dict.fromkeys(fields))
	wanted = [[doctype, field, "like", f"%{txt}%"] for field in ("name", *fields)] if txt else []
	return frappe.get_list(
		doctype,
		fields=["name", *fields],
		filters=filters,
		or_filters=wanted,
		order_by="modified desc",
		start=start,
		page_length=page_len,
		as_list=not as_dict,
	)
