"""Files and rows of imports aren't kept for ever: they go on the day that the import says."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _

from mentor_ispe.mentor_ispe.doctype.mentoring_import.mentoring_import import CLOSED, UNDER_WAY
from mentor_ispe.mentor_ispe.doctype.mentoring_import_row.mentoring_import_row import delete_files
from mentor_ispe.services.imports import rows
from mentor_ispe.services.imports.state import IMPORT, counts, is_abandoned


def due(day: date) -> list[str]:
	"""The imports whose day has come and that no job works on."""
	over = frappe.get_all(
		IMPORT,
		filters={"delete_on": ("<=", day), "status": ("!=", CLOSED)},
		fields=["name", "status", "attempt", "started_on"],
	)
	return [row.name for row in over if row.status not in UNDER_WAY or is_abandoned(row)]


def close(name: str) -> None:
	"""Delete the file and the rows of an import; that it took place stays, with its figures."""
	imported = counts(name)["statuses"].get(rows.IMPORTED, 0)
	delete_files([name])
	rows.delete({"mentoring_import": name})
	words = _("{0} rows were imported. The file and its rows were deleted as scheduled.").format(imported)
	values = {"status": CLOSED, "mapping": None, "message": words}
	frappe.db.set_value(IMPORT, name, values, update_modified=False)
