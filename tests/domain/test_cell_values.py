"""What people type for a yes, a number, a day, an address: understood, or None; never something else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.addresses import read_addresses
from mentor_ispe.domain.cell_values import (
	DAY_FIRST,
	EITHER,
	MONTH_FIRST,
	day_order,
	read_day,
	read_yes_no,
	whole_number,
)

LAST_OF_JANUARY = date(2027, 1, 31)


@pytest.mark.parametrize(
	"text",
	[
		*(
			"2027-01-31",
			"2027/1/31",
			"20270131",
			"31.01.2027",
			"31.1.27",
			"1/31/27",
			"01/31/2027",
			"31/01/2027",
		),
		*(
			"Jan 31, 2027",
			"January 31 2027",
			"31 Jan 2027",
			"31-Jan-27",
			"31. Januar 2027",
			"31st January 2027",
		),
		*("2027-01-31 00:00:00", "2027-01-31T09:30:00Z", "1/31/2027 9:30 AM", "Sunday, January 31, 2027"),
		*("So, 31.01.2027", "46418", "  31 .01. 2027 "),
	],
)
def test_a_day_in_every_form(text):
	assert read_day(text) == LAST_OF_JANUARY


@pytest.mark.parametrize(
	"text",
	[
		*("31.02.2027", "2027-13-01", "soon", "2027", "1/2", "", "01/02/2027", "31-Foo-2027", "0/1/2027"),
		*("12345678", "99999", "-5", "1/31/1700", "31.01.2027 or later", "31.01.2027, 28.02.2027"),
	],
)
def test_what_is_no_day_and_what_could_be_two(text):
	assert read_day(text) is None


def test_the_order_decides_where_both_make_sense():
	assert read_day("01/02/2027", DAY_FIRST) == date(2027, 2, 1)
	assert read_day("01/02/2027", MONTH_FIRST) == date(2027, 1, 2)
	assert read_day("01.02.2027", MONTH_FIRST) == date(2027, 2, 1)
	assert read_day("02/02/2027") == date(2027, 2, 2)


@pytest.mark.parametrize(
	("column", "order"),
	[
		(["01/02/2027", "31/01/2027"], DAY_FIRST),
		(["01/02/2027", "01/31/2027"], MONTH_FIRST),
		(["04/01/2027", "03/12/2028"], EITHER),
		(["31/01/2027", "01/31/2027", "01/02/2027"], EITHER),
		(["01.02.2027", "2027-01-02", "Jan 2, 2027", "05/05/2027"], None),
		(["31/01/2027", "01/31/2027"], None),
		([], None),
	],
)
def test_the_whole_column_says_whether_days_or_months_come_first(column, order):
	assert day_order(column) == order


WAYS = {
	"%Y-%m-%d": None,
	"%d.%m.%Y": None,
	"%d %b %Y": None,
	"%B %d, %Y": None,
	"%d/%m/%Y": DAY_FIRST,
	"%m/%d/%Y": MONTH_FIRST,
	"%m/%d/%y": MONTH_FIRST,
}


@given(
	days=st.lists(st.dates(date(1970, 1, 1), date(2060, 12, 31)), min_size=1), way=st.sampled_from(list(WAYS))
)
def test_a_column_of_days_is_read_as_written_or_asked(days, way):
	column = [day.strftime(way) for day in days]
	order = day_order(column)
	read = [read_day(text, None if order == EITHER else order) for text in column]
	assert all(got in (day, None) for got, day in zip(read, days, strict=True))
	if order != EITHER:
		assert read == days
	assert [read_day(text, WAYS[way]) for text in column] == days


@given(st.dates(date(1940, 1, 1), date(2100, 1, 1)))
def test_a_spreadsheets_count_of_days(day):
	assert read_day(str((day - date(1899, 12, 30)).days)) == day
	assert day - date(1899, 12, 30) < timedelta(80_000)


@pytest.mark.parametrize(
	("text", "answer"),
	[
		*(
			(word, True)
			for word in ("yes", " YES ", "ja", "Ja.", "x", "X", "✓", "1", "TRUE", "WAHR", "y", "☑")
		),
		*((word, False) for word in ("", "no", "Nein", "0", "FALSE", "falsch", "-", "n", "☐", "✗")),
		*((word, None) for word in ("perhaps", "2", "ja nein", "yess", "vielleicht")),
	],
)
def test_yes_and_no(text, answer):
	assert read_yes_no(text) is answer


@pytest.mark.parametrize(
	("text", "number"),
	[
		*(
			("2", 2),
			("2.0", 2),
			("2,00", 2),
			("3 mentees", 3),
			("1 Person", 1),
			("1,200", 1200),
			("1.200", 1200),
		),
		*(("1'200", 1200), ("two", 2), ("Zwei Plätze", 2), ("keine", 0), ("2 max.", 2), ("007", 7)),
		*(
			("2-3", None),
			("a few", None),
			("5 years", None),
			("ein paar", None),
			("2 or 3", None),
			("-2", None),
			("2.5", None),
			("12 jan", None),
			("", None),
		),
		*(("3000000000", None), ("99999999999999999999", None), ("1e3", None), ("two three", None)),
	],
)
def test_whole_numbers(text, number):
	assert whole_number(text) == number


@pytest.mark.parametrize(
	"text",
	[
		*("ann@example.org", "ANN@Example.ORG", " ann@example.org ", "ann@example.org.", "ann@example.org,"),
		*(
			"Ann Lee <ann@example.org>",
			"Lee, Ann <ann@example.org>",
			"<ann@example.org>",
			"'ann@example.org'",
		),
		*("mailto:ann@example.org", "ann @ example.org", "ann@example. org", "ann(at)example.org"),
		*("E-Mail: ann@example.org", "ann@example.org (work)"),
	],
)
def test_an_address_in_every_form(text):
	assert read_addresses(text).email == "ann@example.org"
	assert read_addresses(text).others == ()


@pytest.mark.parametrize("sign", [",", ";", " / ", "\n", " or ", " und ", " ", "|"])
def test_the_first_of_two_addresses_is_used_and_the_other_is_told(sign):
	found = read_addresses(f"ann@example.org{sign}ann@home.example.org")
	assert (found.email, found.others) == ("ann@example.org", ("ann@home.example.org",))


def test_a_domain_with_umlauts_is_written_as_mail_servers_do():
	assert read_addresses("ann@Bücher.example.org").email == "ann@xn--bcher-kva.example.org"


@pytest.mark.parametrize(
	"text",
	[
		*("", "nobody", "ann@", "@example.org", "ann@example", "ann lee@example.org", "Ann ann@example.org"),
		*(
			"ann@example..org",
			"ann@exa@mple.org",
			"ann@example.org; nobody",
			"ann@example.org, ben@",
			"a b c",
		),
		*("müller@example.org", "ann@exam ple.org", "-", "n/a"),
	],
)
def test_what_is_no_address(text):
	assert read_addresses(text) is None
