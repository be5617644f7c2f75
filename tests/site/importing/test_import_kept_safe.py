"""An import is nobody else's, is interrupted without harm, and leaves nothing behind."""

from __future__ import annotations

from io import BytesIO

import frappe
import pytest
from frappe.utils import add_days, nowdate
from openpyxl import Workbook, load_workbook

from mentor_ispe.api import imports as api
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.jobs import imports as jobs
from mentor_ispe.mentor_ispe.doctype.mentoring_import_row.mentoring_import_row import forget_person
from mentor_ispe.services.imports import importing, state
from tests.site.importing.desk_import import (
	COMMITTED,
	HEADINGS,
	IMPORT,
	as_csv,
	check,
	email,
	queued,
	roll,
	start,
	work,
)

__all__ = ["queued", "roll", "work"]  # fixtures, used by name

PROFILE, ROW = "Mentoring Profile", "Mentoring Import Row"


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


def test_killed_after_the_last_batch_it_is_ended_by_going_on(queued, work, monkeypatch):
	doc = start(as_csv(("Ada", "Lovelace", email(), "", "", "", "")))
	check(doc, work)
	with monkeypatch.context() as patched:
		patched.setattr(state, "end", lambda *args: None)
		api.carry_out(doc.name)
		work()
	assert api.current_state(doc.name)["status"] == "Importing"
	monkeypatch.setattr(state, "is_abandoned", lambda _doc: True)
	api.resume(doc.name)
	work()
	found = api.current_state(doc.name)
	assert (found["status"], found["statuses"]) == ("Imported", {"Imported": 1})


def test_nothing_is_gone_on_with_that_is_not_under_way(queued):
	doc = start(as_csv(("Ada", "Lovelace", "", "", "", "", "")))
	with pytest.raises(RuleViolation, match="is no longer running"):
		api.resume(doc.name)
	form = api.columns(doc.name)["form"]
	api.check(doc.name, {**form["columns"], "E-Mail": "fields.email"})
	with pytest.raises(RuleViolation, match="already running"):
		api.resume(doc.name)
	assert len(queued) == 1


def test_what_is_missing_is_said_by_the_names_of_the_page():
	doc = start(as_csv(("Ada", "Lovelace", email(), "", "", "", "")))
	columns = dict.fromkeys(HEADINGS, "")
	with pytest.raises(RuleViolation, match="No column is chosen for: Full name, Email address"):
		api.check(doc.name, columns)
	with pytest.raises(RuleViolation, match="has no field roll"):
		api.check(doc.name, {**columns, "E-Mail": "roll.email"})


def test_what_is_under_way_can_neither_begin_again_nor_change_its_file(queued):
	doc = start(as_csv(("Ada", "Lovelace", email(), "", "", "", "")))
	form = api.columns(doc.name)["form"]
	api.check(doc.name, form["columns"])
	with pytest.raises(RuleViolation, match="already"):
		api.check(doc.name, form["columns"])
	doc.reload()
	doc.kind = "Membership Roll"
	with pytest.raises(RuleViolation, match="still running"):
		doc.save()
	with pytest.raises(RuleViolation, match="still running"):
		doc.delete()
	assert len(queued) == 1


def test_the_result_is_written_by_the_import_alone():
	doc = start(as_csv(("Ada", "Lovelace", email(), "", "", "", "")))
	doc.update({"status": "Imported", "mapping": "{}", "attempt": 9, "total": 9, "preview": "{}"})
	doc.save()
	stored = frappe.db.get_value(IMPORT, doc.name, ["status", "mapping", "attempt", "total", "preview"])
	assert stored == ("Draft", None, 0, 0, None)
	doc.delete_on = add_days(nowdate(), 400)
	with pytest.raises(RuleViolation, match="at most a year"):
		doc.save()


def test_one_sheet_of_several_is_read_by_its_name(work):
	book = Workbook()
	book.active.append(("Something", "else"))
	people = book.create_sheet("People")
	for row in (("Full name", "E-Mail"), ("Ada Lovelace", email())):
		people.append(row)
	content = BytesIO()
	book.save(content)
	doc = start(content.getvalue(), suffix="xlsx")
	with pytest.raises(RuleViolation, match="several sheets"):
		api.columns(doc.name)
	doc.reload()
	doc.update({"sheet": "People"}).save()
	assert check(doc, work)["fates"] == {"New": 1}


def test_an_erasure_takes_the_rows_and_the_file_of_the_person(work):
	address, other = email(), email()
	doc = start(as_csv(("Ada", "Lovelace", address, *[""] * 4), ("Ben", "Bright", other, *[""] * 4)))
	check(doc, work)
	forget_person("", [address])
	assert [row["email"] for row in api.some_rows(doc.name)] == [other]
	assert not frappe.db.exists("File", {"attached_to_name": doc.name})
	assert frappe.db.get_value(IMPORT, doc.name, "preview") is None


def test_rows_and_file_go_on_their_day(work):
	address = email()
	doc = start(as_csv(("Ada", "Lovelace", address, "", "", "", "")))
	check(doc, work)
	file = frappe.get_doc("File", {"attached_to_name": doc.name})
	frappe.db.set_value(IMPORT, doc.name, "delete_on", "2026-01-01")
	jobs.delete_old_rows()
	assert frappe.db.get_value(IMPORT, doc.name, ["status", "file", "preview"]) == ("Closed", None, None)
	assert not frappe.db.exists(ROW, {"mentoring_import": doc.name})
	assert not frappe.db.exists("File", file.name)
