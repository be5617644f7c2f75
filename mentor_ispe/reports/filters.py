"""What a reader asks of a report: the filters that it declares, and their values, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from unicodedata import category

import frappe
from frappe import _
from frappe.core.doctype.user_permission.user_permission import get_permitted_documents
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder, Table
from pypika.terms import Field

from mentor_ispe.clock import today
from mentor_ispe.domain.months import add_months, last_day_of, month_of
from mentor_ispe.domain.violations import N_
from mentor_ispe.readings.sql import start_of

ROWS, ROWS_AT_MOST = 500, 5000
"""Rows of a list unless more are asked for, and the most there are."""
MONTHS, MONTHS_AT_MOST = 12, 120
EMPTY: tuple[Any, ...] = (None, "", [], {})
ON, OFF = (1, "1"), (0, "0")
"""Values of a filter that nobody chose; of one that is on or off. True is 1."""
NAME_AT_MOST, DIGITS_AT_MOST = 140, 10
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Days that every database can count from, and still add months to."""


@dataclass(frozen=True)
class Filter:
	"""A filter as the Desk shows it. `choices` are the values of a Select with what each is called.

	`default` is a value, or one of the days that public/js/reports.js works out.
	"""

	fieldname: str
	label: str
	fieldtype: str
	options: str = ""
	choices: Mapping[str, str] = field(default_factory=dict)
	default: str | int | None = None
	required: bool = False


PROGRAM = Filter("program", N_("Program"), "Link", "Mentoring Program")
CYCLE = Filter("cycle", N_("Cycle"), "Link", "Mentoring Cycle")
SHOWN = Filter("shown", N_("Maximum rows"), "Int", default=ROWS)


def days(first: str, last: str, defaults: tuple[str | None, str | None] = (None, None)) -> list[Filter]:
	"""The first and the last day of something."""
	return [
		Filter("from_date", first, "Date", default=defaults[0]),
		Filter("to_date", last, "Date", default=defaults[1]),
	]


CYCLE_STARTS = days(N_("Cycle starts from"), N_("Cycle starts until"))
WHOLE_MONTHS = days(N_("From month"), N_("To month"), ("a year of months ago", "today"))


def by(*labels: str) -> Filter:
	"""What the rows are grouped by, the first way unless another is chosen: "Career stage" is called Career Stage."""
	choices = {label.title(): label for label in labels}
	return Filter("by", N_("Group by"), "Select", choices=choices, default=next(iter(choices)), required=True)


def choice(fieldname: str, label: str, values: Sequence[str], empty: str = "") -> Filter:
	"""One of the values or none; `empty` says what none means."""
	return Filter(fieldname, label, "Select", choices={"": empty, **{value: value for value in values}})


def check(fieldname: str, label: str, default: int = 0) -> Filter:
	return Filter(fieldname, label, "Check", default=default)


@dataclass(frozen=True)
class ReportFilters:
	"""The values of a report's filters. `by` is one of the ways of grouping that the report offers."""

	program: str | None = None
	cycle: str | None = None
	from_date: date | None = None
	to_date: date | None = None
	by: str = ""
	shown: int = ROWS
	extras: Mapping[str, str | bool | None] = field(default_factory=dict)

	@classmethod
	def read(cls, asked: Mapping[str, Any] | None, declared: Sequence[Filter] = ()) -> ReportFilters:
		"""Read the filters as the Desk sends them; those that only this report has become `extras`.

		Whoever asks may send anything that JSON can say. Filters that the report doesn't have are left
		alone: Frappe adds some of its own. Raises ValidationError, in words, for a value that is no value of
		its filter.
		"""
		asked = asked or {}
		if not isinstance(asked, Mapping):
			frappe.throw(_("Send the filters of a report as an object with a value for each filter."))
		selects = {each.fieldname: list(each.choices) for each in declared if each.fieldtype == "Select"}
		ways = selects.pop("by", [""])
		extras: dict[str, str | bool | None] = {
			name: _choice(asked, name, values) for name, values in selects.items()
		}
		extras |= {
			each.fieldname: _check(asked, each.fieldname) for each in declared if each.fieldtype == "Check"
		}
		return cls(
			program=_name(asked, "program"),
			cycle=_name(asked, "cycle"),
			from_date=_day(asked, "from_date"),
			to_date=_day(asked, "to_date"),
			by=(_choice(asked, "by", ways) if len(ways) > 1 else None) or ways[0],
			shown=min(_number(asked, "shown") or ROWS, ROWS_AT_MOST),
			extras=extras,
		)

	def get(self, name: str) -> Any:
		"""The value of a filter that only one report has; None when it is empty."""
		return self.extras.get(name) or None

	def of_cycles(self, query: QueryBuilder, cycle: Table) -> QueryBuilder:
		"""Keep the rows of the cycles asked for, among those that User Permissions leave.

		The query has the table of cycles in it. Dates are those on which a cycle starts.
		"""
		if self.from_date:
			query = query.where(cycle.start_date >= self.from_date)
		if self.to_date:
			query = query.where(cycle.start_date <= self.to_date)
		return self.of_programs(query, cycle)

	def of_programs(self, query: QueryBuilder, cycle: Table) -> QueryBuilder:
		"""The same, whenever the cycle starts: for reports whose dates are those of something else."""
		return self.of_records(query, cycle.program, cycle.name)

	def of_records(self, query: QueryBuilder, program: Field, cycle: Field) -> QueryBuilder:
		"""The same for records that may have a program without a cycle; the query has both columns."""
		if self.program:
			query = query.where(program == self.program)
		if self.cycle:
			query = query.where(cycle == self.cycle)
		for column, doctype in ((program, "Mentoring Program"), (cycle, "Mentoring Cycle")):
			permitted = get_permitted_documents(doctype)
			if permitted:
				query = query.where(column.isin(sorted(set(permitted))))
		return query

	def months(self) -> list[tuple[date, date]]:
		"""First and last day of each calendar month asked for, the latest year unless dates are given.

		A report by months counts whole months, so that nobody singles out one answer by its day.
		"""
		last = month_of(self.to_date or today())
		first = month_of(self.from_date) if self.from_date else add_months(last, 1 - MONTHS)
		first = max(first, add_months(last, 1 - MONTHS_AT_MOST))
		found = []
		while first <= last:
			found.append((first, last_day_of(first, 1)))
			first = add_months(first, 1)
		return found


