"""ERPNext's Subscriptions of the Customer whose portal user or contact a person is.

What their statuses and invoices say is in domain/subscriptions.py. A status that isn't known there is said and
logged, and judged as unknown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

import frappe
from frappe.utils import flt, getdate

from mentor_ispe.domain.membership import Period
from mentor_ispe.domain.subscriptions import CANCELLED, KNOWN, Bill, Subscription
from mentor_ispe.membership.base import Person, Source, narrow, note_unknown_status
from mentor_ispe.membership.customers import CUSTOMER, customers_of

SUBSCRIPTION, INVOICE, PAYMENT = "Subscription", "Sales Invoice", "Payment Ledger Entry"


class SubscriptionSource(Source):
	"""Everybody of a Customer shares its subscriptions; their plans are the membership types."""

	name = "Subscription"
	app = "erpnext"
	doctypes = (CUSTOMER, "Portal User", "Contact", SUBSCRIPTION, INVOICE, PAYMENT)
	record = CUSTOMER
	shared = True  # everybody of a Customer has its subscription

	def periods(self, people: Sequence[Person]) -> dict[str, list[Period]]:
		profiles = customers_of(people)
		subscriptions = _subscriptions(profiles)
		plans, bills, today = _plans(subscriptions), _bills(subscriptions), getdate()
		found: dict[str, list[Period]] = {}
		for each in subscriptions.values():
			if each.status not in KNOWN:
				note_unknown_status(SUBSCRIPTION, each.name, each.status, KNOWN)
			periods = [
				Period(
					stretch.first,
					stretch.last,
					plan,
					INVOICE if stretch.bill else SUBSCRIPTION,
					stretch.bill or each.name,
					past_due=stretch.overdue,
					unclear=stretch.unclear,
				)
				for stretch in each.stretches(bills.get(each.name, ()), today)
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
			table.trial_period_end,
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


def _bills(subscriptions: dict[str, Subscription]) -> dict[str, list[Bill]]:
	"""The invoices of each, with what was given back of them; ERPNext writes the period into an invoice.

	A credit note has no period. It either lowers what is owed of its invoice, or keeps an amount of its own, below
	nothing, that is paid out or set against the invoice later: that counts as set against it already.
	"""
	invoice = frappe.qb.DocType(INVOICE)
	query = narrow(
		frappe.qb.from_(invoice)
		.select(
			invoice.name,
			invoice.subscription,
			invoice.docstatus,
			invoice.from_date,
			invoice.to_date,
			invoice.posting_date,
			invoice.due_date,
			invoice.outstanding_amount,
			invoice.is_return,
			invoice.return_against,
			invoice.currency,
			invoice.party_account_currency,
			invoice.rounded_total,
			invoice.grand_total,
			invoice.base_rounded_total,
			invoice.base_grand_total,
		)
		.where(invoice.subscription.notnull() | (invoice.is_return == 1)),
		# By customer, since that column has an index and `subscription` has none.
		(invoice.customer, {each.party for each in subscriptions.values()}),
	)
	rows = query.run(as_dict=True) if query else []
	credited: dict[str, list[frappe._dict]] = {}
	for row in rows:
		if row.is_return and row.return_against and row.docstatus == 1:
			credited.setdefault(row.return_against, []).append(row)
	found: dict[str, list[Bill]] = {}
	for row in rows:
		if row.subscription in subscriptions and not row.is_return:
			found.setdefault(row.subscription, []).append(_bill(row, credited.get(row.name, ())))
	return _with_payments(subscriptions, found)


def _bill(row: frappe._dict, credit_notes: Iterable[frappe._dict]) -> Bill:
	notes = list(credit_notes)
	return Bill(
		row.name,
		_total(row),
		flt(row.outstanding_amount) + sum(min(0, flt(note.outstanding_amount)) for note in notes),
		row.from_date,
		row.to_date,
		row.posting_date,
		row.due_date,
		-sum(_total(note) for note in notes),
		cancelled=row.docstatus == 2,
	)


def _total(row: frappe._dict) -> float:
	"""In the currency of what is still to be paid."""
	if row.currency == row.party_account_currency or not row.party_account_currency:
		return flt(row.rounded_total or row.grand_total)
	return flt(row.base_rounded_total or row.base_grand_total)


def _with_payments(
	subscriptions: dict[str, Subscription], bills: dict[str, list[Bill]]
) -> dict[str, list[Bill]]:
	"""Who pays after the cancellation has paid for the period all the same: only there the day of it matters."""
	paid = [
		bill.name
		for name, of_one in bills.items()
		if subscriptions[name].status == CANCELLED
		for bill in of_one
		if bill.is_settled and not bill.taken_back
	]
	entry = frappe.qb.DocType(PAYMENT)
	query = narrow(
		frappe.qb.from_(entry)
		.select(entry.against_voucher_no, entry.posting_date)
		.where(
			(entry.against_voucher_type == INVOICE)
			& entry.voucher_type.isin(["Payment Entry", "Journal Entry"])
			& (entry.delinked == 0)
			& (entry.amount < 0)
		),
		(entry.against_voucher_no, paid),
	)
	last: dict[str, date] = {}
	for name, day in query.run() if query else ():
		last[name] = max(day, last.get(name, day))
	return {
		name: [replace(bill, paid_on=last.get(bill.name)) for bill in of_one]
		for name, of_one in bills.items()
	}
