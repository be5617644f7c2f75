"""The roll as a CSV file, by Frappe's Data Import: loaded again and again with the same columns."""

from __future__ import annotations

import frappe
import pytest
from frappe.core.doctype.data_import.importer import Importer

from mentor_ispe.membership.roll import ENTRY
from tests.factories import unique

HEADINGS = "Member number,Full name,Email address,Membership type,From,Until,Cancelled"


@pytest.fixture
def load(monkeypatch):
	"""Imports lines under the headings, as the Desk would, and returns the log by row."""

	def run(*lines: str, headings: str = HEADINGS) -> list[bool]:
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": f"{frappe.generate_hash(length=8)}.csv",
				"content": "\n".join([headings, *lines]),
				"is_private": 1,
			}
		).insert()
		data_import = frappe.get_doc(
			{"doctype": "Data Import", "reference_doctype": ENTRY, "import_type": "Insert New Records"}
		)
		data_import.update({"name": unique("Roll import"), "import_file": file.file_url})
		data_import.db_insert()
		with monkeypatch.context() as patched:
			# It would take the first row along, which nobody committed here.
			patched.setattr(frappe.db, "rollback", lambda *args, **kwargs: None)
			log = Importer(ENTRY, data_import=data_import, file_path=file.file_url).import_data()
		return [bool(row.success) for row in log or []]

	yield run
	frappe.flags.in_import = False


def test_new_members_are_inserted_and_known_ones_changed(load):
	number, other = unique("C"), unique("C")
	assert load(f"{number},Mara Lindqvist,Mara@Example.org,Full,2026-07-01,2027-06-30,0") == [True]
	assert frappe.db.get_value(ENTRY, number, "email") == "mara@example.org"
	assert load(
		f"{number},Mara Lindqvist,mara@example.org,Fellow,2026-07-01,2028-06-30,0",
		f"{other},Tom Adeyemi,tom@example.org,Full,2026-07-01,,0",
	) == [True, True]
	assert frappe.db.get_value(ENTRY, number, ["membership_type", "to_date"])[0] == "Fellow"
	assert frappe.db.get_value(ENTRY, other, "to_date") is None
	assert frappe.db.count(ENTRY, {"name": number}) == 1


def test_a_column_that_is_not_there_leaves_what_was(load):
	number = unique("C")
	load(f"{number},Mara Lindqvist,mara@example.org,Full,2026-07-01,2027-06-30,1")
	row = f"{number},Mara Lindqvist,mara@example.org,2026-07-01"
	assert load(row, headings="Member number,Full name,Email address,From") == [True]
	stored = frappe.get_doc(ENTRY, number)
	assert (stored.cancelled, stored.membership_type, str(stored.to_date)) == (1, "Full", "2027-06-30")


def test_an_empty_cell_empties(load):
	number = unique("C")
	load(f"{number},Mara Lindqvist,mara@example.org,Full,2026-07-01,2027-06-30,1")
	assert load(f"{number},Mara Lindqvist,mara@example.org,,2026-07-01,,0") == [True]
	stored = frappe.get_doc(ENTRY, number)
	assert (stored.cancelled, stored.membership_type, stored.to_date) == (0, None, None)


def test_a_wrong_row_keeps_the_others_from_nothing(load):
	good, bad = unique("C"), unique("C")
	assert load(
		f"{bad},Mara Lindqvist,mara@example.org,Full,2027-07-01,2026-06-30,0",
		f"{good},Tom Adeyemi,tom@example.org,Full,2026-07-01,2027-06-30,0",
	) == [False, True]
	assert frappe.db.exists(ENTRY, good)


def test_outside_an_import_a_number_is_inserted_once():
	number = unique("C")
	values = {
		"doctype": ENTRY,
		"member_number": number,
		"full_name": "Mara Lindqvist",
		"email": "mara@example.org",
		"from_date": "2026-07-01",
	}
	frappe.get_doc(values).insert()
	# Name and number are the same text; which of the two a database compares first is its own affair.
	with pytest.raises((frappe.DuplicateEntryError, frappe.UniqueValidationError)):
		frappe.get_doc(values).insert()


def test_days_are_read_as_the_site_writes_them_or_refused(load):
	frappe.db.set_single_value("System Settings", "date_format", "mm/dd/yyyy")
	frappe.clear_cache()
	number = unique("C")
	row = f"{number},Mara Lindqvist,mara@example.org,Full,04/01/2027,03/12/2028,0"
	for _week in range(2):  # inserted, then changed
		assert load(row) == [True]
		stored = frappe.get_doc(ENTRY, number)
		assert (str(stored.from_date), str(stored.to_date)) == ("2027-04-01", "2028-03-12")


def test_days_of_a_column_that_can_only_be_read_one_way_are_read_that_way(load):
	frappe.db.set_single_value("System Settings", "date_format", "mm/dd/yyyy")
	frappe.clear_cache()
	first, second = unique("C"), unique("C")
	assert load(
		f"{first},Mara Lindqvist,mara@example.org,Full,04/01/2027,,0",
		f"{second},Tom Adeyemi,tom@example.org,Full,25/01/2027,,0",
	) == [True, True]
	assert str(frappe.db.get_value(ENTRY, first, "from_date")) == "2027-01-04"


def test_a_day_that_is_none_and_a_number_that_is_there_twice_are_refused(load):
	number, twice = unique("C"), unique("C")
	assert True not in load(f"{number},Mara Lindqvist,mara@example.org,Full,next spring,,0")
	assert load(
		f"{twice},Tom Adeyemi,tom@example.org,Full,2026-07-01,2027-06-30,0",
		f"{twice.lower()},Tom Adeyemi,tom@example.org,Full,2027-07-01,2028-06-30,0",
	) == [False, False]
	assert not frappe.db.exists(ENTRY, number)
	assert not frappe.db.exists(ENTRY, twice)


@pytest.mark.parametrize(("word", "kept"), [("ja", 1), ("Yes", 1), ("nein", 0), ("no", 0)])
def test_cancelled_is_read_in_the_words_of_the_sites_languages(load, word, kept):
	number = unique("C")
	assert load(f"{number},Mara Lindqvist,mara@example.org,Full,2026-07-01,2027-06-30,{word}") == [True]
	assert frappe.db.get_value(ENTRY, number, "cancelled") == kept


def test_cancelled_that_says_neither_is_refused(load):
	number = unique("C")
	assert load(f"{number},Mara Lindqvist,mara@example.org,Full,2026-07-01,2027-06-30,perhaps") == [False]
	assert not frappe.db.exists(ENTRY, number)
