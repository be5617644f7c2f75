"""Records of other apps, put into their tables as they would lie there after years of use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe

from tests.factories import unique

SETTINGS = "Mentoring Settings"


def use_source(name: str, grace_days: int = 30) -> None:
	frappe.db.set_single_value(SETTINGS, "membership_source", name)
	frappe.db.set_single_value(SETTINGS, "default_grace_days", grace_days)


def put(doctype: str, name: str | None = None, **values: Any):
	"""A row as it is, without the validation that would move its dates."""
	doc = frappe.new_doc(doctype)
	doc.update(values)
	doc.name = name or unique(doctype)
	doc.db_insert()
	return doc


def put_child(parent, doctype: str, field: str, **values: Any):
	return put(doctype, parent=parent.name, parenttype=parent.doctype, parentfield=field, idx=1, **values)


def make_email_account() -> None:
	"""An account that mails can go out by; nothing is sent, Frappe's own job does that."""
	frappe.db.set_value("Email Account", {"default_outgoing": 1}, "default_outgoing", 0)
	put("Email Account", email_id="association@example.org", enable_outgoing=1, default_outgoing=1)
	frappe.local.outgoing_email_account = {}


def make_member(email: str = ""):
	return put("Member", member_name="A member", email_id=email, membership_type="Full")


def make_membership(member: str, start: str, end: str, **values: Any):
	values = {"paid": 1, "membership_status": "Current", "membership_type": "Full"} | values
	return put("Membership", member=member, from_date=start, to_date=end, **values)


def make_customer():
	return put("Customer", customer_name="A customer")


def make_portal_user(customer, user: str):
	return put_child(customer, "Portal User", "portal_users", user=user)


def make_contact(customer, user: str | None = None, email: str | None = None):
	contact = put("Contact", first_name="A contact", user=user)
	put_child(contact, "Dynamic Link", "links", link_doctype="Customer", link_name=customer.name)
	if email:
		put_child(contact, "Contact Email", "email_ids", email_id=email)
	return contact


def make_subscription(customer, status: str, start: str, plan: str = "Full", **values: Any):
	doc = put(
		"Subscription", party_type="Customer", party=customer.name, status=status, start_date=start, **values
	)
	put_child(doc, "Subscription Plan Detail", "plans", plan=plan, qty=1)
	return doc


def make_unpaid_invoice(subscription, due: str, outstanding: float = 100, docstatus: int = 1, **values: Any):
	return put(
		"Sales Invoice",
		customer=subscription.party,
		subscription=subscription.name,
		due_date=due,
		outstanding_amount=outstanding,
		docstatus=docstatus,
		grand_total=100,
		**values,
	)


def make_invoice(subscription, begins: str, ends: str, owed: float = 0, total: float = 100, **values: Any):
	"""An invoice in advance for a period, paid unless something is owed."""
	values = {"docstatus": 1, "posting_date": begins, "due_date": begins} | values
	return put(
		"Sales Invoice",
		customer=subscription.party,
		subscription=subscription.name,
		from_date=begins,
		to_date=ends,
		outstanding_amount=owed,
		grand_total=total,
		**values,
	)


def make_credit_note(invoice, total: float = 100, owed: float = 0, **values: Any):
	"""As ERPNext maps one from an invoice: without the period, with the subscription."""
	return put(
		"Sales Invoice",
		customer=invoice.customer,
		subscription=invoice.subscription,
		is_return=1,
		return_against=invoice.name,
		outstanding_amount=owed,
		grand_total=-total,
		**{"docstatus": 1} | values,
	)


def make_payment(invoice, day: str, **values: Any):
	values = {"voucher_type": "Payment Entry", "amount": -100, "delinked": 0} | values
	return put(
		"Payment Ledger Entry",
		against_voucher_type="Sales Invoice",
		against_voucher_no=invoice.name,
		posting_date=day,
		**values,
	)


@contextmanager
def counted_queries() -> Iterator[list[str]]:
	"""Collects the statements that go to the database."""
	statements: list[str] = []
	original = frappe.db.sql

	def counting(query, *args, **kwargs):
		statements.append(str(query))
		return original(query, *args, **kwargs)

	frappe.db.sql = counting
	try:
		yield statements
	finally:
		del frappe.db.sql
