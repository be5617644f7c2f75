"""Workbooks and odd texts: what is read, what is told, what is refused."""

from __future__ import annotations

import io
from datetime import date
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from mentor_ispe.spreadsheets import TableError, read_table
from tests.domain.tables import archive, ods_file, text_file, xlsx_file

KNOWN = ("Name", "E-Mail", "Seats")
PEOPLE = [
	["Name", "Mail", "Seats", "Since", "Moderates"],
	["Ann", "ann@example.org", 2.0, date(2027, 1, 31), True],
]
SHOWN = ["Ann", "ann@example.org", "2", "2027-01-31", "yes"]
WORKBOOKS = pytest.mark.parametrize("write", [xlsx_file, ods_file])


def refusal(content: bytes, **how) -> str:
	with pytest.raises(TableError) as error:
		read_table(content, **how)
	return str(error.value)


def notes(content: bytes, **how) -> list[str]:
	return [note.code for note in read_table(content, **how).notes]


@WORKBOOKS
def test_cells_are_read_as_one_would_type_them(write):
	table = read_table(write([[], ["", "Members 2027"], [], *PEOPLE]), KNOWN)
	assert (table.headings, table.rows, table.notes) == (PEOPLE[0], [(5, SHOWN)], ())


@WORKBOOKS
def test_which_sheet_is_asked_where_several_have_content(write):
	content = write(PEOPLE, [], [["Name", "Mail"], ["Ben", "ben@example.org"]])
	assert "Sheet1, Sheet3" in refusal(content)
	assert read_table(content, sheet="sheet3").rows == [(2, ["Ben", "ben@example.org"])]
	assert "no sheet called Mine" in refusal(content, sheet="Mine")


@WORKBOOKS
def test_a_hidden_sheet_is_told_and_read_only_by_its_name(write):
	content = write(PEOPLE, [["Name", "Mail"], ["Ben", "ben@example.org"]], hidden=[1])
	table = read_table(content)
	assert [cells for _row, cells in table.rows] == [SHOWN]
	assert "Sheet2" in str(table.notes[0])
	assert read_table(content, sheet="Sheet2").rows[0][1][0] == "Ben"


@WORKBOOKS
def test_a_workbook_without_content_is_empty(write):
	assert "empty" in refusal(write([]))


def test_a_workbook_that_tells_a_wrong_size_loses_nobody():
	content = xlsx_file([["Name", "Mail"], *([f"N{n}", f"n{n}@example.org"] for n in range(5))])
	small = changed(content, "xl/worksheets/sheet1.xml", b'<dimension ref="A1:B6"', b'<dimension ref="A1:A2"')
	assert len(read_table(small).rows) == 5


def test_a_formula_is_read_by_its_value_and_refused_without_one():
	content = xlsx_file([["Name", "Mail"], ["Ann", '=LOWER("ANN@EXAMPLE.ORG")']])
	assert "Row 2, column B" in refusal(content)
	source, kept = ZipFile(io.BytesIO(content)), io.BytesIO()
	with ZipFile(kept, "w") as out:
		for name in source.namelist():
			out.writestr(
				name,
				source.read(name)
				.replace(b"<v/>", b"<v>ann@example.org</v>")
				.replace(b"<v></v>", b"<v>ann@example.org</v>")
				.replace(b'<c r="B2">', b'<c r="B2" t="str">'),
			)
	assert read_table(kept.getvalue()).rows == [(2, ["Ann", "ann@example.org"])]


def test_numbers_that_are_shown_with_zeros_in_front_keep_them():
	book = load_workbook(io.BytesIO(xlsx_file([["Number"], [123]])))
	book.active["A2"].number_format = "000000"
	kept = io.BytesIO()
	book.save(kept)
	assert read_table(kept.getvalue()).rows == [(2, ["000123"])]


def test_a_merged_title_is_no_heading():
	book, kept = Workbook(), io.BytesIO()
	for row in (["Our members in 2027"], ["Name", "E-Mail", "Seats"], ["Ann", "ann@example.org", 1]):
		book.active.append(row)
	book.active.merge_cells("A1:C1")
	book.save(kept)
	assert read_table(kept.getvalue()).headings == ["Name", "E-Mail", "Seats"]


def test_a_title_is_no_heading_when_no_heading_is_known():
	content = text_file([["Members"], ["printed today", "", ""], ["Who", "Where", "What"], ["Ann", "x", "y"]])
	assert read_table(content).headings == ["Who", "Where", "What"]


def test_a_column_without_heading_gets_a_name_so_that_nothing_is_lost():
	rows = [["Name", "", "", "Mail"], ["Ann", "", "who?", "ann@example.org", "and this"]]
	assert read_table(text_file(rows)).headings == ["Name", "", "Column C", "Mail"]
	assert read_table(xlsx_file(rows)).headings == ["Name", "", "Column C", "Mail", "Column E"]


