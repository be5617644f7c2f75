"""From a file's content to headings and rows, with what should be known about how it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zipfile import ZipFile

from openpyxl.utils import get_column_letter

from mentor_ispe.domain.column_guesses import heading_key
from mentor_ispe.domain.people_mapping import fold
from mentor_ispe.domain.spreadsheet_cells import as_typed
from mentor_ispe.domain.violations import N_, Message, Violation
from mentor_ispe.spreadsheets.archives import MOST_COLUMNS, MOST_ROWS, damaged, opened, too_large
from mentor_ispe.spreadsheets.encodings import decoded, encoding_name
from mentor_ispe.spreadsheets.errors import TableError, refused
from mentor_ispe.spreadsheets.excel import Excel
from mentor_ispe.spreadsheets.odd_rows import note_ragged, people_only
from mentor_ispe.spreadsheets.opendocument import OpenDocument
from mentor_ispe.spreadsheets.text import separator_and_lines

LONGEST_CELL = 20_000
"""Characters; the longest answer that a form of ours takes."""
ARCHIVE = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
# How an encrypted workbook names its content, in the container that Excel 97 used too.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# How many rows may stand above the headings: a title, a date, a blank line.
MOST_TITLE_ROWS = 20


@dataclass(frozen=True)
class Table:
	"""What a file holds. `rows` are (row as the spreadsheet counts it, cells), without blank ones.

	`separator` is that of a text, empty for a workbook. `notes` say how the file was understood where it could have
	been meant otherwise: rows passed over, sheets left out, the encoding.
	A column without a heading that has cells is called "Column D", so that nothing in it is lost silently.
	"""

	headings: list[str]
	rows: list[tuple[int, list[str]]]
	separator: str = ","
	notes: tuple[Message, ...] = ()


def read_table(content: bytes, known: Iterable[str] = (), sheet: str = "") -> Table:
	"""Read a file's content: .xlsx, .ods, or text.

	`known` are headings that it may have: they tell the row of headings from titles. `sheet` names the sheet to
	read; without it a workbook must have one visible sheet with content. Raises TableError.
	"""
	notes: list[Message] = []
	separator = ""
	if content.startswith((ARCHIVE, OLD_EXCEL)):
		lines = _one_sheet(_workbook(content), sheet, notes)
	else:
		separator, lines = _text(content, notes)
	widths: dict[int, int] = {}
	rows = _filled(lines, widths)
	if not rows:
		raise refused("empty", N_("The file is empty."))
	at = _row_of_headings([cells for _number, cells in rows[:MOST_TITLE_ROWS]], known)
	headings = _headings(rows[at][1], rows[at + 1 :], all_columns=not separator)
	people = people_only(headings, rows[at + 1 :], notes)
	if separator:
		note_ragged(people, widths, widths[rows[at][0]], notes)
	return Table(headings, people, separator, tuple(notes))


def _workbook(content: bytes) -> Excel | OpenDocument:
	if content.startswith(OLD_EXCEL):
		if ENCRYPTED in content:
			raise refused(
				"password",
				N_("The workbook is protected by a password. Save it without one and try again."),
			)
		raise refused("old_excel", N_("This is an Excel 97 file. Save it as .xlsx or as CSV and try again."))
	archive: ZipFile = opened(content)
	names = set(archive.namelist())
	if "xl/workbook.xml" in names:
		return Excel(content, archive)
	if "content.xml" in names:
		return OpenDocument(archive)
	raise damaged()


def _one_sheet(
	book: Excel | OpenDocument, wanted: str, notes: list[Message]
) -> Iterator[tuple[int, list[str]]]:
	if wanted:
		name = next((name for name in book.sheets if fold(name) == fold(wanted)), None)
		if name is None:
			raise refused(
				"no_sheet",
				N_("There is no sheet called {sheet}. The sheets are: {sheets}."),
				sheet=wanted,
				sheets=", ".join(book.sheets),
			)
		return book.rows(name)
	visible = [name for name in book.sheets if name not in book.hidden and next(book.rows(name), None)]
	if len(visible) > 1:
		raise refused(
			"sheets",
			N_(
				"The workbook has several sheets with content: {sheets}. Choose which one to read, or leave one in it, and try again."
			),
			sheets=", ".join(visible),
		)
	hidden = [name for name in book.sheets if name in book.hidden and next(book.rows(name), None)]
	if hidden:
		notes.append(
			Message(
				"hidden_sheets", N_("Hidden sheets were not read: {sheets}."), {"sheets": ", ".join(hidden)}
			)
		)
	return book.rows(visible[0]) if visible else iter(())


def _text(content: bytes, notes: list[Message]) -> tuple[str, Iterator[tuple[int, list[str]]]]:
	text, encoding = decoded(content)
	if encoding:
		notes.append(
			Message(
				"encoding",
				N_(
					"The file doesn't say how its characters are encoded, so they were read as {encoding}. Check some names with accents. If they are wrong, save the file as “CSV UTF-8”."
				),
				{"encoding": encoding_name(encoding)},
			)
		)
	if "\0" in text:
		raise refused("binary", N_("This file isn't a list. Save it as .xlsx, .ods or CSV and try again."))
	if not text.endswith(("\n", "\r")):
		notes.append(
			Message(
				"no_end",
				N_("The file ends without a line break. Check that its last row is complete."),
			)
		)
	return separator_and_lines(text)


def _filled(
	lines: Iterable[tuple[int, Sequence[str]]], widths: dict[int, int]
) -> list[tuple[int, list[str]]]:
	"""Rows with content, without spaces around cells and blank cells at their end; equal texts are kept once.

	`widths` is filled with how many cells there were in each.
	"""
	kept: dict[str, str] = {}
	rows, too_long = [], []
	for number, row in lines:
		cells = [kept.setdefault(text, text) for text in (as_typed(cell.strip()) for cell in row)]
		widths[number] = len(cells)
		while cells and not cells[-1]:
			cells.pop()
		if cells:
			rows.append((number, cells))
		if len(cells) > MOST_COLUMNS or len(rows) > MOST_ROWS:
			raise too_large()
		too_long += [
			Violation(
				"cell_too_long",
				N_(
					"Row {row}, column {column}: the cell has more than {most} characters. Shorten it and try again."
				),
				{"row": number, "column": column, "most": LONGEST_CELL},
			)
			for column, cell in enumerate(cells, start=1)
			if len(cell) > LONGEST_CELL
		]
	if too_long:
		raise TableError(too_long)
	return rows


def _row_of_headings(rows: Sequence[Sequence[str]], known: Iterable[str]) -> int:
	"""The row with most of the known headings among those that fill half of the columns, the first of several.

	A title, a day, a group of headings fill a cell or two.
	"""
	names = set(map(heading_key, known)) - {""}
	filled = [sum(map(bool, row)) for row in rows]
	wide = [at for at, count in enumerate(filled) if count * 2 >= max(filled)]
	return max(wide, key=lambda at: (sum(heading_key(cell) in names for cell in rows[at]), -at))


def _headings(
	headings: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], all_columns: bool
) -> list[str]:
	"""The headings, with a name for each column that has none and isn't empty.

	In a text, cells behind the last heading may come of a separator within an unquoted cell: they stay without.
	"""
	filled = {place for _number, cells in rows for place, cell in enumerate(cells) if cell}
	width = max(len(headings), max(filled, default=-1) + 1) if all_columns else len(headings)
	return [
		(headings[place] if place < len(headings) else "")
		or (f"Column {get_column_letter(place + 1)}" if place in filled else "")
		for place in range(width)
	]
