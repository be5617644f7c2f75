"""Which fields of the membership roll a data import speaks of."""

from __future__ import annotations

import frappe

_KEPT = "mentoring_roll_import"


def imported_fields(data_import: str | None) -> frozenset[str] | None:
	"""The fields that have a column in the file of this Data Import; None when it can't be told.

	A row that Frappe hands over doesn't show whether a field was empty in the file or not in it at all.
	Read once for each import, not for each row.
	"""
	if not data_import or not frappe.db.exists("Data Import", data_import):
		return None
	kept = frappe.flags.get(_KEPT)
	if kept is None or kept[0] != data_import:
		columns = frappe.get_doc("Data Import", data_import).get_importer().import_file.columns
		kept = (data_import, frozenset(column.df.fieldname for column in columns if column.df))
		frappe.flags[_KEPT] = kept
	return kept[1]