@pytest.mark.parametrize("total", [["Total", "", "3"], ["", "Summe:", "2"], ["Gesamt"]])
def test_a_total_at_the_end_is_told(total):
	table = read_table(text_file([["Name", "Mail", "Seats"], ["Ann", "a@example.org", "3"], total]))
	assert [cells[0] for _row, cells in table.rows] == ["Ann"]
	assert str(table.notes[0]) == "Skipped because it looks like a total: row 3."


def test_a_person_called_total_is_none():
	table = read_table(text_file([["Name", "Mail", "Seats"], ["Total", "total@example.org", ""]]))
	assert (len(table.rows), table.notes) == (1, ())


def test_headings_that_come_again_on_each_page_are_told():
	content = text_file(
		[["Name", "Mail"], ["Ann", "a@example.org"], ["Name", "Mail"], ["Ben", "b@example.org"]]
	)
	table = read_table(content)
	assert ([row for row, _cells in table.rows], [note.code for note in table.notes]) == (
		[2, 4],
		["headings_again"],
	)


NAMES = [["Name", "Ort"], ["Jürgen Groß", "Köln"], ["Zoë Lefèvre", "Orléans"]]
POLISH = [["Name", "Miasto"], ["Łukasz Wójcik", "Łódź"], ["Święta Żak", "Gdańsk"]]
CZECH = [["Name", "Město"], ["Jiří Dvořák", "Plzeň"]]


@pytest.mark.parametrize(
	("rows", "encoding", "told"),
	[
		*(
			(NAMES, encoding, False)
			for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
		),
		*((NAMES, encoding, True) for encoding in ("cp1252", "mac_roman", "latin-1")),
		*((POLISH, "cp1250", True), (CZECH, "cp1250", True)),
	],
)
def test_every_encoding_that_spreadsheets_write(rows, encoding, told):
	table = read_table(text_file(rows, encoding))
	assert [table.headings, *(cells for _row, cells in table.rows)] == rows
	assert [note.code for note in table.notes] == (["encoding"] if told else [])


def test_one_letter_in_another_encoding_doesnt_damage_all_names():
	content = text_file(NAMES).replace("Zoë".encode(), "Zoë".encode("cp1252"))
	assert "Line 3" in refusal(content)


def test_a_line_that_names_the_separator_in_quotes_and_old_line_ends():
	assert read_table(b'"sep=;"\rName;Mail\rAnn;a@example.org\r').rows == [(3, ["Ann", "a@example.org"])]


@pytest.mark.parametrize(
	("content", "words"),
	[
		(b"\xd0\xcf\x11\xe0" + b"\0" * 500, "Excel 97"),
		(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
		(archive({"word/document.xml": "<a/>"}), "can't be read"),
		(archive({"content.xml": "<broken"}), "can't be read"),
		(archive({"content.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}), "can't be read"),
		(archive({"xl/workbook.xml": "<broken"}), "can't be read"),
		(xlsx_file([["Name"], ["Ann"]])[:-30], "can't be read"),
		(b"%PDF-1.7\n\0\1\2\3", "isn't a list"),
	],
)
def test_what_is_no_list_is_refused_in_words(content, words):
	assert words in refusal(content)


def changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
	"""The workbook with other words in one of its parts."""
	source, kept = ZipFile(io.BytesIO(content)), io.BytesIO()
	with ZipFile(kept, "w") as out:
		for each in source.namelist():
			text = source.read(each)
			out.writestr(each, text.replace(old, new) if each == name else text)
	return kept.getvalue()


def test_entities_in_a_workbook_are_never_expanded():
	entities = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet '
	content = changed(xlsx_file([["Name"], ["Ann"]]), "xl/worksheets/sheet1.xml", b"<worksheet ", entities)
	assert "can't be read" in refusal(content)


@pytest.mark.parametrize("content", [b",".join([b"x"] * 501), b"Name\n" + b"x\n" * 250_001])
def test_too_many_rows_or_columns_are_refused(content):
	assert "Split it" in refusal(content)


def test_a_small_file_that_claims_a_billion_cells_is_refused():
	row = '<table:table-row table:number-rows-repeated="999999"><table:table-cell table:number-columns-repeated="9999"><text:p>x</text:p></table:table-cell></table:table-row>'
	content = ods_file([["Name"]])
	source, kept = ZipFile(io.BytesIO(content)), io.BytesIO()
	with ZipFile(kept, "w") as out:
		text = source.read("content.xml").decode()
		out.writestr("content.xml", text.replace("<table:table-row>", f"{row}<table:table-row>", 1))
	assert "rows" in refusal(kept.getvalue())
