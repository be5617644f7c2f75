"""What a data import's file says of an entry: Frappe hands over rows whose days and yes-words it has read its own way.

It reads 04/01/2027 as 4 January on a site that writes the month first, and everything but English yes-words as no.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from mentor_ispe.domain.cell_values import DAY_FIRST, EITHER, MONTH_FIRST, day_order, read_day, read_yes_no
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import raise_violations

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.membership_roll_entry.membership_roll_entry import (
		MembershipRollEntry,
	)

_KEPT = "mentoring_roll_import"
DAYS, YES_NO = ("from_date", "to_date"), ("cancelled",)


@dataclass(frozen=True)
class RollFile:
	"""A file: its fields, and the cells of each member number's rows, by field and as they are written."""

	fields: frozenset[str]
	rows: dict[str, list[dict[str, str]]]
	orders: dict[str, str | None]

	@classmethod
	def of_import(cls, data_import: str) -> RollFile:
		file = frappe.get_doc("Data Import", data_import).get_importer().import_file
		columns = {
			column.df.fieldname: column.index
			for column in file.columns
			if column.df and not column.skip_import
		}
		rows: dict[str, list[dict[str, str]]] = {}
		for row in file.data:
			cells = {field: _text(row.data[index]) for field, index in columns.items()}
			rows.setdefault(_folded(cells.get("member_number")), []).append(cells)
		written = [cells for of_one in rows.values() for cells in of_one]
		site = (
			MONTH_FIRST if frappe.db.get_system_setting("date_format").lower().startswith("mm") else DAY_FIRST
		)
		orders = {}
		for field in DAYS:
			order = day_order(cells.get(field, "") for cells in written)
			orders[field] = site if order == EITHER else order
		return cls(frozenset(columns), rows, orders)


def file_of(data_import: str | None) -> RollFile | None:
	"""The file of this Data Import; None when it can't be told. Read once for each import, not for each row."""
	if not data_import or not frappe.db.exists("Data Import", data_import):
		return None
	kept = frappe.flags.get(_KEPT)
	if kept is None or kept[0] != data_import:
		kept = (data_import, RollFile.of_import(data_import))
		frappe.flags[_KEPT] = kept
	return kept[1]


def read_as_written(entry: MembershipRollEntry, file: RollFile) -> None:
	"""Set the entry's days and its yes or no to what the file says; refuse what can't be understood."""
	rows = file.rows.get(_folded(entry.member_number), [])
	if len(rows) > 1:
		raise_violations(
			[
				Violation(
					"twice",
					N_(
						"Member number {number} appears more than once in this file. Remove the duplicate row."
					),
					{"number": entry.member_number},
				)
			]
		)
	wrong = []
	for field, cell in (rows[0] if rows else {}).items():
		values: dict[str, Any] = {"field": _(entry.meta.get_label(field)), "value": cell[:40]}
		if field in DAYS and cell:
			if day := read_day(cell, file.orders[field]):
				entry.set(field, day)
			else:
				wrong.append(
					Violation(
						"date", N_("{field}: {value} is not a valid date. Use the format YYYY-MM-DD."), values
					)
				)
		elif field in YES_NO:
			said = read_yes_no(cell)
			entry.set(field, int(bool(said)))
			if said is None:
				wrong.append(Violation("yes_no", N_("{field} must be yes or no, not {value}."), values))
	raise_violations(wrong)


def _text(value: Any) -> str:
	return "" if value is None else str(value).strip()


def _folded(number: str | None) -> str:
	return " ".join((number or "").split()).casefold()
