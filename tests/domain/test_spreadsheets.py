"""Tables as people save them: read as they meant them, or refused by row; nobody is lost in silence."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from mentor_ispe.domain.spreadsheet_cells import as_typed, inert
from mentor_ispe.spreadsheets import LONGEST_CELL, TableError, read_table, workbook


def cells(content: bytes, known=()) -> list[list[str]]:
	table = read_table(content, known)
	return [table.headings, *(row for _number, row in table.rows)]


def refusal(content: bytes) -> str:
	with pytest.raises(TableError) as refused:
		read_table(content)
	return str(refused.value)


def a_workbook(*sheets: list[list[object]]) -> bytes:
	book, kept = Workbook(), io.BytesIO()
	book.remove(book.active)
	for rows in sheets:
		sheet = book.create_sheet()
		for row in rows:
			sheet.append(row)
	book.save(kept)
	return kept.getvalue()


def test_a_quote_that_is_never_closed_is_refused_and_takes_nobody_along():
	said = refusal(
		b'Name,Mail,Topics\nAnn,ann@example.org,"Law\nBen,ben@example.org,Tax\nCal,cal@example.org,Law\n'
	)
	assert "row 2" in said
	assert "quotation mark" in said


def test_headings_with_separators_in_quotes():
	text = 'Name;Mail;"Which topics (legal, leadership, or other)?"\nAnn;ann@example.org;Law\n'
	assert cells(text.encode())[0] == ["Name", "Mail", "Which topics (legal, leadership, or other)?"]


def test_a_first_line_that_names_the_separator_is_no_heading():
	table = read_table(b"sep=;\nName;Mail\nAnn;ann@example.org\n")
	assert (table.headings, table.rows) == (["Name", "Mail"], [(3, ["Ann", "ann@example.org"])])


def test_a_heading_with_a_line_break():
	assert cells(b'"Topics\n(up to 3)";Name;Mail\nLaw;Ann;ann@example.org\n')[1] == [
		"Law",
		"Ann",
		"ann@example.org",
	]


def test_a_cell_without_end_is_refused_by_row_and_column():
	said = refusal(f"Name,Mail\nAnn,a@example.org\nBen,{'x' * 140_000}\n".encode())
	assert "Row 3, column 2" in said
	assert str(LONGEST_CELL) in said


def test_title_and_blank_rows_above_the_headings_are_passed_over():
	table = read_table(
		b"Members 2027,,\n,,\nprinted on Monday,,\nName,Mail,Topics\nAnn,a@example.org,Law\n",
		["name", "mail"],
	)
	assert table.headings == ["Name", "Mail", "Topics"]
	assert table.rows == [(5, ["Ann", "a@example.org", "Law"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_umlauts_in_every_encoding_that_a_spreadsheet_writes(encoding):
	text = "Name;Ort\nJürgen Müller;Köln\nFrançoise Lefèvre;Orléans\nBjörn Åkesson;Malmö\n"
	assert cells(text.encode(encoding))[1:] == [
		["Jürgen Müller", "Köln"],
		["Françoise Lefèvre", "Orléans"],
		["Björn Åkesson", "Malmö"],
	]


def test_a_workbook_is_read_as_one_would_type_it():
	content = a_workbook(
		[
			["Name", "Seats", "Since", "At", "Yes"],
			["Ann", 2.0, date(2027, 1, 31), datetime(2027, 1, 31, 9, 30), True],
		]
	)
	assert cells(content)[1] == ["Ann", "2", "2027-01-31", "2027-01-31 09:30:00", "yes"]


def test_a_workbook_with_two_sheets_of_people_is_refused():
	assert "several sheets" in refusal(a_workbook([["Name"], ["Ann"]], [["Name"], ["Ben"]]))


@pytest.mark.parametrize(
	"content", [b"", b"\n\n", b",,\n,,\n", b"PK\x03\x04 not a workbook", b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_table_is_refused_in_words(content):
	assert refusal(content)


LETTERS = st.text(st.characters(codec="cp1252", exclude_categories=("C", "Z")), min_size=1, max_size=12)
PEOPLE = st.lists(st.tuples(LETTERS, LETTERS, LETTERS), min_size=2, max_size=8)


@given(
	people=PEOPLE,
	separator=st.sampled_from(",;\t"),
	encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
	quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
	titles=st.integers(0, 3),
	blank=st.booleans(),
	newline=st.sampled_from(["\n", "\r\n"]),
)
def test_a_table_of_people_comes_back_from_every_dialect(
	people, separator, encoding, quoting, titles, blank, newline
):
	text = io.StringIO(newline="")
	writer = csv.writer(text, delimiter=separator, quoting=quoting, lineterminator=newline)
	for _title in range(titles):
		writer.writerow(["Our members", "", ""])
	writer.writerow(["Full name", "Mail address", "Topics of interest"])
	if blank:
		writer.writerow(["", "", ""])
	writer.writerows(people)
	table = read_table(text.getvalue().encode(encoding), ["Full name", "Mail address", "Topics of interest"])
	# A cell that begins as one that an export made harmless is read as what somebody typed before.
	assert [tuple(row) for _number, row in table.rows] == [tuple(map(as_typed, person)) for person in people]


@given(people=PEOPLE, at=st.integers(0, 10_000))
def test_a_damaged_table_is_told_or_harmless(people, at):
	"""A quotation mark that slipped in anywhere: refused by row, or every person is still there."""
	text = io.StringIO(newline="")
	csv.writer(text, lineterminator="\n").writerows([["Full name", "Mail address", "Topics"], *people])
	whole = text.getvalue()
	damaged = whole[: at % len(whole)] + '"' + whole[at % len(whole) :]
	told = rows = None
	try:
		rows = read_table(damaged.encode()).rows
	except TableError as refused:
		told = refused.violations[0].params["row"]
	assert told or len(rows) == len(people)


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), max_size=12)


@given(st.lists(st.tuples(CELLS, st.sampled_from("=+-@x"), st.integers(0, 9)), min_size=1, max_size=6))
def test_what_is_written_is_read_again_and_runs_nowhere(lines):
	"""Members' words, also those that a spreadsheet would run, as workbook and as CSV with the sign that stops it."""
	rows = [[sign + text, f"x{text}", str(number)] for text, sign, number in lines]
	headings = ["Word", "Other", "Number"]
	as_text = io.StringIO(newline="")
	csv.writer(as_text).writerows([headings, *([inert(cell) for cell in row] for row in rows)])
	for content in (workbook("List", headings, rows), as_text.getvalue().encode("utf-8-sig")):
		assert [cells for _row, cells in read_table(content, headings).rows] == rows


def test_days_and_numbers_are_written_as_such():
	sheet = load_workbook(io.BytesIO(workbook("List", ["Day", "Hours"], [[date(2027, 1, 31), 2.5]]))).active
	assert [(cell.value, cell.is_date) for cell in sheet[2]] == [(datetime(2027, 1, 31), True), (2.5, False)]
