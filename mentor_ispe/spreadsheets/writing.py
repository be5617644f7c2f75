"""Lists as workbooks: whatever the spreadsheet's language, it opens them with columns, letters, days and numbers right."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING
from openpyxl.styles import Font

DAYS = "yyyy-mm-dd"


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
	"""An .xlsx of one sheet; texts are texts whatever they begin with, numbers are numbers and days are days."""
	book, kept = Workbook(write_only=True), io.BytesIO()
	sheet = book.create_sheet(title[:31])
	sheet.freeze_panes = "A2"
	head = [_cell(sheet, heading) for heading in headings]
	for cell in head:
		cell.font = Font(bold=True)
	sheet.append(head)
	for row in rows:
		sheet.append([_cell(sheet, value) for value in row])
	book.save(kept)
	return kept.getvalue()


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
	cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
	if isinstance(value, str):
		# "=" at its start is somebody's word and no formula.
		cell.data_type = TYPE_STRING
	elif isinstance(value, date):
		cell.number_format = DAYS
	return cell
