"""What follows for a person who takes part in several programs with different grace."""

from __future__ import annotations

from datetime import date, timedelta

from mentor_ispe.domain.lapses import consequences
from mentor_ispe.domain.membership import Period, judge, unknown

END = date(2027, 6, 30)


def make_standings(days_after: int, **grace: int):
	period = Period(date(2026, 7, 1), END, "Full", "Membership", "MSH-1")
	return {
		program: judge([period], END + timedelta(days=days_after), days) for program, days in grace.items()
	}


def test_one_lapse_is_grace_in_one_program_and_over_in_another():
	found = consequences(make_standings(10, A=30, B=0), {"A": {"Active"}, "B": {"Active"}})
	assert (set(found.grace), set(found.suspend), set(found.restore)) == ({"A"}, {"B"}, set())


def test_the_grace_that_ends_first_is_the_one_to_tell_of():
	found = consequences(make_standings(1, A=30, B=10), {})
	assert found.first_to_end.grace_until == END + timedelta(days=10)


def test_an_overdue_fee_without_a_day_comes_after_a_grace_with_one():
	overdue = judge([Period(END, None, "", "Subscription", "S", past_due=True)], END, 0)
	found = consequences({"A": overdue, **make_standings(1, B=10)}, {})
	assert found.first_to_end.grace_until == END + timedelta(days=10)


def test_only_seats_that_were_accepted_or_started_are_suspended():
	standings = make_standings(50, A=30, B=30, C=30)
	seats = {"A": {"Accepted", "Proposed"}, "B": {"Proposed"}, "C": {"Suspended"}}
	assert set(consequences(standings, seats).suspend) == {"A"}


def test_only_suspended_seats_are_given_back():
	seats = {"A": {"Suspended"}, "B": {"Active"}, "C": set()}
	assert set(consequences(make_standings(0, A=30, B=30, C=30), seats).restore) == {"A"}


def test_someone_who_is_no_member_any_more_loses_the_seat():
	assert set(consequences({"A": judge([], END, 30)}, {"A": {"Active"}}).suspend) == {"A"}


def test_unknown_changes_nothing():
	found = consequences({"A": unknown("?"), "B": unknown("?")}, {"A": {"Active"}, "B": {"Suspended"}})
	assert (found.grace, found.suspend, found.restore) == ({}, {}, {})


def test_grace_gives_no_seat_back():
	assert not consequences(make_standings(5, A=30), {"A": {"Suspended"}}).restore
