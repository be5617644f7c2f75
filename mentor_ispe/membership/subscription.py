"""ERPNext's Subscriptions of the Customer whose portal user or contact a person is.

Active and Trialling count as long as they last. Past Due Date is grace. Cancelled, Unpaid and
Completed ended, and the dates say when: what wasn't paid ends on the day it was due. The field
`current_invoice_end` is the end of the period that is billed next, not of what is paid, so it only ends
a subscription that nothing else ends.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import frappe
from frappe.query_builder.functions import Min
from frappe.utils import getdate

from mentor_ispe.domain.membership import DAY, Period
from mentor_ispe.membership.base import Person
from mentor_ispe.membership.customers import CUSTOMER, customers_of
from mentor_ispe.membership.reading import narrow

SUBSCRIPTION = "Subscription"
RUNNING = frozenset({"Active", "Trialling"})
PAST_DUE = "Past Due Date"
CANCELLED = "Cancelled"
ENDED = frozenset({CANCELLED, "Unpaid", "Completed"})


@dataclass(frozen=True)
class Subscription:
	"""A subscription as ERPNext keeps it, its fields under their own names."""

	name: str
	party: str
	status: str
	start_date: date
	end_date: date | None = None
	cancelation_date: date | None = None
	trial_period_start: date | None = None
	current_invoice_start: date | None = None
	current_invoice_end: date | None = None
	cancel_at_period_end: bool = False

	@property
	def first_day(self) -> date:
		return min(filter(None, (self.start_date, self.trial_period_start)))

	def stretches(self, unpaid_since: date | None, today: date) -> list[tuple[date, date | None, bool]]:
		"""(first day, last day, overdue) of each stretch of membership that this subscription gives.

		`unpaid_since` is the day on which its oldest unpaid invoice was due, if there is one.
		"""
		first = self.first_day
		if self.status in RUNNING:
			return [(first, self._planned_end, False)]
		if self.status == PAST_DUE:
			if unpaid_since is None:
				return [(first, self._planned_end, True)]
			return [(first, unpaid_since, False), (max(first, unpaid_since + DAY), self._planned_end, True)]
		if self.status in ENDED:
			return [(first, self._end(unpaid_since, today), False)]
		return []

	@property
	def _planned_end(self) -> date | None:
		period_end = self.current_invoice_end if self.cancel_at_period_end else None
		return min(filter(None, (self.end_date, period_end)), default=None)

	def _end(self, unpaid_since: date | None, today: date) -> date:
		if self.status == CANCELLED and self.cancelation_date:
			return min(filter(None, (self.cancelation_date, unpaid_since)))
		if unpaid_since:
			return min(filter(None, (self.end_date, unpaid_since)))
		period_start = self.current_invoice_start and self.current_invoice_start - DAY
		# Over is over, whatever the dates say: the last one that is past, or not a day.
		past = [day for day in (self.end_date, self.current_invoice_end, period_start) if day and day < today]
		return past[0] if past else self.first_day - DAY


class SubscriptionSource:
	"""Everybody of a Customer shares its subscriptions; their plans are the membership types."""

	doctypes = (CUSTOMER, "Portal User", "Contact", SUBSCRIPTION, "Sales Invoice")

	def periods(self, people: Sequence[Person]) -> dict[str, list[Period]]:
		profiles = customers_of(people)
		subscriptions = _subscriptions(profiles)
		plans = _plans(subscriptions)
		unpaid_since = _unpaid_since(subscriptions)
		today = getdate()
		found: dict[str, list[Period]] = {}
		for each in subscriptions.values():
			periods = [
				Period(first, last, plan, SUBSCRIPTION, each.name, past_due=overdue)
				for first, last, overdue in each.stretches(unpaid_since.get(each.name), today)
				for plan in plans.get(each.name, [""])
			]
			for profile in profiles[each.party]:
				found.setdefault(profile, []).extend(periods)
		return found


def _subscriptions(customers: Collection[str]) -> dict[str, Subscription]:
	table = frappe.qb.DocType(SUBSCRIPTION)
	query = narrow(
		frappe.qb.from_(table)
		.select(
			table.name,
			table.party,
			table.status,
			table.start_date,
			table.end_date,
			table.cancelation_date,
			table.trial_period_start,
			table.current_invoice_start,
			table.current_invoice_end,
			table.cancel_at_period_end,
		)
		.where(table.party_type == CUSTOMER),
		(table.party, customers),
	)
	rows = [Subscription(*row) for row in query.run()] if query else []
	return {row.name: row for row in rows if row.party in customers and row.start_date}


def _plans(subscriptions: Collection[str]) -> dict[str, list[str]]:
	table = frappe.qb.DocType("Subscription Plan Detail")
	query = narrow(
		frappe.qb.from_(table).select(table.parent, table.plan).where(table.parenttype == SUBSCRIPTION),
		(table.parent, subscriptions),
	)
	plans: dict[str, list[str]] = {}
	for subscription, plan in query.run() if query else ():
		plans.setdefault(subscription, []).append(plan)
	return plans


def _unpaid_since(subscriptions: dict[str, Subscription]) -> dict[str, date]:
	"""The day on which the oldest unpaid invoice was due, for those that aren't simply running."""
	owing = [each for each in subscriptions.values() if each.status not in RUNNING]
	invoice = frappe.qb.DocType("Sales Invoice")
	query = narrow(
		frappe.qb.from_(invoice)
		.select(invoice.subscription, Min(invoice.due_date))
		.where((invoice.docstatus == 1) & (invoice.outstanding_amount > 0) & invoice.subscription.notnull())
		.groupby(invoice.subscription),
		# By customer, since that column has an index and `subscription` has none.
		(invoice.customer, {each.party for each in owing}),
	)
	return {name: due for name, due in query.run() if due} if query else {}
