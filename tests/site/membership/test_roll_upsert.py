"""Loading the roll: all rows or none, by member number."""

from __future__ import annotations

from datetime import date

import frappe
import pytest

from mentor_ispe.api import roll as api
from mentor_ispe.membership.roll import ENTRY
from mentor_ispe.services.membership import roll
from tests.factories import make_roll_entry, make_user, unique
from tests.site.membership.records import counted_queries


def make_row(number: str | None = None, **values):
	number = number or unique("R")
	return {
		"member_number": number,
		"full_name": "Mara Lindqvist",
		"email": "mara@example.org",
		"from_date": "2026-07-01",
		"to_date": "2027-06-30",
	} | values


def counts(loaded: roll.Loaded) -> tuple[int, int, int]:
	return loaded.inserted, loaded.updated, loaded.unchanged


def test_new_changed_and_unchanged_rows():
	same, other = make_row(), make_row()
	assert counts(roll.upsert([same, other])) == (2, 0, 0)
	assert counts(roll.upsert([same, other | {"to_date": "2028-06-30"}, make_row()])) == (1, 1, 1)
	stored = frappe.get_doc(ENTRY, other["member_number"])
	assert (stored.to_date, stored.name) == (date(2028, 6, 30), stored.member_number)


def test_what_is_left_out_is_emptied():
	row = make_row(chapter="Boston", cancelled=1)
	roll.upsert([row])
	assert counts(roll.upsert([make_row(row["member_number"], to_date=None)])) == (0, 1, 0)
	stored = frappe.get_doc(ENTRY, row["member_number"])
	assert (stored.to_date, stored.chapter, stored.cancelled) == (None, None, 0)


def test_nothing_is_written_when_one_row_is_wrong():
	good, bad = make_row(), make_row(email="nonsense")
	loaded = roll.upsert([good, bad])
	assert counts(loaded) == (0, 0, 0)
	assert loaded.errors == [{"row": 2, "messages": ["nonsense is not an email address."]}]
	assert not frappe.db.exists(ENTRY, good["member_number"])


def test_an_entry_made_by_hand_is_updated():
	entry = make_roll_entry("by-hand@example.org")
	assert counts(roll.upsert([make_row(entry.member_number)])) == (0, 1, 0)
	assert frappe.db.get_value(ENTRY, entry.name, "email") == "mara@example.org"


def test_the_same_number_in_other_letters_is_the_same_member():
	row = make_row()
	roll.upsert([row])
	assert counts(roll.upsert([row | {"member_number": row["member_number"].lower()}])) == (0, 0, 1)


def test_a_cached_entry_is_forgotten():
	row = make_row()
	roll.upsert([row])
	frappe.get_cached_doc(ENTRY, row["member_number"])
	roll.upsert([row | {"full_name": "Another name"}])
	assert frappe.get_cached_doc(ENTRY, row["member_number"]).full_name == "Another name"


def test_a_few_statements_for_many_rows():
	rows = [make_row() for _ in range(300)]
	with counted_queries() as statements:
		roll.upsert(rows)
	assert len(statements) <= 4
	with counted_queries() as statements:
		roll.upsert([row | {"chapter": "Boston"} for row in rows])
	assert len(statements) <= 6


def test_more_rows_than_one_call_takes():
	with pytest.raises(ValueError, match="Send at most 5000"):
		roll.upsert([{}] * 5001)


def test_nothing_to_load():
	assert counts(roll.upsert([])) == (0, 0, 0)


@pytest.mark.parametrize("role", ["Mentoring Coordinator", "System Manager"])
def test_staff_load_the_roll(role):
	frappe.set_user(make_user(roles=[role], user_type="System User").name)
	assert api.upsert([make_row()])["inserted"] == 1


@pytest.mark.parametrize("role", ["Mentoring Member", "Mentoring Committee"])
def test_nobody_else_loads_the_roll(role):
	frappe.set_user(make_user(roles=[role]).name)
	with pytest.raises(frappe.PermissionError):
		api.upsert([make_row()])


def test_guests_do_not_load_the_roll():
	frappe.set_user("Guest")
	with pytest.raises(frappe.PermissionError):
		api.upsert([make_row()])
