"""A file goes through the Desk: chosen, read, checked, imported, undone; nobody twice, nobody's later work lost."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import frappe
import pytest
from openpyxl import Workbook, load_workbook

from mentor_ispe.api import imports as api
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs import imports as jobs
from mentor_ispe.services.imports import importing, state
from tests import factories as make

PROFILE, IMPORT, ROW, ENTRY = (
	"Mentoring Profile",
	"Mentoring Import",
	"Mentoring Import Row",
	"Membership Roll Entry",
)
COMMITTED = "committed"
HEADINGS = ("First name", "Surname", "E-Mail", "Grade", "Employer", "Interests", "Remarks")


@pytest.fixture(autouse=True)
def roll(site):
	make.use_membership_roll()


@pytest.fixture
def queued(monkeypatch) -> list[dict[str, Any]]:
	"""The jobs that were asked for; in a test nothing is committed, so they would never begin."""
	asked: list[dict[str, Any]] = []
	monkeypatch.setattr(
		state, "enqueue", lambda method, **options: asked.append({"method": method, **options})
	)
	return asked


@pytest.fixture
def work(queued, monkeypatch):
	"""Do what is in the queue; a commit is a savepoint to which a rollback goes back."""
	rollback = frappe.db.rollback

	def run() -> None:
		with monkeypatch.context() as patched:
			patched.setattr(frappe.db, "commit", lambda: frappe.db.savepoint(COMMITTED))
			patched.setattr(
				frappe.db, "rollback", lambda *, save_point=COMMITTED: rollback(save_point=save_point)
			)
			frappe.db.commit()
			while queued:
				job = queued.pop(0)
				getattr(jobs, job["method"].rpartition(".")[2])(job["name"], job["attempt"])

	return run


def email() -> str:
	return f"{frappe.generate_hash(length=10)}@example.org"


def as_csv(*rows: tuple, headings: tuple = HEADINGS) -> bytes:
	text = StringIO()
	csv.writer(text).writerows([headings, *rows])
	return text.getvalue().encode()


def as_xlsx(*rows: tuple, headings: tuple = HEADINGS) -> bytes:
	book = Workbook()
	for row in (headings, *rows):
		book.active.append(row)
	content = BytesIO()
	book.save(content)
	return content.getvalue()


def start(content: bytes, kind: str = "People", suffix: str = "csv", **values: Any) -> Any:
	"""A new import with this file, as the form saves it."""
	doc = frappe.get_doc({"doctype": IMPORT, "kind": kind, **values}).insert()
	attach(doc, content, suffix)
	return doc


def attach(doc: Any, content: bytes, suffix: str = "csv") -> None:
	file = frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.generate_hash(length=8)}.{suffix}",
			"content": content,
			"attached_to_doctype": IMPORT,
			"attached_to_name": doc.name,
			"attached_to_field": "file",
			"is_private": 1,
		}
	).insert()
	doc.reload()
	doc.file = file.file_url
	doc.save()


def check(doc: Any, work, **choices: Any) -> dict[str, Any]:
	"""Check the file with what is guessed, and these choices."""
	form = api.columns(doc.name)["form"]
	form.pop("why", None)
	columns = {**form["columns"], **choices.pop("columns", {})}
	api.check(doc.name, **{**form, **choices, "columns": columns})
	work()
	return api.current_state(doc.name)


def fates(name: str) -> dict[int, str]:
	return {row["file_row"]: row["fate"] for row in api.some_rows(name)}


def message(name: str, file_row: int) -> str:
	return next(row["message"] for row in api.some_rows(name) if row["file_row"] == file_row)


def test_people_of_a_workbook_are_guessed_checked_imported_and_undone(work):
	ada, ben = email(), email()
	there = make.make_profile(employer="Pfizer", career_stage="Senior")
	doc = start(
		as_xlsx(
			("Ada", "Lovelace", ada, "junior", "Roche", "Law; Leadership", "x"),
			("Ben", "Bright", ben, "Executive", "Roche", "Law", ""),
			("", "", there.email, "Senior", "Roche", "", ""),
			("Cy", "Young", "not an address", "Senior", "", "", ""),
		),
		suffix="xlsx",
	)
	shown = api.columns(doc.name)
	assert shown["form"]["columns"] == {
		"First name": "fields.first_name",
		"Surname": "fields.last_name",
		"E-Mail": "fields.email",
		"Grade": "fields.career_stage",
		"Employer": "fields.employer",
		"Interests": "fields.topics",
		"Remarks": "",
	}
	assert shown["form"]["values"]["career_stage"]["junior"] == "Early Career"

	found = check(doc, work)
	assert found["status"] == "Checked", found
	assert found["fates"] == {"New": 2, "Not Understood": 2}
	assert not frappe.db.exists(PROFILE, {"email": ada})

	api.carry_out(doc.name)
	work()
	profile = frappe.get_doc(PROFILE, {"email": ada})
	assert (profile.full_name, profile.career_stage, profile.employer) == (
		"Ada Lovelace",
		"Early Career",
		"Roche",
	)
	assert [row.topic for row in profile.topics] == ["Law", "Leadership"]
	assert api.current_state(doc.name)["statuses"] == {"": 2, "Imported": 2}

	frappe.get_doc(PROFILE, {"email": ben}).update({"city": "Berlin"}).save()
	api.undo(doc.name)
	work()
	assert not frappe.db.exists(PROFILE, {"email": ada})
	assert frappe.db.exists(PROFILE, {"email": ben})
	assert api.current_state(doc.name)["statuses"] == {"": 2, "Undone": 1, "Kept": 1}
	assert "was changed after the import" in message(doc.name, 3)


def test_a_change_is_told_in_words_made_and_set_back_unless_changed_since(work):
	one = make.make_profile(full_name="One Person", employer="Pfizer", city="Rome")
	two = make.make_profile(full_name="Two Person", employer="Pfizer", city="Rome")
	headings = ("Full name", "E-Mail", "Employer", "City")
	rows = [(each.full_name, each.email, "Roche", "Basel") for each in (one, two)]
	doc = start(as_csv(*rows, headings=headings))
	check(doc, work)
	assert fates(doc.name) == {2: "Change", 3: "Change"}
	assert "Employer: Pfizer → Roche" in message(doc.name, 2)
	api.carry_out(doc.name)
	work()
	frappe.get_doc(PROFILE, two.name).update({"employer": "Novartis"}).save()
	api.undo(doc.name)
	work()
	values = frappe.get_all(
		PROFILE, {"name": ["in", [one.name, two.name]]}, ["full_name", "employer", "city"]
	)
	assert sorted(tuple(row.values()) for row in values) == [
		("One Person", "Pfizer", "Rome"),
		("Two Person", "Novartis", "Rome"),
	]
	assert "Employer" in message(doc.name, 3)


def test_the_same_file_again_finds_everybody_there(work):
	address = email()
	content = as_csv(("Ada", "Lovelace", address, "Senior", "Roche", "", ""))
	for expected in ({"New": 1}, {"Already There": 1}):
		doc = start(content)
		assert check(doc, work)["fates"] == expected
		if "New" in expected:
			api.carry_out(doc.name)
			work()
	with pytest.raises(RuleViolation, match="No row is left"):
		api.carry_out(doc.name)
	assert frappe.db.count(PROFILE, {"email": address}) == 1


def test_somebody_known_by_another_address_is_asked_about_and_keeps_it(work):
	one = make.make_profile(full_name="Zoë Quartermain-Okafor", employer="Pfizer")
	two = make.make_profile(full_name="Lin Abernathy-Mbeki", employer="Pfizer")
	new, third = email(), email()
	doc = start(
		as_csv(
			(one.full_name, new, "Pfizer", "Basel"),
			(two.full_name, third, "Pfizer", "Basel"),
			headings=("Full name", "E-Mail", "Employer", "City"),
		)
	)
	check(doc, work)
	assert fates(doc.name) == {2: "Possible Duplicate", 3: "Possible Duplicate"}
	assert "same name" in message(doc.name, 2)
	first, second = (row["name"] for row in api.some_rows(doc.name))
	assert api.decide(doc.name, [first], "Same Person") == 1
	assert api.decide(doc.name, [second], "New Person") == 1
	api.carry_out(doc.name)
	work()
	assert frappe.db.get_value(PROFILE, one.name, ["email", "city"]) == (one.email, "Basel")
	assert not frappe.db.exists(PROFILE, {"email": new})
	assert frappe.db.get_value(PROFILE, {"email": third}, "full_name") == two.full_name


def test_applications_by_a_column_are_tried_and_entered_under_the_rules(work):
	cycle = make.make_cycle().name
	mentor, lapsed = make.make_profile(), make.make_profile(member=False)
	doc = start(
		as_csv(
			("Mentor One", mentor.email, "Mentorin", 2),
			("Lapsed One", lapsed.email, "Mentee", ""),
			headings=("Name", "Mail", "Role", "Seats"),
		),
		kind="Applications",
		cycle=cycle,
		role="A Column Says It",
	)
	columns = {"Seats": "mentor.seats_offered", "Role": "side"}
	values = {"side": {"Mentorin": "mentor", "Mentee": "mentee"}}
	found = check(doc, work, columns=columns, values=values)
	assert fates(doc.name) == {2: "Change", 3: "Refused"}, [found, api.some_rows(doc.name)]
	assert not frappe.db.exists("Mentor", {"cycle": cycle})
	api.carry_out(doc.name)
	work()
	assert frappe.get_all("Mentor", {"cycle": cycle}, ["profile", "seats_offered"]) == [
		{"profile": mentor.name, "seats_offered": 2}
	]
	assert not frappe.db.exists("Mentee", {"cycle": cycle})
	api.undo(doc.name)
	work()
	assert not frappe.db.exists("Mentor", {"cycle": cycle})


def test_the_roll_is_imported_and_undone(work):
	number, other = frappe.generate_hash(length=10), frappe.generate_hash(length=10)
	frappe.get_doc(
		{
			"doctype": ENTRY,
			"member_number": other,
			"full_name": "Old Name",
			"email": email(),
			"from_date": "2026-01-01",
			"to_date": "2026-12-31",
		}
	).insert()
	headings = ("Member number", "Full name", "E-Mail", "From", "Until")
	doc = start(
		as_csv(
			(number, "Ada Lovelace", email(), "2027-01-01", "2027-12-31"),
			(other, "Old Name", frappe.db.get_value(ENTRY, other, "email"), "2026-01-01", "2027-12-31"),
			("", "Nobody", email(), "2027-01-01", ""),
			headings=headings,
		),
		kind="Membership Roll",
	)
	columns = dict(
		zip(
			headings,
			["roll.member_number", "roll.full_name", "roll.email", "roll.from_date", "roll.to_date"],
			strict=True,
		)
	)
	check(doc, work, columns=columns)
	assert fates(doc.name) == {2: "New", 3: "Change", 4: "Not Understood"}
	api.carry_out(doc.name)
	work()
	assert str(frappe.db.get_value(ENTRY, number, "to_date")) == "2027-12-31"
	assert str(frappe.db.get_value(ENTRY, other, "to_date")) == "2027-12-31"
	api.undo(doc.name)
	work()
	assert not frappe.db.exists(ENTRY, number)
	assert str(frappe.db.get_value(ENTRY, other, "to_date")) == "2026-12-31"


def test_choices_are_kept_under_a_name_and_found_by_the_headings(work):
	rows = (("Ada", "Lovelace", email(), "G9", "Roche", "Law", ""),)
	doc = start(as_csv(*rows))
	values = {"career_stage": {"G9": "Executive"}}
	form = api.columns(doc.name)["form"]
	columns = {**form["columns"], "Remarks": "fields.biography"}
	title = make.unique("Choices")
	api.keep_mapping(doc.name, title, columns, values, {"fields.country": "Ireland"}, form["separators"])
	later = start(as_csv(*rows, (*rows[0][:2], email(), *rows[0][3:])))
	shown = api.columns(later.name)
	assert title in shown["kept"]
	form = api.kept_form(later.name, title)
	assert form["columns"]["Remarks"] == "fields.biography"
	assert form["values"]["career_stage"] == {"G9": "Executive"}
	assert form["constants"] == {"fields.country": "Ireland"}


def test_refused_rows_are_a_workbook_with_their_reasons(work):
	doc = start(as_csv(("=1+1", "Lovelace", "no address", "", "", "", "keep me")))
	check(doc, work, columns={"E-Mail": "fields.email"})
	api.refused_rows(doc.name)
	sheet = load_workbook(BytesIO(frappe.local.response.pop("filecontent"))).active
	head, row = [[cell.value for cell in row] for row in sheet.iter_rows()]
	assert head[:7] == list(HEADINGS)
	assert row[0] == "=1+1"
	assert sheet.cell(2, 1).data_type == "s"
	assert row[6] == "keep me"
	assert row[7] == 2
	assert "no address" in row[8]


def test_a_job_that_was_thought_dead_writes_nothing_more(queued, work):
	doc = start(as_csv(("Ada", "Lovelace", email(), "", "", "", "")))
	check(doc, work)
	api.carry_out(doc.name)
	(first,) = queued
	frappe.db.set_value(IMPORT, doc.name, "attempt", first["attempt"] + 1)
	work()
	assert api.current_state(doc.name)["statuses"] == {"Waiting": 1}
	assert api.current_state(doc.name)["status"] == "Importing"


def test_killed_between_batches_and_run_again_nobody_is_there_twice(queued, work, monkeypatch):
	addresses = [email() for _number in range(7)]
	doc = start(
		as_csv(*(("Ada", f"No {at}", address, "", "", "", "") for at, address in enumerate(addresses)))
	)
	check(doc, work)
	monkeypatch.setattr(importing, "BATCH", 3)
	api.carry_out(doc.name)
	batch, calls = importing.import_batch, []

	def killed_in_the_second(locked):
		calls.append(locked.name)
		done = batch(locked)
		if len(calls) == 2:
			raise KeyboardInterrupt
		return done

	with monkeypatch.context() as patched:
		patched.setattr(importing, "import_batch", killed_in_the_second)
		with pytest.raises(KeyboardInterrupt):
			work()
		frappe.db.rollback(save_point=COMMITTED)
	assert api.current_state(doc.name)["statuses"] == {"Imported": 3, "Waiting": 4}
	monkeypatch.setattr(state, "is_abandoned", lambda _doc: True)
	api.resume(doc.name)
	work()
	assert api.current_state(doc.name)["statuses"] == {"Imported": 7}
	assert frappe.db.count(PROFILE, {"email": ["in", addresses]}) == 7


def test_what_is_missing_is_said_by_the_names_of_the_page():
	doc = start(as_csv(("Ada", "Lovelace", email(), "", "", "", "")))
	columns = dict.fromkeys(HEADINGS, "")
	with pytest.raises(RuleViolation, match="No column is chosen for: Full name, Email address"):
		api.check(doc.name, columns)
	with pytest.raises(RuleViolation, match="has no field roll"):
		api.check(doc.name, {**columns, "E-Mail": "roll.email"})


def test_rows_and_file_go_on_their_day_and_with_the_person(work):
	address = email()
	doc = start(as_csv(("Ada", "Lovelace", address, "", "", "", "")))
	check(doc, work)
	file = frappe.get_doc("File", {"attached_to_name": doc.name})
	frappe.db.set_value(IMPORT, doc.name, "delete_on", "2026-01-01")
	jobs.delete_old_rows()
	assert frappe.db.get_value(IMPORT, doc.name, ["status", "file", "preview"]) == ("Closed", None, None)
	assert not frappe.db.exists(ROW, {"mentoring_import": doc.name})
	assert not frappe.db.exists("File", file.name)
