"""Files as spreadsheets write them, for tests of what reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def text_file(
	rows: Rows,
	encoding: str = "utf-8",
	separator: str = ",",
	newline: str = "\n",
	quoting: Any = csv.QUOTE_MINIMAL,
) -> bytes:
	text = io.StringIO(newline="")
	# Python's writer leaves a line break within a cell unquoted when lines end otherwise.
	quoting = csv.QUOTE_ALL if newline == "\r" else quoting
	csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=newline).writerows(rows)
	return text.getvalue().encode(encoding)


def xlsx_file(*sheets: Rows, hidden: Sequence[int] = ()) -> bytes:
	book, kept = Workbook(), io.BytesIO()
	book.remove(book.active)
	for number, rows in enumerate(sheets):
		sheet = book.create_sheet(f"Sheet{number + 1}")
		sheet.sheet_state = "hidden" if number in hidden else "visible"
		for row in rows:
			sheet.append(list(row))
	book.save(kept)
	return kept.getvalue()


def ods_file(*sheets: Rows, hidden: Sequence[int] = ()) -> bytes:
	"""As LibreOffice writes them: equal neighbours and blank rows once, with how often; a million blank rows below."""
	names = {
		name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
		for name in ("office", "style", "table", "text")
	}
	spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in names.items())
	tables = "".join(
		f'<table:table table:name="Sheet{number + 1}" table:style-name="{"h" if number in hidden else "v"}">'
		+ "".join(map(_ods_row, rows))
		+ '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
		'table:number-columns-repeated="16384"/></table:table-row></table:table>'
		for number, rows in enumerate(sheets)
	)
	styles = "".join(
		f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/>'
		"</style:style>"
		for name, shown in (("h", "false"), ("v", "true"))
	)
	content = (
		f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:automatic-styles>{styles}'
		f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
		"</office:document-content>"
	)
	return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def archive(parts: dict[str, str]) -> bytes:
	kept = io.BytesIO()
	with ZipFile(kept, "w", ZIP_DEFLATED) as zipped:
		for name, text in parts.items():
			zipped.writestr(name, text)
	return kept.getvalue()


def _ods_row(row: Sequence[Any]) -> str:
	cells, before = "", 0
	for cell in row:
		if cell is None or cell == "":
			before += 1
			continue
		blank = f'<table:table-cell table:number-columns-repeated="{before}"/>' if before else ""
		cells, before = cells + blank + _ods_cell(cell), 0
	return f"<table:table-row>{cells}</table:table-row>"


def _ods_cell(cell: Any) -> str:
	kind, value = "string", ""
	if isinstance(cell, bool):
		kind, value = "boolean", f' office:boolean-value="{str(cell).lower()}"'
	elif isinstance(cell, int | float):
		kind, value = "float", f" office:value={quoteattr(str(cell))}"
	elif isinstance(cell, date):
		kind, value = "date", f' office:date-value="{cell.isoformat()}"'
	words = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
	return f'<table:table-cell office:value-type="{kind}"{value}>{words}</table:table-cell>'
