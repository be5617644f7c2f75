"""Rows of the membership roll as another system sends them."""

from __future__ import annotations

from datetime import date

import pytest

from mentor_ispe.domain.roll import read_row, read_rows


def make_row(**values):
	row = {
		"member_number": "M-1",
		"full_name": "Mara Lindqvist",
		"email": "mara@example.org",
		"from_date": "2026-07-01",
	}
	return {key: value for key, value in (row | values).items() if value is not ...}


def words(**values) -> list[str]:
	return [str(each) for each in read_row(make_row(**values))[1]]


def test_a_row_with_everything():
	entry, wrong = read_row(
		make_row(
			email=" Mara@Example.ORG ",
			to_date="2027-06-30",
			chapter="Boston",
			membership_type="Full",
			cancelled=True,
		)
	)
	assert wrong == []
	assert entry.values == (
		"Mara Lindqvist",
		"mara@example.org",
		"Boston",
		"Full",
		date(2026, 7, 1),
		date(2027, 6, 30),
		1,
	)


def test_what_is_left_out_is_empty():
	entry, _wrong = read_row(make_row(to_date="", chapter=None))
	assert (entry.to_date, entry.chapter, entry.membership_type, entry.cancelled) == (None, None, None, 0)


def test_a_member_number_may_be_a_number():
	assert read_row(make_row(member_number=1001))[0].member_number == "1001"


@pytest.mark.parametrize("field", ["member_number", "full_name", "email", "from_date"])
@pytest.mark.parametrize("value", [..., None, ""])
def test_what_must_be_there_is_asked_for_once(field, value):
	assert words(**{field: value}) == [f"{field} is missing."]


@pytest.mark.parametrize(
	"email", ["mara", "mara@", "mara@example", "a b@example.org", "a@b@c.de", "<a@b.de>", "andré@example.org"]
)
def test_an_address_that_is_none(email):
	assert words(email=email) == [f"{email} is not an email address."]


@pytest.mark.parametrize("day", ["30.6.2027", "2027-02-30", "2027-6-3", 20270630, "20270630", [], {}])
def test_a_day_that_is_none(day):
	assert len(words(to_date=day)) == 1
	assert "is not a valid date. Use the format YYYY-MM-DD" in words(to_date=day)[0]


def test_a_last_day_before_the_first():
	assert words(to_date="2026-06-30") == ["The last day, 2026-06-30, is before the first, 2026-07-01."]


def test_a_membership_of_one_day():
	assert words(to_date="2026-07-01") == []


def test_a_field_that_the_roll_has_not_is_named_with_those_it_has():
	assert "There is no field name, owner. The fields are: member_number," in words(name="x", owner="y")[0]


@pytest.mark.parametrize("value", [["a"], {"a": 1}, True, 1.5])
def test_text_that_is_none(value):
	assert words(full_name=value) == ["full_name must be text."]


def test_text_that_is_too_long():
	assert words(chapter="x" * 141) == ["chapter has more than 140 characters. Shorten it."]


@pytest.mark.parametrize(("value", "kept"), [("Yes", 1), ("1", 1), (1, 1), ("no", 0), (False, 0), (0, 0)])
def test_cancelled_as_systems_write_it(value, kept):
	assert read_row(make_row(cancelled=value))[0].cancelled == kept


def test_cancelled_that_says_neither():
	assert words(cancelled="perhaps") == ["cancelled must be 1 or 0, not perhaps."]


@pytest.mark.parametrize("row", [None, "M-1", ["M-1"], 5])
def test_a_row_that_is_none(row):
	assert [str(each) for each in read_row(row)[1]] == ["Send each row as an object with the roll's fields."]


def test_every_wrong_row_is_named_and_everything_wrong_in_it():
	rows = [
		make_row(),
		make_row(member_number="M-2", email="x", from_date=None),
		make_row(member_number="m-1"),
	]
	_entries, wrong = read_rows(rows)
	assert {row: [each.code for each in violations] for row, violations in wrong.items()} == {
		2: ["email", "missing"],
		3: ["twice"],
	}
	assert str(wrong[3][0]) == "The member number m-1 is already in row 1."
