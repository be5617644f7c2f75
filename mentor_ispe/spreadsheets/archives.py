"""Workbooks are ZIP archives that come from strangers: how much is in them is asked before anything is unpacked."""

from __future__ import annotations

import io
from zipfile import BadZipFile, ZipFile

from mentor_ispe.domain.violations import N_
from mentor_ispe.spreadsheets.errors import TableError, refused

# Bytes when unpacked: 200,000 people with twenty columns are half of it.
MOST_UNPACKED = 400_000_000
MOST_ROWS = 250_000
MOST_COLUMNS = 500


def opened(content: bytes) -> ZipFile:
	"""The archive; raises TableError for one that is damaged or too large."""
	try:
		archive = ZipFile(io.BytesIO(content))
	except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
		raise damaged() from error
	if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
		raise too_large()
	return archive


def damaged() -> TableError:
	return refused(
		"workbook",
		N_(
			"The workbook can't be read. Open it in your spreadsheet program, save it as a new .xlsx file, and choose that one."
		),
	)


def too_large() -> TableError:
	return refused(
		"too_large",
		N_("The file has more than {rows} rows or {columns} columns. Split it and try again."),
		rows=MOST_ROWS,
		columns=MOST_COLUMNS,
	)
