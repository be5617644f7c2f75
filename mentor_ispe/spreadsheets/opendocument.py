"""Sheets of LibreOffice's .ods, by the OpenDocument format 1.3, part 3, chapters 9 and 19.

Read row by row: what reads this format as a whole (odfpy, calamine) needs memory for every cell that a file claims to
have, and a file of one kilobyte may claim a billion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from mentor_ispe.spreadsheets.archives import MOST_COLUMNS, MOST_ROWS, damaged, too_large
from mentor_ispe.spreadsheets.cells import shown

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, STYLE, TABLE, TEXT = (_SPACE % name for name in ("office", "style", "table", "text"))
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


class OpenDocument:
	"""One workbook; each method raises TableError when it is damaged."""

	def __init__(self, archive: ZipFile):
		self.archive = archive
		self.sheets: list[str] = []
		self.hidden: set[str] = set()
		hidden_styles: set[str] = set()
		for event, element in self._events():
			if event == "end" and element.tag == f"{STYLE}style":
				if any(part.get(f"{TABLE}display") == "false" for part in element):
					hidden_styles.add(element.get(f"{STYLE}name", ""))
			elif event == "start" and element.tag == f"{TABLE}table":
				self.sheets.append(element.get(f"{TABLE}name", ""))
				if element.get(f"{TABLE}style-name") in hidden_styles:
					self.hidden.add(self.sheets[-1])

	def rows(self, sheet: str) -> Iterator[tuple[int, list[str]]]:
		"""Each row that has cells, with its number as the spreadsheet shows it."""
		number, inside = 0, False
		for event, element in self._events():
			if element.tag == f"{TABLE}table":
				inside = event == "start" and element.get(f"{TABLE}name", "") == sheet
			elif inside and event == "end" and element.tag == f"{TABLE}table-row":
				row, times = _row(element), _times(element, "rows")
				if any(row) and number + times > MOST_ROWS:
					raise too_large()
				for more in range(1, times + 1) if any(row) else ():
					yield number + more, list(row)
				number += times

	def _events(self) -> Iterator[tuple[str, Element]]:
		try:
			with self.archive.open("content.xml") as content:
				for event, element in iterparse(content, events=("start", "end")):
					yield event, element
					if event == "end" and element.tag in (f"{TABLE}table-row", f"{TABLE}table"):
						element.clear()
		except (
			KeyError,
			ParseError,
			BadZipFile,
			DefusedXmlException,
			EOFError,
			NotImplementedError,
		) as error:
			raise damaged() from error


def _row(element: Element) -> list[str]:
	cells: list[str] = []
	blank = 0
	for cell in element:
		if cell.tag not in CELLS:
			continue
		text, times = _cell(cell), _times(cell, "columns")
		if not text:
			blank += times
			continue
		if len(cells) + blank + times > MOST_COLUMNS:
			raise too_large()
		cells += [""] * blank + [text] * times
		blank = 0
	return cells


def _times(element: Element, what: str) -> int:
	text = element.get(f"{TABLE}number-{what}-repeated", "1")
	return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


def _cell(cell: Element) -> str:
	kind = cell.get(f"{OFFICE}value-type", "")
	if kind == "boolean":
		return "yes" if cell.get(f"{OFFICE}boolean-value") == "true" else "no"
	if kind == "date":
		return cell.get(f"{OFFICE}date-value", "").removesuffix("T00:00:00").replace("T", " ")
	words = "\n".join(_words(part) for part in cell if part.tag == f"{TEXT}p")
	number = cell.get(f"{OFFICE}value", "")
	return _number(number, words) if kind in ("float", "currency", "percentage") and number else words


def _number(number: str, words: str) -> str:
	"""As the sheet shows it where that is the same whole number: with the zeros in front that member numbers have."""
	if number.isdecimal():
		return words if words.isdecimal() and int(words) == int(number) else number
	try:
		return shown(float(number))
	except ValueError:
		return words


def _words(element: Element) -> str:
	signs: dict[Any, str] = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n"}
	words = signs.get(element.tag, element.text or "")
	if element.tag == f"{TEXT}s":
		words = " " * min(100, int(element.get(f"{TEXT}c", "1") or 1))
	return words + "".join(
		("" if part.tag == f"{OFFICE}annotation" else _words(part)) + (part.tail or "") for part in element
	)
