"""A year of a real Subscription, written by ERPNext itself: billed, overdue, paid, given back."""

from __future__ import annotations

from datetime import date

import frappe
import pytest
from freezegun import freeze_time

from mentor_ispe.membership.status import standings
from tests.factories import make_profile, unique
from tests.site.membership.records import use_source


@pytest.fixture
def noon():
	"""The days are set below, for ERPNext as well."""


@pytest.fixture(autouse=True)
def erpnext():
	if not frappe.db.exists("DocType", "Subscription"):
		pytest.skip("ERPNext isn't installed")
	if not frappe.db.exists("Company", {}):
		pytest.skip("This site has no company")
	use_source("Subscription", grace_days=0)
	for year in (2026, 2027):
		if not frappe.db.exists("Fiscal Year", {"year_start_date": f"{year}-01-01"}):
			frappe.get_doc(
				{
					"doctype": "Fiscal Year",
					"year": unique("FY"),
					"year_start_date": f"{year}-01-01",
					"year_end_date": f"{year}-12-31",
				}
			).insert()


def make_subscription():
	"""(profile, subscription): a year in advance from 1 June 2026, to be paid within a month."""
	company = frappe.get_all("Company", pluck="name", limit=1)[0]
	currency = frappe.db.get_value("Company", company, "default_currency")
	customer = frappe.get_doc({"doctype": "Customer", "customer_name": unique("Customer")}).insert()
	item = frappe.get_doc(
		{"doctype": "Item", "item_code": unique("Fee"), "item_group": "Services", "is_stock_item": 0}
	).insert(ignore_links=True)
	plan = frappe.get_doc(
		{
			"doctype": "Subscription Plan",
			"plan_name": unique("Full"),
			"item": item.name,
			"currency": currency,
			"price_determination": "Fixed Rate",
			"cost": 100,
			"billing_interval": "Year",
			"billing_interval_count": 1,
		}
	).insert()
	profile = make_profile(member=False, membership_doctype="Customer", membership_record=customer.name)
	subscription = frappe.get_doc(
		{
			"doctype": "Subscription",
			"company": company,
			"party_type": "Customer",
			"party": customer.name,
			"start_date": "2026-06-01",
			"generate_invoice_at": "Beginning of the current subscription period",
			"submit_invoice": 1,
			"days_until_due": 30,
			"plans": [{"plan": plan.name, "qty": 1}],
		}
	).insert()
	return profile, subscription


def on(day: str, profile, subscription):
	"""ERPNext's daily job has run on that day; what is the standing?"""
	with freeze_time(f"{day} 16:00:00.123456"):
		subscription = frappe.get_doc("Subscription", subscription.name)
		subscription.process(posting_date=day)
		asked = standings([profile.name], on=date.fromisoformat(day))[profile.name]
		return subscription.status, asked


def invoice_of(subscription):
	return frappe.get_doc(
		"Sales Invoice", {"subscription": subscription.name, "is_return": 0, "docstatus": 1}
	)


def pay(invoice, day: str) -> None:
	from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

	with freeze_time(f"{day} 16:00:00.123456"):
		entry = get_payment_entry("Sales Invoice", invoice.name)
		entry.update({"reference_no": "1", "reference_date": day})
		entry.insert().submit()


def test_billed_overdue_paid_and_given_back():
	with freeze_time("2026-06-01 16:00:00.123456"):
		profile, subscription = make_subscription()
	_status, asked = on("2026-06-01", profile, subscription)
	assert asked.state == "Never"
	invoice = invoice_of(subscription)
	status, asked = on("2026-07-15", profile, subscription)
	assert status != "Active"
	assert asked.state == "Never"
	pay(invoice, "2026-07-16")
	# At once, before ERPNext looks at the subscription again.
	asked = standings([profile.name], on=date(2026, 7, 16))[profile.name]
	assert asked.state == "Active"
	status, asked = on("2026-07-17", profile, subscription)
	assert (status, asked.state) == ("Active", "Active")
	with freeze_time("2026-08-01 16:00:00.123456"):
		from erpnext.controllers.sales_and_purchase_return import make_return_doc

		make_return_doc("Sales Invoice", invoice.name).insert().submit()
	_status, asked = on("2026-08-02", profile, subscription)
	assert (asked.state, asked.record_name) == ("Unknown", invoice.name)


def test_cancelled_for_want_of_payment_and_paid_later():
	frappe.db.set_single_value("Subscription Settings", "cancel_after_grace", 1)
	frappe.db.set_single_value("Subscription Settings", "grace_period", 7)
	with freeze_time("2026-06-01 16:00:00.123456"):
		profile, subscription = make_subscription()
	on("2026-06-01", profile, subscription)
	invoice = invoice_of(subscription)
	status, asked = on("2026-08-15", profile, subscription)
	assert (status, asked.state) == ("Cancelled", "Never")
	pay(invoice, "2026-08-20")
	asked = standings([profile.name], on=date(2026, 9, 1))[profile.name]
	assert (asked.state, asked.active_until) == ("Active", date(2027, 5, 31))
