"""Parts of queries that every database understands: figures by condition, steps instead of date arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from frappe.query_builder.functions import Coalesce, Count
from frappe.query_builder.terms import ParameterizedFunction
from pypika.queries import Table
from pypika.terms import Case, Criterion, Field, Term, ValueWrapper

from mentor_ispe.domain.figures import STARS
from mentor_ispe.domain.hours import earliest_last_day, latest_first_day
from mentor_ispe.domain.months import DAY, month_of, months_between


def start_of(day: date) -> datetime:
	"""The first moment of the day."""
	return datetime.combine(day, time())


def after(day: date) -> datetime:
	"""The first moment after the day."""
	return datetime.combine(day + DAY, time())


def count_if(condition: Criterion) -> Term:
	"""The rows for which the condition holds."""
	return sum_if(1, condition)


def sum_if(value: Term | int, condition: Criterion) -> Term:
	"""The sum of a value over the rows for which the condition holds.

	Not pypika's Sum: the texts in it become parameters of the query in some versions of Frappe only,
	and in the others a % among them is taken for the place of one.
	"""
	return ParameterizedFunction("SUM", Case().when(condition, value).else_(0))


def count_distinct(value: Term, condition: Criterion | None = None) -> Term:
	"""How many different values there are, among the rows for which the condition holds."""
	return Count(Case().when(condition, value) if condition is not None else value).distinct()


def filled(column: Field) -> Criterion:
	return column.isnotnull() & (column != "")


def blank(column: Field) -> Criterion:
	return column.isnull() | (column == "")


def is_over(cycle: Table) -> Criterion:
	"""Whether nothing goes on in the cycle any more."""
	return cycle.status.isin(("Completed", "Cancelled"))


def health_known(group: Table) -> Criterion:
	"""A number is zero before it was worked out; the moment says whether it was."""
	return group.health_on.isnotnull()


def health_low(group: Table, program: Table) -> Criterion:
	"""Whether the health of a group is below what its program wants to be called for."""
	return health_known(group) & (group.health < program.health_threshold)


def first_meeting_late(group: Table, program: Table, on: date) -> Criterion:
	"""More days since the start than the program gives; compared for each number of days that programs have."""
	allowed = frappe.get_all("Mentoring Program", pluck="first_meeting_days", distinct=True, order_by="")
	return Criterion.any(
		(program.first_meeting_days == days) & (group.start_date < on - timedelta(days=days))
		for days in allowed or (0,)
	)


def or_empty(column: Field) -> Term:
	"""The text in the column, empty when there is none."""
	return Coalesce(column, "")


def case_when(whens: Iterable[tuple[Criterion, Any]], otherwise: Any = None) -> Term:
	"""The value of the first condition that holds."""
	case = Case()
	for condition, value in whens:
		case = case.when(condition, value)
	# PostgreSQL groups by no plain constant, but by a term that is one.
	return case.else_(otherwise) if case._cases else Coalesce(ValueWrapper(otherwise), otherwise)


def month_in(column: Field, months: Iterable[tuple[date, date]]) -> Term:
	"""The month of a moment as 2027-03; NULL when it is in none of `months`."""
	return case_when(
		((column >= start_of(first)) & (column < after(last)), f"{first:%Y-%m}") for first, last in months
	)


def year_in(column: Field, years: Iterable[int]) -> Term:
	"""The year of a date; NULL when it is in none of `years`."""
	return case_when(((column >= date(year, 1, 1)) & (column <= date(year, 12, 31)), year) for year in years)


def stars_of(rating: Field) -> Term:
	"""One to five stars; Frappe keeps a rating as a share of 1, and 0 is no rating."""
	return case_when(((rating > (stars - 0.5) / STARS, stars) for stars in range(STARS, 0, -1)), 0)


def months_begun(first: Term, since: date, on: date) -> Term:
	"""The calendar months from the day `first`, half of the month or more, to the last before the day `on`.

	With `months_missed` this is what `domain.hours` counts month by month: the months asked for are those
	begun less those missed at the end, if that is more than none. Only a stay that begins and ends in the
	middle of one month is asked for here and not there. No day is before `since`.
	"""
	return case_when(((first <= latest_first_day(month), left) for left, month in _months(since, on)), 0)


def months_missed(last: Term, since: date, on: date) -> Term:
	"""The calendar months before the day `on` of which somebody who left on `last` took part in less than half."""
	return case_when(((last < earliest_last_day(month), left) for left, month in _months(since, on)), 0)


def months_paused(months_away: Field, since: date, on: date) -> Term:
	"""How many of the calendar months before the day `on` are among those in a seat's text of them."""
	term: Term = ValueWrapper(0)
	for _left, month in _months(since, on):
		term = term + case_when([(months_away.like(f"%{month:%Y-%m}%"), 1)], 0)
	return term


def _months(since: date, on: date) -> list[tuple[int, date]]:
	"""(months from this one to the last, its first day) of every month before that of `on`."""
	months = months_between(since, month_of(on) - DAY) if since < month_of(on) else []
	return [(len(months) - place, month) for place, month in enumerate(months)]
