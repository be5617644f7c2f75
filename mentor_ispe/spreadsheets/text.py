"""Tables saved as text: with any encoding, any separator, any quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from mentor_ispe.domain.violations import N_
from mentor_ispe.spreadsheets.errors import TableError, refused

SEPARATORS = ",;\t|"


def separator_and_lines(text: str) -> tuple[str, Iterator[tuple[int, list[str]]]]:
	"""The separator, and each row with its number; raises TableError, also while the rows are read."""
	text = text.replace("\r\n", "\n").replace("\r", "\n")
	first, _newline, rest = text.partition("\n")
	first = first.strip(" \"'")
	if first.lower().startswith("sep=") and len(first) == 5:
		return first[-1], _lines(rest, first[-1], 2)
	separator = _separator(text)
	return separator, _lines(text, separator, 1)


def _separator(text: str) -> str:
	"""The sign that splits most rows alike; those within quotes don't count, as the reader passes over them."""

	def quality(sign: str) -> tuple[int, int]:
		widths: dict[int, int] = {}
		try:
			for _at, row in zip(range(200), csv.reader(io.StringIO(text), delimiter=sign), strict=False):
				if any(row):
					widths[len(row)] = widths.get(len(row), 0) + 1
		except csv.Error:
			pass
		several = {width: rows for width, rows in widths.items() if width > 1}
		return max(((rows, width) for width, rows in several.items()), default=(0, 0))

	return max(SEPARATORS, key=quality)


def _lines(text: str, separator: str, first: int) -> Iterator[tuple[int, list[str]]]:
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
	return refused(
		"quotes",
		N_(
			"The file can't be read from row {row} on: a quotation mark isn't closed, or is inside a cell. Save the file again from the spreadsheet and try again."
		),
		row=row,
	)
