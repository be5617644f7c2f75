"""What people typed stays text in every CSV and workbook that is exported.

The hole: a name such as `=HYPERLINK(…)` becomes a formula in the file that a coordinator exports, and runs
when it is opened. Frappe writes cells as they are: a string that begins with = is a formula in a workbook,
and one with = + - @ a tab or a line break is one in a CSV. Seen on Frappe 15.101.

Names and words may begin as they like; they are made inert where a cell is written, by an apostrophe before
them, as spreadsheets do it themselves. Frappe offers no hook there, so the three functions that write the
cells of all its exports (report, report view, data export, import template, mailed reports) are wrapped
once in each process. Numbers, also those with a sign or written as telephone numbers, stay as they are.
This can go when Frappe does it.
"""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterable
from typing import Any

import frappe.desk.utils
from frappe.utils import csvutils, xlsxutils

from mentor_ispe.domain.spreadsheet_cells import inert

# Of these Frappe writes HTML as it is.
AS_THEY_ARE = ("Data Import Template", "Data Export")


def make_exports_inert(*args: object, **kwargs: object) -> None:
	"""Wrap what writes the cells; called before each request and job, and done once."""
	if getattr(xlsxutils.make_xlsx, "inert", False):
		return
	make_xlsx, get_csv_bytes = xlsxutils.make_xlsx, frappe.desk.utils.get_csv_bytes
	write_row = csvutils.UnicodeWriter.writerow

	def make_inert_xlsx(data: Iterable[Iterable], sheet_name: str, *args: Any, **kwargs: Any) -> Any:
		shown = (lambda cell: cell) if sheet_name in AS_THEY_ARE else _without_tags
		rows = ([inert(shown(cell)) for cell in row] for row in data)
		return make_xlsx(rows, sheet_name, *args, **kwargs)

	def get_inert_csv_bytes(data: Iterable[Iterable], csv_params: dict) -> bytes:
		# With the mark by which spreadsheets know UTF-8; without it Jürgen becomes JÃ¼rgen.
		return BOM_UTF8 + get_csv_bytes([[inert(cell) for cell in row] for row in data], csv_params)

	def write_inert_row(self: csvutils.UnicodeWriter, row: Iterable) -> None:
		write_row(self, [inert(cell) for cell in row])

	make_inert_xlsx.inert = True  # type: ignore[attr-defined]  # a mark
	_put_in_place(make_xlsx, make_inert_xlsx)
	_put_in_place(get_csv_bytes, get_inert_csv_bytes)
	csvutils.UnicodeWriter.writerow = write_inert_row


def _put_in_place(function: Any, other: Any) -> None:
	"""Wherever the function was imported by its name already."""
	name = function.__name__
	for module in list(sys.modules.values()):
		if getattr(module, "__dict__", {}).get(name) is function:
			setattr(module, name, other)


def _without_tags(cell: Any) -> Any:
	"""What Frappe makes of HTML in a cell, before it looks whether that is a formula."""
	for _times in range(5):
		if not isinstance(cell, str) or (plain := xlsxutils.handle_html(cell)) == cell:
			return cell
		cell = plain
	return cell.replace("<", "").replace(">", "")
