"""Sheets of Excel's .xlsx, read row by row, so that memory doesn't grow with the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from mentor_ispe.domain.violations import N_
from mentor_ispe.spreadsheets.archives import damaged
from mentor_ispe.spreadsheets.cells import shown
from mentor_ispe.spreadsheets.errors import refused

_UNREADABLE = (
	*(BadZipFile, InvalidFileException, KeyError, OSError, ValueError, TypeError, AttributeError),
	*(IndexError, SyntaxError, NotImplementedError),
)
_FORMULA = re.compile(rb"<f[ >/]")
_PADDED = re.compile(r"0{2,}")


class Excel:
	"""One workbook; each method raises TableError when it is damaged."""

	def __init__(self, content: bytes, archive: ZipFile):
		self.content = content
		self.has_formulas = _has_formulas(archive)
		self.book = _load(content, values=True)
		self.hidden = {sheet.title for sheet in self.book.worksheets if sheet.sheet_state != "visible"}
		self.sheets = [sheet.title for sheet in self.book.worksheets]

	def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
		"""Each row that has cells, with its number as the spreadsheet shows it."""
		formulas = self._rows(_load(self.content, values=False), sheet) if self.has_formulas else None
		for cells in self._rows(self.book, sheet):
			row = [_cell(cell) for cell in cells]
			if formulas is not None:
				_refuse_uncounted(next(formulas, ()), row)
			if any(row):
				yield next(cell.row for cell in cells if cell.value is not None), row

	def _rows(self, book: Any, sheet: str) -> Iterator[Any]:
		page = book[sheet]
		# What a file says of its own size may be wrong, and would cut rows off.
		page.reset_dimensions()
		try:
			yield from page.iter_rows()
		except _UNREADABLE as error:
			raise damaged() from error


def _load(content: bytes, values: bool) -> Any:
	try:
		return load_workbook(io.BytesIO(content), read_only=True, data_only=values)
	except _UNREADABLE as error:
		raise damaged() from error


def _has_formulas(archive: ZipFile) -> bool:
	for name in archive.namelist():
		if name.startswith("xl/worksheets/"):
			with archive.open(name) as part:
				tail = b""
				while piece := part.read(1 << 20):
					if _FORMULA.search(tail + piece):
						return True
					tail = piece[-4:]
	return False


def _cell(cell: Any) -> str:
	text = shown(cell.value)
	# A number that the sheet shows with zeros in front, as member numbers are, has them.
	if type(cell.value) is int and _PADDED.fullmatch(cell.number_format or ""):
		return text.zfill(len(cell.number_format))
	return text


def _refuse_uncounted(formulas: Any, row: list[str]) -> None:
	"""A program that isn't a spreadsheet writes formulas without what they come to; nothing would stand there."""
	for place, cell in enumerate(formulas):
		if cell.data_type == "f" and place < len(row) and not row[place]:
			raise refused(
				"formula",
				N_(
					"Row {row}, column {column}: the formula has no value. Open the file in Excel, save it and try again."
				),
				row=cell.row,
				column=get_column_letter(place + 1),
			)
