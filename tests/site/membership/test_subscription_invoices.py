"""What is read of a subscription's invoices; what follows is in tests/domain/test_subscriptions.py."""

from __future__ import annotations

from datetime import date

import frappe
import pytest
from freezegun import freeze_time

from mentor_ispe.membership.status import standings
from tests.factories import make_profile, make_user
from tests.site.membership.records import (
	counted_queries,
	make_contact,
	make_credit_note,
	make_customer,
	make_invoice,
	make_payment,
	make_portal_user,
	make_subscription,
	put_child,
	use_source,
)

ON = date(2027, 6, 30)
YEAR = ("2027-01-01", "2027-12-31")


@pytest.fixture
def noon():
	"""The day is set below, for ERPNext as well."""


@pytest.fixture(autouse=True)
def subscription():
	if not frappe.db.exists("DocType", "Subscription"):
		pytest.skip("ERPNext isn't installed")
	use_source("Subscription", grace_days=0)
	with freeze_time("2027-06-30 16:00:00"):
		yield


def make_person(status="Active", **values):
	"""A profile that is linked to a Customer, and the Customer's subscription."""
	customer = make_customer()
	profile = make_profile(member=False, membership_doctype="Customer", membership_record=customer.name)
	return profile, make_subscription(customer, status, "2027-01-01", **values)


def standing(profile, on=ON):
	return standings([profile.name], on=on)[profile.name]


def test_a_draft_invoice_is_owed():
	profile, record = make_person()
	invoice = make_invoice(record, *YEAR, owed=100, docstatus=0)
	assert standing(profile).state == "Never"
	frappe.db.set_value("Sales Invoice", invoice.name, {"docstatus": 1, "outstanding_amount": 0})
	assert standing(profile).state == "Active"


def test_paid_in_part_and_paid_in_full():
	profile, record = make_person("Unpaid")
	invoice = make_invoice(record, *YEAR, owed=40)
	assert (standing(profile).state, standing(profile).active_until) == ("Lapsed", date(2027, 1, 1))
	frappe.db.set_value("Sales Invoice", invoice.name, "outstanding_amount", 0)
	assert (standing(profile).state, standing(profile).active_until) == ("Active", date(2027, 12, 31))


@pytest.mark.parametrize("own_amount", [0, -100])
def test_a_credit_note_for_the_whole_year_makes_it_unclear(own_amount):
	"""ERPNext lets a credit note lower its invoice, or keep an amount of its own that is set against it later."""
	profile, record = make_person("Unpaid")
	invoice = make_invoice(record, *YEAR, owed=100 if own_amount else 0)
	make_credit_note(invoice, owed=own_amount)
	asked = standing(profile)
	assert (asked.state, asked.record_doctype, asked.record_name) == (
		"Unknown",
		"Sales Invoice",
		invoice.name,
	)
	make_invoice(record, *YEAR, total=80)
	assert standing(profile).state == "Active"


def test_a_credit_note_for_a_part_leaves_the_rest_to_pay():
	profile, record = make_person()
	invoice = make_invoice(record, *YEAR, owed=60)
	make_credit_note(invoice, total=40)
	assert standing(profile).state == "Never"
	frappe.db.set_value("Sales Invoice", invoice.name, "outstanding_amount", 0)
	assert standing(profile).state == "Active"


@pytest.mark.parametrize("docstatus", [0, 2])
def test_a_credit_note_that_is_a_draft_or_cancelled_gives_nothing_back(docstatus):
	profile, record = make_person()
	make_credit_note(make_invoice(record, *YEAR), docstatus=docstatus)
	assert standing(profile).state == "Active"


def test_an_invoice_in_another_currency_than_the_customers_account_is_compared_in_one():
	profile, record = make_person()
	invoice = make_invoice(
		record, *YEAR, owed=55, currency="USD", party_account_currency="EUR", base_grand_total=110
	)
	assert standing(profile).state == "Active"
	frappe.db.set_value("Sales Invoice", invoice.name, "outstanding_amount", 110)
	assert standing(profile).state == "Never"


