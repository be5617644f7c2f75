"""What a reader asks of a report: its filters, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.user_permission.user_permission import get_permitted_documents
from frappe.query_builder import DocType
from frappe.utils import cint, getdate
from pypika.queries import QueryBuilder, Table

from mentor_ispe.domain.months import DAY, add_months, last_day_of, month_of
from mentor_ispe.services.membership.standing import today

SHOWN, SHOWN_AT_MOST = 500, 5000
"""Rows of a list unless more are asked for, and the most there are."""
MONTHS, MONTHS_AT_MOST = 12, 120


@dataclass(frozen=True)
class Wanted:
	"""The filters of a report. `by` is one of the ways of grouping that the report offers."""

	program: str | None = None
	cycle: str | None = None
	from_date: date | None = None
	to_date: date | None = None
	by: str = ""
	shown: int = SHOWN
	others: Mapping[str, Any] | None = None

	@classmethod
	def of(cls, filters: Mapping[str, Any] | None, by: Sequence[str] = ("",)) -> Wanted:
		"""Read the filters as the Desk sends them; the first of `by` holds unless another is chosen.

		Raises ValidationError for a way of grouping that the report doesn't have.
		"""
		filters = filters or {}
		chosen = filters.get("by") or by[0]
		if chosen not in by:
			frappe.throw(_("This report can't be grouped by {0}.").format(frappe.bold(chosen)))
		return cls(
			program=filters.get("program") or None,
			cycle=filters.get("cycle") or None,
			from_date=getdate(filters["from_date"]) if filters.get("from_date") else None,
			to_date=getdate(filters["to_date"]) if filters.get("to_date") else None,
			by=chosen,
			shown=min(cint(filters.get("shown")) or SHOWN, SHOWN_AT_MOST),
			others=filters,
		)

	def other(self, name: str) -> Any:
		"""The value of a filter that only one report has; None when it is empty."""
		return (self.others or {}).get(name) or None

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
		if self.program:
			query = query.where(cycle.program == self.program)
		if self.cycle:
			query = query.where(cycle.name == self.cycle)
		for column, doctype in ((cycle.program, "Mentoring Program"), (cycle.name, "Mentoring Cycle")):
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


def chosen_cycles(wanted: Wanted) -> list[frappe._dict]:
	"""The cycles asked for with their program, dates and status, the latest first: one row of many reports."""
	cycle = DocType("Mentoring Cycle")
	query = frappe.qb.from_(cycle).select(
		cycle.name.as_("cycle"), cycle.program, cycle.format, cycle.status, cycle.start_date, cycle.end_date
	)
	query = wanted.of_cycles(query, cycle).where(cycle.status != "Draft")
	return query.orderby(cycle.start_date, order=frappe.qb.desc).orderby(cycle.name).run(as_dict=True)


def start_of(day: date) -> datetime:
	"""The first moment of the day."""
	return datetime.combine(day, time())


def after(day: date) -> datetime:
	"""The first moment after the day."""
	return datetime.combine(day + DAY, time())


def days_ago(days: int) -> datetime:
	"""The first moment of the day so many days before today."""
	return start_of(today() - timedelta(days=days))