def _name(asked: Mapping[str, Any], filter_name: str) -> str | None:
	"""The name of a record; whether there is one is for the query to find out."""
	value = asked.get(filter_name)
	if value in EMPTY:
		return None
	if not isinstance(value, str) or len(value) > NAME_AT_MOST or not _can_be_stored(value):
		frappe.throw(
			_("The filter {0} accepts only one value. Clear it and choose again.").format(
				frappe.bold(filter_name)
			)
		)
	return value


def _can_be_stored(text: str) -> bool:
	"""Whether it is free of what a database can't take: halves of characters, and control characters."""
	return not {"Cs", "Cc"} & {category(letter) for letter in text}


def _choice(asked: Mapping[str, Any], filter_name: str, values: Sequence[str]) -> str | None:
	value = asked.get(filter_name)
	if value in EMPTY:
		return None
	found = str(value) if isinstance(value, str | int) else None
	if found not in values:
		frappe.throw(
			_("The filter {0} must be one of these: {1}.").format(
				frappe.bold(filter_name), ", ".join(filter(None, values))
			)
		)
	return found


def _check(asked: Mapping[str, Any], filter_name: str) -> bool:
	value = asked.get(filter_name)
	if value in EMPTY or value in OFF:
		return False
	if value not in ON:
		frappe.throw(_("The filter {0} must be 1 (on) or 0 (off).").format(frappe.bold(filter_name)))
	return True


def _number(asked: Mapping[str, Any], filter_name: str) -> int | None:
	value = asked.get(filter_name)
	if value in EMPTY:
		return None
	if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= DIGITS_AT_MOST:
		value = int(value)
	if not isinstance(value, int) or value < 0:
		frappe.throw(_("The filter {0} must be a whole number.").format(frappe.bold(filter_name)))
	return int(value)


def _day(asked: Mapping[str, Any], filter_name: str) -> date | None:  # type: ignore[return]  # frappe.throw never returns
	value = asked.get(filter_name)
	if value in EMPTY:
		return None
	try:
		if isinstance(value, str):
			found = datetime.fromisoformat(value).date()
		else:
			found = value.date() if isinstance(value, datetime) else value
		if isinstance(found, date) and FIRST_DAY <= found <= LAST_DAY:
			return found
	except ValueError:
		pass
	frappe.throw(
		_("The filter {0} must be a date, such as {1}.").format(frappe.bold(filter_name), today().isoformat())
	)


def chosen_cycles(filters: ReportFilters) -> list[frappe._dict]:
	"""The cycles asked for with their program, dates and status, the latest first: one row of many reports."""
	cycle = DocType("Mentoring Cycle")
	query = frappe.qb.from_(cycle).select(
		cycle.name.as_("cycle"), cycle.program, cycle.format, cycle.status, cycle.start_date, cycle.end_date
	)
	query = filters.of_cycles(query, cycle).where(cycle.status != "Draft")
	return query.orderby(cycle.start_date, order=frappe.qb.desc).orderby(cycle.name).run(as_dict=True)


def days_ago(days: int) -> datetime:
	"""The first moment of the day so many days before today."""
	return start_of(today() - timedelta(days=days))