@pytest.mark.parametrize(
	("values", "state"),
	[
		({}, "Active"),
		({"delinked": 1}, "Lapsed"),
		({"voucher_type": "Sales Invoice"}, "Lapsed"),
		({"day": "2027-02-20"}, "Lapsed"),
	],
)
def test_paid_after_it_was_cancelled_for_want_of_payment(values, state):
	profile, record = make_person("Cancelled", cancelation_date="2027-03-01")
	invoice = make_invoice(record, *YEAR)
	make_payment(invoice, **{"day": "2027-03-20"} | values)
	assert standing(profile).state == state


def test_every_plan_is_a_kind_of_membership_and_one_record():
	profile, record = make_person()
	put_child(record, "Subscription Plan Detail", "plans", plan="Chapter", qty=1)
	make_invoice(record, *YEAR)
	assert standing(profile).membership_types == {"Full", "Chapter"}


def test_an_invoice_of_another_subscription_or_of_none_counts_for_nothing_here():
	profile, record = make_person("Unpaid")
	make_invoice(record, *YEAR, owed=100)
	other = make_subscription(frappe.get_doc("Customer", record.party), "Cancelled", "2027-01-01")
	for name in (other.name, None):
		invoice = make_invoice(record, *YEAR)
		frappe.db.set_value("Sales Invoice", invoice.name, "subscription", name)
	assert standing(profile).state == "Never"


def test_all_contacts_of_a_customer_share_it_and_a_contact_of_two_customers_has_both():
	first, second = make_customer(), make_customer()
	people = [make_profile(member=False) for _person in range(3)]
	for person in people[:2]:
		make_contact(first, email=person.email)
	both = make_contact(second, email=people[2].email)
	put_child(both, "Dynamic Link", "links", link_doctype="Customer", link_name=first.name)
	make_subscription(first, "Active", "2027-01-01", end_date="2027-09-30")
	make_subscription(second, "Active", "2027-10-01", end_date="2028-09-30")
	asked = standings([person.name for person in people], on=ON)
	assert [asked[person.name].active_until for person in people] == [
		date(2027, 9, 30),
		date(2027, 9, 30),
		date(2028, 9, 30),
	]


def test_a_login_and_an_address_that_are_the_same_belong_to_two_people():
	"""One signs in with what is the other's address."""
	login = make_user()
	one = make_profile(member=False, user=login.name, email=f"of-{login.name}")
	frappe.db.set_value("Mentoring Profile", one.name, "email", f"second-{login.name}")
	other = make_profile(member=False)
	frappe.db.set_value("Mentoring Profile", other.name, "email", login.name)
	by_login, by_address = make_customer(), make_customer()
	make_portal_user(by_login, login.name)
	make_subscription(by_login, "Active", "2027-01-01", plan="Login")
	make_contact(by_address, email=login.name)
	make_subscription(by_address, "Active", "2027-01-01", plan="Address")
	for asked in (standings([one.name, other.name], on=ON), standings([other.name, one.name], on=ON)):
		assert asked[one.name].membership_types == {"Login"}
		assert asked[other.name].membership_types == {"Address"}


def test_a_contact_linked_to_two_profiles_is_both_peoples():
	customer = make_customer()
	contact = make_contact(customer)
	people = [make_profile(member=False, contact=contact.name) for _person in range(2)]
	make_subscription(customer, "Active", "2027-01-01")
	asked = standings([person.name for person in people], on=ON)
	assert {each.state for each in asked.values()} == {"Active"}


def test_the_number_of_queries_does_not_depend_on_the_number_of_people():
	def ask_for(count: int) -> int:
		people = []
		for number in range(count):
			profile, record = make_person(
				"Cancelled" if number == 0 else "Active", cancelation_date="2027-03-01"
			)
			make_payment(make_invoice(record, *YEAR), "2027-03-20")
			people.append(profile.name)
		standings(people, on=ON)  # metadata is read once
		with counted_queries() as statements:
			standings(people, on=ON)
		return len(statements)

	assert ask_for(1) == ask_for(4)
