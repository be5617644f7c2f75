"""Which fields of the app's records repeat a field of another record, such as the name of a person."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe.utils import cstr


def copies_of(source: str) -> Iterator[tuple[str, str, str, str]]:
	"""(DocType, field, the link it is fetched by, the linked DocType) of the fields fetched from `source`."""
	for doctype in frappe.get_all("DocType", {"module": "Mentor ISPE", "issingle": 0}, pluck="name"):
		meta = frappe.get_meta(doctype)
		for df in meta.fields:
			link, _dot, fetched = cstr(df.fetch_from).partition(".")
			if fetched == source and meta.has_field(link):
				yield doctype, df.fieldname, link, meta.get_field(link).options
