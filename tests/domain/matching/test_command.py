"""`mentor-ispe match`: lists and a program file in, proposals out, and words when they can't be used."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

pytest.importorskip("scipy")

from mentor_ispe.cli.main import main
from tests.domain.tables import xlsx_file

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "civil_service" / "match.toml"
GRADES = ["AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4"]
CIVIL_HEADINGS = {
	"mentees": "first name,last name,email address,both mentor and mentee,job title,grade,organisation,"
	"profession,match with similar identity,identity to match,biography",
	"mentors": "first name,last name,email address,both mentor and mentee,job title,grade,organisation,"
	"profession,characteristics,biography",
}
PROGRAM = """
[program]
starts_on = 2027-01-15
{settings}

[[criteria]]
criterion = "Topics"

[[criteria]]
criterion = "Time Zone"
hard = true

[side]
heading = "Part"
mentor = ["M"]
mentee = ["m'ee", "learner"]

[columns]
wishes = "Wants"

[people.fields]
email = "Mail"
full_name = "Name"
time_zone = "Zone"
topics = "Topics"

[people.separators]
topics = "|"
"""
HEADINGS = "Name,Mail,Part,Zone,Topics,Wants"
ROWS = [
	"Ada,ada@x.org,learner,Europe/Berlin,Quality|Supply,cyd@x.org",
	"Bob,bob@x.org,M,Europe/London,Quality,",
	"Cyd,cyd@x.org,M,America/New_York,Quality|Supply,",
]


def write(folder: Path, name: str, text: str) -> str:
	path = folder / name
	path.write_text(text, encoding="utf-8")
	return str(path)


def run(folder: Path, rows=ROWS, program: str = PROGRAM, settings: str = "", more=()) -> int:
	people = write(folder, "people.csv", "\n".join([HEADINGS, *rows]))
	file = write(folder, "program.toml", program.replace("{settings}", settings))
	return main(["match", people, "--program", file, "--out", str(folder / "out"), *more])


def lines_of(path: Path) -> list[dict[str, str]]:
	with path.open(encoding="utf-8-sig", newline="") as file:
		return list(csv.DictReader(file))


def test_one_list_with_a_column_for_the_side(tmp_path, capsys):
	assert run(tmp_path) == 0
	(pair,) = lines_of(tmp_path / "out" / "proposals.csv")
	assert (pair["mentee"], pair["mentor"], pair["mentor name"]) == ("ada@x.org", "bob@x.org", "Bob")
	assert "Their time zones are one hour apart." in pair["reasons"]
	summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
	assert (summary["matched"], summary["gap"], summary["proven"]) == (1, 0, True)
	assert summary["seconds"]["whole"] > 0
	assert "Matched:  1 of 1 mentees" in capsys.readouterr().err


def test_without_a_folder_the_proposals_are_printed(tmp_path, capsys):
	people = write(tmp_path, "people.csv", "\n".join([HEADINGS, *ROWS]))
	assert (
		main(["match", people, "--program", write(tmp_path, "p.toml", PROGRAM.replace("{settings}", ""))])
		== 0
	)
	assert capsys.readouterr().out.splitlines()[0].startswith("mentee,mentee name,mentor,")


def test_a_wider_window_reaches_the_wish(tmp_path):
	assert run(tmp_path, settings="time_window = 6") == 0
	(pair,) = lines_of(tmp_path / "out" / "proposals.csv")
	assert pair["mentor"] == "cyd@x.org"
	assert "the mentee's choice no. 1" in pair["reasons"]


def test_the_unmatched_are_listed_with_reasons(tmp_path):
	assert run(tmp_path, rows=[*ROWS[:1], ROWS[2]]) == 0
	(lone,) = lines_of(tmp_path / "out" / "unmatched.csv")
	assert lone["reasons"] == "No mentor offering places is within 4 hours of your time zone."


def test_pins_are_kept_and_forbidden_pairs_left_out(tmp_path):
	pins = write(tmp_path, "pins.csv", "mentor,mentee\ncyd@x.org,ada@x.org\n")
	assert run(tmp_path, more=["--pins", pins]) == 0
	(pair,) = lines_of(tmp_path / "out" / "proposals.csv")
	assert (pair["mentor"], pair["pinned"]) == ("cyd@x.org", "yes")
	forbidden = write(tmp_path, "forbid.csv", "mentor,mentee\nbob@x.org,ada@x.org\n")
	assert run(tmp_path, more=["--forbid", forbidden]) == 0
	assert lines_of(tmp_path / "out" / "proposals.csv") == []


@pytest.mark.parametrize(
	("rows", "words"),
	[
		(["Ada,ada@x.org,guest,,,"], "people.csv: Row 2, heading 'Part': 'guest' doesn't say"),
		(
			["Ada,ada@x.org,M,Mars/Base,,"],
			"people.csv: Row 2, heading 'Zone': 'Mars/Base' is not a time zone",
		),
		([",ada@x.org,M,,,"], "people.csv: Row 2, heading 'Name': enter a name."),
		([ROWS[0], ROWS[0]], "people.csv: Row 3, heading 'Mail': ada@x.org is already in row 2."),
	],
)
def test_a_wrong_cell_is_told_by_row_and_heading_and_nothing_is_written(tmp_path, capsys, rows, words):
	assert run(tmp_path, rows=rows) == 2
	assert words in capsys.readouterr().err
	assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
	("old", "new", "words"),
	[
		(
			'criterion = "Topics"',
			'criterion = "Shoe Size"',
			"[[criteria]] number 1 needs a criterion, one of",
		),
		("{settings}", "windows = 3", "[program] windows: there is no such setting"),
		("{settings}", 'time_window = "wide"', "[program] time_window: 'wide' can't be used here."),
		('email = "Mail"', "", "'email' is needed"),
		('wishes = "Wants"', 'wish = "Wants"', "[columns] wish: there are"),
		("[program]", "[program", "is not TOML"),
		('wishes = "Wants"', 'wishes = "Dreams"', "people.csv: The file has no heading 'Dreams'."),
	],
)
def test_a_wrong_program_file_is_told_in_words(tmp_path, capsys, old, new, words):
	assert run(tmp_path, program=PROGRAM.replace(old, new)) == 2
	assert words in capsys.readouterr().err
	assert not (tmp_path / "out").exists()


def test_a_missing_file_is_named(tmp_path, capsys):
	assert main(["match", "nobody.csv", "no.csv", "--program", str(EXAMPLE)]) == 2
	assert "nobody.csv: No such file" in capsys.readouterr().err


def test_pins_beyond_the_seats_are_refused(tmp_path, capsys):
	pins = write(tmp_path, "pins.csv", "mentee,mentor\nada@x.org,bob@x.org\neve@x.org,bob@x.org\n")
	rows = [*ROWS, "Eve,eve@x.org,learner,Europe/Berlin,,"]
	assert run(tmp_path, rows=rows, more=["--pins", pins]) == 2
	assert "Bob has 2 pinned mentees, more than the number of places (1)." in capsys.readouterr().err


def test_the_same_lists_give_the_same_files_in_any_order_of_rows(tmp_path):
	for folder, rows in (("one", ROWS), ("two", ROWS[::-1])):
		(tmp_path / folder).mkdir()
		assert run(tmp_path / folder, rows=rows) == 0
	for name in ("proposals.csv", "unmatched.csv"):
		assert (tmp_path / "one/out" / name).read_text() == (tmp_path / "two/out" / name).read_text()


def test_a_cell_that_a_spreadsheet_would_run_is_kept_a_text(tmp_path):
	assert run(tmp_path, rows=[ROWS[0].replace("Ada", "=cmd()"), *ROWS[1:]]) == 0
	assert lines_of(tmp_path / "out" / "proposals.csv")[0]["mentee name"] == "'=cmd()"


def make_civil_servants(folder: Path) -> list[str]:
	"""Two lists as that service has them: 20 mentees, 20 mentors, five organisations, all grades."""
	paths = []
	for offset, side in ((0, "mentees"), (3, "mentors")):
		rest = {"mentees": "no,,About me", "mentors": ",About me"}[side]
		rows = [
			f"{side},{number:02},{side}.{number}@gov.example,no,Role,{GRADES[(number + offset) % 11]},"
			f"Department {number % 5},{('Policy', 'HR')[number % 2]},{rest}"
			for number in range(20)
		]
		paths.append(write(folder, f"{side}.csv", "\n".join([CIVIL_HEADINGS[side], *rows])))
	return paths


def test_the_civil_service_rules_hold(tmp_path):
	mentees, mentors = make_civil_servants(tmp_path)
	out = tmp_path / "out"
	assert main(["match", mentees, mentors, "--program", str(EXAMPLE), "--out", str(out)]) == 0
	of = {line["email address"]: line for path in (mentees, mentors) for line in lines_of(Path(path))}
	pairs = lines_of(out / "proposals.csv")
	assert len(pairs) > 10
	for pair in pairs:
		mentee, mentor = of[pair["mentee"]], of[pair["mentor"]]
		assert mentee["organisation"] != mentor["organisation"]
		assert GRADES.index(mentor["grade"]) > GRADES.index(mentee["grade"])


def test_a_row_without_an_address_is_refused_by_row(tmp_path, capsys):
	assert run(tmp_path, rows=[*ROWS, "Dan,,M,,Quality,"]) == 2
	assert "Row 5, heading 'Mail'" in capsys.readouterr().err


@pytest.mark.parametrize("spelling", ["PFIZER", "Pfizer", " pfizer  ", "Müller", "Mu\u0308ller"])
def test_one_employer_in_two_spellings_is_one(spelling):
	from mentor_ispe.domain.spelling import Spellings, surely_different

	first = "Müller" if "ller" in spelling and "p" not in spelling.lower() else "Pfizer"
	assert Spellings((first,)).one(spelling) == first
	assert not surely_different(first, spelling)


def test_a_legal_form_more_or_less_claims_nothing():
	from mentor_ispe.domain.spelling import surely_different

	assert not surely_different("Pfizer", "Pfizer, Inc.")
	assert not surely_different("Example GmbH & Co. KG", "EXAMPLE")
	assert surely_different("Pfizer", "Novartis AG")
	assert surely_different("Pfizer Ltd", "Novartis Ltd")


EMPLOYED = PROGRAM.replace('topics = "Topics"\n', 'topics = "Topics"\nemployer = "Wants"\n').replace(
	'[columns]\nwishes = "Wants"\n', ""
)


@pytest.mark.parametrize(
	("employer", "said"), [("PFIZER", False), ("Pfizer, Inc.", False), ("Novartis", True)]
)
def test_reasons_claim_different_employers_only_where_they_are(tmp_path, employer, said):
	rows = [
		"Ada,ada@x.org,learner,Europe/Berlin,Quality,Pfizer",
		f'Bob,bob@x.org,M,Europe/Berlin,Quality,"{employer}"',
	]
	program = EMPLOYED + '[[criteria]]\ncriterion = "Employer"\n'
	program = program.replace("[side]", '[[criteria]]\ncriterion = "Employer"\n\n[side]', 1).rsplit(
		"[[criteria]]", 1
	)[0]
	assert run(tmp_path, rows, program) == 0
	(pair,) = lines_of(tmp_path / "out" / "proposals.csv")
	assert ("different employers" in pair["reasons"]) is said


def test_a_topic_in_another_spelling_is_the_same_topic(tmp_path):
	zone = "Europe/Berlin"
	rows = [f"Ada,ada@x.org,learner,{zone},leadership,", f"Bob,bob@x.org,M,{zone},Leadership,"]
	rows.append(f"Cyd,cyd@x.org,M,{zone},Tax,")
	assert run(tmp_path, rows) == 0
	(pair,) = lines_of(tmp_path / "out" / "proposals.csv")
	assert pair["mentor"] == "bob@x.org"


SEATS = PROGRAM.replace(
	"[people.separators]", '[people.mentor]\nseats_offered = "Wants"\n\n[people.separators]'
).replace('[columns]\nwishes = "Wants"\n', "")


@pytest.mark.parametrize("seats", ["3000000000", "99999999999999999999", "-1", "a few"])
def test_impossible_seats_are_refused_by_row(tmp_path, capsys, seats):
	rows = ["Ada,ada@x.org,learner,,Quality,", f"Bob,bob@x.org,M,,Quality,{seats}"]
	people = write(tmp_path, "mentors.csv", "\n".join([HEADINGS, rows[1]]))
	mentees = write(tmp_path, "mentees.csv", "\n".join([HEADINGS, rows[0]]))
	file = write(tmp_path, "program.toml", SEATS.replace("{settings}", ""))
	assert main(["match", mentees, people, "--program", file]) == 2
	assert "Row 2, heading 'Wants'" in capsys.readouterr().err


def test_one_list_of_all_has_the_seats_of_its_mentors(tmp_path, capsys):
	rows = [
		"Ada,ada@x.org,learner,,Quality,",
		"Eve,eve@x.org,learner,,Quality,",
		"Bob,bob@x.org,M,,Quality,{}",
	]
	program = SEATS.replace("hard = true", "")
	assert run(tmp_path, [*rows[:2], rows[2].format("2.0")], program) == 0
	assert len(lines_of(tmp_path / "out" / "proposals.csv")) == 2
	assert run(tmp_path, [*rows[:2], rows[2].format("3000000000")], program) == 2
	assert "people.csv: Row 4, heading 'Wants'" in capsys.readouterr().err


def test_whole_numbers_as_spreadsheets_write_them():
	from mentor_ispe.domain.cell_values import whole_number

	assert [whole_number(text) for text in ("2", "2.0", "2,0", " 2 ")] == [2, 2, 2, 2]
	assert [whole_number(text) for text in ("2.5", "", "1e3", "²", "-2")] == [None] * 5


def test_results_open_in_the_spreadsheet_that_the_list_came_from_and_serve_as_pins(tmp_path):
	rows = [row.replace("Bob", "Jürgen").replace(",", ";") for row in ROWS]
	people = write(tmp_path, "people.csv", "\n".join([HEADINGS.replace(",", ";"), *rows]))
	file = write(tmp_path, "program.toml", PROGRAM.replace("{settings}", ""))
	arguments = ["match", people, "--program", file, "--out", str(tmp_path / "out")]
	assert main(arguments) == 0
	written = (tmp_path / "out" / "proposals.csv").read_bytes()
	assert written.startswith(b"\xef\xbb\xbfmentee;")
	assert "Jürgen" in written.decode("utf-8-sig")
	assert main([*arguments, "--pins", str(tmp_path / "out" / "proposals.csv")]) == 0


def test_workbooks_give_workbooks_which_serve_as_pins_and_what_was_passed_over_is_told(tmp_path, capsys):
	rows = [line.replace("Bob", "'=Bob").split(",") for line in (HEADINGS, *ROWS)]
	people = tmp_path / "people.xlsx"
	people.write_bytes(xlsx_file(*[[*rows, ["Total", "2"]], [["Notes"]]]))
	file = write(tmp_path, "program.toml", PROGRAM.replace("{settings}", ""))
	arguments = ["match", str(people), "--program", file, "--out", str(tmp_path / "out")]
	assert main(arguments) == 2
	assert "Sheet1, Sheet2" in capsys.readouterr().err
	assert main([*arguments, "--sheet", "Sheet1"]) == 0
	assert "looks like a total" in capsys.readouterr().err
	proposals = tmp_path / "out" / "proposals.xlsx"
	cells = load_workbook(proposals).active
	assert {cell.data_type for cell in cells["D"]} == {"s"}
	assert {cell.data_type for cell in cells["E"][1:]} == {"n"}
	assert main([*arguments, "--sheet", "Sheet1", "--pins", str(proposals)]) == 0
	assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
		*("proposals.xlsx", "summary.json", "unmatched.xlsx"),
	]


def test_side_words_that_differ_by_capitals_only_are_refused(tmp_path, capsys):
	program = PROGRAM.replace('mentee = ["m\'ee", "learner"]', 'mentee = ["m"]')
	assert run(tmp_path, program=program) == 2
	assert "[side] 'm' can't mean two things" in capsys.readouterr().err
