"""The line of a year: every stage once, in the order of its days, and one place where one is."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.year_line import COMING, NOW, PAST, halfway, year_line

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
LINES = st.lists(st.tuples(st.text(max_size=5), st.none() | DAYS), max_size=6)


def test_a_year_in_its_middle():
	line = year_line(
		[
			("Start", date(2027, 1, 1)),
			("Halfway", halfway(date(2027, 1, 1), date(2027, 12, 31))),
			("End", date(2027, 12, 31)),
		],
		date(2027, 4, 2),
	)
	assert [(each.label, each.state, each.done) for each in line] == [
		("Start", NOW, 50),
		("Halfway", COMING, 0),
		("End", COMING, 0),
	]


def test_the_last_day_ends_the_line():
	line = year_line([("Start", date(2027, 1, 1)), ("End", date(2027, 12, 31))], date(2027, 12, 31))
	assert [each.state for each in line] == [PAST, PAST]


@given(LINES, DAYS)
def test_what_has_come_is_done_but_the_place_where_one_is(days, on):
	line = year_line(days, on)
	assert sorted(each.label for each in line) == sorted(label for label, day in days if day)
	assert [each.day for each in line] == sorted(day for _label, day in days if day)
	assert [each.state == COMING for each in line] == [each.day > on for each in line]
	here = [place for place, each in enumerate(line) if each.state == NOW]
	came = sum(each.day <= on for each in line)
	assert here == ([came - 1] if 0 < came < len(line) else [])
	assert all(0 <= each.done <= 100 for each in line)


@given(st.none() | DAYS, st.none() | DAYS)
def test_halfway_lies_between(first, last):
	middle = halfway(first, last)
	if middle:
		assert first < middle < last
