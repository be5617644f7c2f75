"""Read a table that somebody saved from a spreadsheet: any encoding and separator, CSV or Excel's own format.

Nothing is guessed silently where a guess could lose somebody: a quote that is never closed, a cell without end,
a second sheet with content are told, by row, and nothing is read then.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile

from charset_normalizer import from_bytes
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mentor_ispe.domain.people_mapping import fold
from mentor_ispe.domain.violations import N_, Violation

LONGEST_CELL = 20_000
"""Characters; the longest answer that a form of ours takes."""
SEPARATORS = ",;\t|"
SPREADSHEET = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# How many rows may stand above the headings: a title, a date, a blank line.
MOST_TITLE_ROWS = 20


class TableError(ValueError):
	"""The file can't be read as a table; `violations` say why, by row where it has one."""

	def __init__(self, violations: Sequence[Violation]):
		super().__init__(" ".join(map(str, violations)))
		self.violations = list(violations)


@dataclass(frozen=True)
class Table:
	"""What a file holds. `rows` are (row as the spreadsheet counts it, cells), without blank ones.

	`separator` is that of a CSV file, empty for a workbook.
	"""

	headings: list[str]
	rows: list[tuple[int, list[str]]]
	separator: str = ","


def read_table(content: bytes, known: Iterable[str] = ()) -> Table:
	"""Read a file's content. `known` are headings that it may have: they tell the row of headings from titles.

	Raises TableError.
	"""
	if content.startswith(OLD_EXCEL):
		raise _refused(
			"old_excel", N_("This is a file of Excel 97. Save it as .xlsx or as CSV and try again.")
		)
	if content.startswith(SPREADSHEET):
		separator, lines = "", _sheet(content)
	else:
		separator, lines = _csv(_text(content))
	rows = [
		(number, [cell.strip() for cell in cells]) for number, cells in lines if any(map(str.strip, cells))
	]
	too_long = [
		Violation(
			"cell_too_long",
			N_(
				"Row {row}, column {column}: the cell has more than {most} characters. Shorten it and try again."
			),
			{"row": number, "column": column, "most": LONGEST_CELL},
		)
		for number, cells in rows
		for column, cell in enumerate(cells, start=1)
		if len(cell) > LONGEST_CELL
	]
	if too_long:
		raise TableError(too_long)
	if not rows:
		raise _refused("empty", N_("The file is empty."))
	at = _row_of_headings([cells for _number, cells in rows[:MOST_TITLE_ROWS]], known)
	return Table(rows[at][1], rows[at + 1 :], separator)


def _refused(code: str, message: str, **params: Any) -> TableError:
	return TableError([Violation(code, message, params)])


def _row_of_headings(rows: Sequence[Sequence[str]], known: Iterable[str]) -> int:
	"""The row with most of the known headings; the first one where there is none."""
	names = set(map(fold, known))
	counts = [sum(fold(cell) in names for cell in row if cell) for row in rows]
	return counts.index(max(counts)) if any(counts) else 0


def _text(content: bytes) -> str:
	"""The text in the encoding that its bytes say, UTF-8 before all others: few other texts are valid in it."""
	for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
		try:
			return content.decode(encoding)
		except UnicodeDecodeError:
			continue
	# Windows' Western encoding is what Excel writes outside of UTF-8; anything else must look better than that.
	best = from_bytes(content, cp_isolation=["cp1252", "cp1250", "cp1251", "mac_roman", "utf_16_le"]).best()
	if best is None:
		raise _refused(
			"encoding",
			N_("The file's letters can't be read. Save it as \"CSV UTF-8\" or as .xlsx and try again."),
		)
	return str(best)


def _csv(text: str) -> tuple[str, Iterator[tuple[int, list[str]]]]:
	first, _newline, rest = text.partition("\n")
	if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
		return first.strip()[-1], _csv_lines(rest, first.strip()[-1], 2)
	separator = _separator(text)
	return separator, _csv_lines(text, separator, 1)


def _separator(text: str) -> str:
	"""The sign that splits most rows alike; those within quotes don't count, as the reader passes over them."""

	def quality(sign: str) -> tuple[int, int]:
		widths: dict[int, int] = {}
		try:
			for _at, row in zip(
				range(200), csv.reader(io.StringIO(text, newline=""), delimiter=sign), strict=False
			):
				if any(row):
					widths[len(row)] = widths.get(len(row), 0) + 1
		except csv.Error:
			pass
		several = {width: rows for width, rows in widths.items() if width > 1}
		return max(((rows, width) for width, rows in several.items()), default=(0, 0))

	return max(SEPARATORS, key=quality)


def _csv_lines(text: str, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
	"""Rows with their numbers; a row with line breaks in a cell is one row, as a spreadsheet shows it."""
	if text.count('"') % 2:
		# Marks come in pairs; a single one may swallow whole rows and still look well-formed.
		odd = next(at for at, line in enumerate(text.split("\n"), start=first) if line.count('"') % 2)
		raise _unpaired(odd)
	limit = csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
	number = first - 1
	try:
		for number, cells in enumerate(
			csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), start=first
		):
			yield number, cells
	except csv.Error as error:
		raise _unpaired(number + 1) from error
	finally:
		csv.field_size_limit(limit)


def _unpaired(row: int) -> TableError:
	return _refused(
		"quotes",
		N_(
			"From row {row} on the file can't be read: a quotation mark is opened and not closed, or stands "
			"inside a cell. Save the file again from the spreadsheet and try again."
		),
		row=row,
	)


def _sheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
	try:
		book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
	except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
		raise _refused(
			"workbook", N_("The workbook can't be read. Save it as .xlsx again and try again.")
		) from error
	with_content = [
		sheet for sheet in book.worksheets if any(cell is not None for row in sheet.values for cell in row)
	]
	if len(with_content) > 1:
		raise _refused(
			"sheets",
			N_("The workbook has several sheets with content: {sheets}. Leave one in it and try again."),
			sheets=[sheet.title for sheet in with_content],
		)
	for sheet in with_content:
		for number, row in enumerate(sheet.values, start=1):
			yield number, [_shown(cell) for cell in row]


def _shown(cell: Any) -> str:
	"""A cell as one would type it: days as 2027-01-31, whole numbers without a fraction."""
	if cell is None:
		return ""
	shown: dict[type, Callable[[Any], str]] = {
		bool: lambda value: "yes" if value else "no",
		datetime: lambda value: str(value.date() if value.time() == time() else value),
		date: date.isoformat,
		float: lambda value: str(int(value)) if value.is_integer() else repr(value),
	}
	return shown.get(type(cell), str)(cell)
