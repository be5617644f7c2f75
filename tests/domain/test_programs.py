"""Programs and cycles whose settings make no sense are refused with what to do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mentor_ispe.domain.programs import check_closing, check_cycle, check_program, check_sizes

START = date(2031, 1, 1)


@pytest.mark.parametrize(
	("format", "smallest", "largest", "codes"),
	[
		("One-on-One", 1, 1, []),
		("One-on-One", 1, 2, ["pair_size"]),
		("Group", 5, 8, []),
		("Group", 8, 5, ["size_max"]),
		("Group", 0, 5, ["size_min"]),
		("Peer Circle", 1, 5, ["size_min"]),
		("Peer Circle", 5, 10, []),
	],
)
def test_group_sizes(format, smallest, largest, codes):
	assert [violation.code for violation in check_sizes(format, smallest, largest)] == codes


def test_a_pair_has_one_mentor_and_a_group_may_have_more():
	assert [violation.code for violation in check_sizes("One-on-One", 1, 1, 2)] == ["pair_mentors"]
	assert check_sizes("One-on-One", 1, 1, 1) == check_sizes("Group", 1, 5, 2) == []


@pytest.mark.parametrize(
	("values", "codes"),
	[
		(("Group", 12, 1, 6, 8), []),
		(("Group", 0, 0, 0, 0), ["length", "rhythm", "default_seats"]),
		(("One-on-One", 6, 1, 3, 2), ["max_seats"]),
		(("Peer Circle", 6, 1, 0, 0), []),
	],
)
def test_program_numbers(values, codes):
	assert [violation.code for violation in check_program(*values)] == codes


def cycle(**values):
	days = {"application_from": -60, "application_until": -30, "start": 0, "end": 365, "announcement": -10}
	days.update({key: value for key, value in values.items() if key in days})
	dates = {key: None if value is None else START + timedelta(days=value) for key, value in days.items()}
	rest = {"places": 0, "places_taken": 0, **{k: v for k, v in values.items() if k not in days}}
	return [violation.code for violation in check_cycle(**dates, **rest)]


@pytest.mark.parametrize(
	("values", "codes"),
	[
		({}, []),
		({"announcement": None}, []),
		({"application_until": -61}, ["window"]),
		({"application_until": -60}, []),
		({"end": 0}, ["dates"]),
		({"start": -61}, ["starts_early"]),
		({"announcement": -61}, ["announcement"]),
		({"places": 3, "places_taken": 4}, ["places"]),
		({"places": 4, "places_taken": 4}, []),
	],
)
def test_cycle_dates_and_places(values, codes):
	assert cycle(**values) == codes


def test_a_cycle_closes_when_nobody_is_in_the_middle_of_something():
	assert check_closing("Completed", 0) == []
	assert check_closing("Running", 3) == []
	assert [violation.code for violation in check_closing("Cancelled", 3)] == ["open_groups"]
