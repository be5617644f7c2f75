"""ERPNext's Subscription of the person's Customer as the source."""

from __future__ import annotations

from datetime import date, timedelta

import frappe
import pytest
from freezegun import freeze_time

from mentor_ispe.membership.status import standings
from tests.factories import make_profile, make_user
from tests.site.membership.records import (
	make_contact,
	make_customer,
	make_portal_user,
	make_subscription,
	make_unpaid_invoice,
	use_source,
)

ON = date(2027, 6, 30)
START = "2026-07-01"


@pytest.fixture
def noon():
	"""The day is set below, for ERPNext as well."""


@pytest.fixture(autouse=True)
def subscription():
	if not frappe.db.exists("DocType", "Subscription"):
		pytest.skip("ERPNext isn't installed")
	use_source("Subscription")
	with freeze_time("2027-06-30 16:00:00"):
		yield


def standing(profile, on=ON):
	return standings([profile.name], on=on)[profile.name]


def make_person():
	"""A profile that is linked to a Customer, and that Customer."""
	customer = make_customer()
	return make_profile(
		member=False, membership_doctype="Customer", membership_record=customer.name
	), customer


@pytest.mark.parametrize("status", ["Active", "Trialling", "Trialing"])
def test_active_and_trialling_count(status):
	profile, customer = make_person()
	record = make_subscription(customer, status, START)
	asked = standing(profile)
	assert (asked.state, asked.active_until) == ("Active", None)
	assert (asked.record_doctype, asked.record_name) == ("Subscription", record.name)
	assert asked.membership_types == {"Full"}


def test_an_active_subscription_ends_on_its_last_day_whatever_its_status():
	profile, customer = make_person()
	make_subscription(customer, "Active", START, end_date="2027-06-30")
	assert standing(profile).active_until == ON
	assert standing(profile, on=date(2027, 7, 1)).state == "Grace"


def test_a_subscription_to_be_cancelled_ends_with_its_period():
	profile, customer = make_person()
	make_subscription(customer, "Active", START, cancel_at_period_end=1, current_invoice_end="2027-06-30")
	assert standing(profile).active_until == ON


def test_a_subscription_that_starts_tomorrow_is_none_today():
	profile, customer = make_person()
	make_subscription(customer, "Active", "2027-07-01")
	assert standing(profile).state == "Never"
	assert standing(profile, on=date(2027, 7, 1)).state == "Active"


def test_past_due_is_grace_from_the_day_after_the_invoice_was_due():
	profile, customer = make_person()
	record = make_subscription(customer, "Past Due Date", START)
	make_unpaid_invoice(record, due="2027-06-15")
	make_unpaid_invoice(record, due="2027-06-20")
	asked = standing(profile)
	assert (asked.state, asked.active_until) == ("Grace", date(2027, 6, 15))
	assert asked.lapsed_since == date(2027, 6, 16)
	assert standing(profile, on=date(2027, 6, 15)).state == "Active"


def test_past_due_without_an_invoice_to_show_is_grace_all_the_same():
	profile, customer = make_person()
	make_subscription(customer, "Past Due Date", START)
	assert standing(profile).state == "Grace"


def test_unpaid_ended_on_the_day_the_invoice_was_due():
	profile, customer = make_person()
	record = make_subscription(
		customer, "Unpaid", START, current_invoice_start="2099-01-01", current_invoice_end="2099-12-31"
	)
	make_unpaid_invoice(record, due="2027-03-31")
	make_unpaid_invoice(record, due="2027-01-31", outstanding=0)
	make_unpaid_invoice(record, due="2027-02-28", docstatus=2)
	asked = standing(profile)
	assert (asked.state, asked.active_until) == ("Lapsed", date(2027, 3, 31))


@pytest.mark.parametrize("status", ["Unpaid", "Cancelled", "Completed"])
def test_over_is_never_active_although_the_next_period_lies_ahead(status):
	profile, customer = make_person()
	make_subscription(
		customer, status, "2020-01-01", current_invoice_start="2098-01-01", current_invoice_end="2099-12-31"
	)
	assert standing(profile, on=date(2098, 6, 1)).state in ("Lapsed", "Never")


def test_cancelled_ended_on_the_day_of_the_cancellation():
	profile, customer = make_person()
	make_subscription(
		customer, "Cancelled", START, cancelation_date="2027-01-31", current_invoice_end="2027-12-31"
	)
	assert standing(profile).active_until == date(2027, 1, 31)


def test_cancelled_for_want_of_payment_ended_when_the_payment_was_due():
	profile, customer = make_person()
	record = make_subscription(customer, "Cancelled", START, cancelation_date="2027-06-30")
	make_unpaid_invoice(record, due="2027-01-31")
	assert standing(profile).active_until == date(2027, 1, 31)


def test_completed_ended_on_its_last_day():
	profile, customer = make_person()
	make_subscription(customer, "Completed", START, end_date="2026-12-31")
	assert standing(profile).active_until == date(2026, 12, 31)


def test_two_plans_are_two_kinds_of_membership():
	profile, customer = make_person()
	make_subscription(customer, "Active", START, plan="Full")
	make_subscription(customer, "Active", START, plan="Chapter")
	assert standing(profile).membership_types == {"Full", "Chapter"}


def test_found_as_portal_user_of_the_customer():
	user = make_user()
	profile = make_profile(member=False, user=user.name)
	customer = make_customer()
	make_portal_user(customer, user.name)
	make_subscription(customer, "Active", START)
	assert standing(profile).state == "Active"


def test_found_by_the_login_of_a_contact():
	user = make_user()
	profile = make_profile(member=False, user=user.name)
	customer = make_customer()
	make_contact(customer, user=user.name)
	make_subscription(customer, "Active", START)
	assert standing(profile).state == "Active"


def test_found_by_an_address_of_a_contact_whatever_its_case():
	profile = make_profile(member=False)
	customer = make_customer()
	make_contact(customer, email=profile.email.upper())
	make_subscription(customer, "Active", START)
	assert standing(profile).state == "Active"


def test_found_by_the_contact_linked_to_the_profile():
	customer = make_customer()
	profile = make_profile(member=False, contact=make_contact(customer).name)
	make_subscription(customer, "Active", START)
	assert standing(profile).state == "Active"


def test_everybody_of_a_customer_shares_its_subscription():
	customer = make_customer()
	people = [make_profile(member=False) for _ in range(2)]
	for profile in people:
		make_contact(customer, email=profile.email)
	make_subscription(customer, "Active", START)
	assert {each.state for each in standings([profile.name for profile in people], on=ON).values()} == {
		"Active"
	}


def test_the_linked_customer_goes_before_contacts():
	profile, _customer = make_person()
	other = make_customer()
	make_contact(other, email=profile.email)
	make_subscription(other, "Active", START)
	assert standing(profile).state == "Never"


def test_a_supplier_of_the_same_name_is_nobody():
	profile, customer = make_person()
	record = make_subscription(customer, "Active", START)
	frappe.db.set_value("Subscription", record.name, "party_type", "Supplier")
	assert standing(profile).state == "Never"


def test_grace_period_is_what_newer_versions_call_past_due():
	profile, customer = make_person()
	record = make_subscription(customer, "Grace Period", "2026-06-01")
	make_unpaid_invoice(record, due="2027-06-10")
	asked = standing(profile, date(2027, 6, 15))
	assert (asked.state, asked.lapsed_since) == ("Grace", date(2027, 6, 11))


@pytest.mark.parametrize("status", ["Paused", "On Hold", ""])
def test_a_status_that_is_not_known_is_unknown_and_said_and_logged(status):
	frappe.cache.delete_keys("mentoring_unknown_status")
	logged = frappe.db.count("Error Log")
	profile, customer = make_person()
	record = make_subscription(customer, status, START)
	asked = standing(profile, date(2027, 6, 15))
	assert asked.state == ("Unknown" if date(2027, 6, 15) >= date.fromisoformat(START) else "Never")
	later = standing(profile, date(2027, 7, 15))
	assert (later.state, later.record_name) == ("Unknown", record.name)
	assert (status or "-") in later.reason
	assert frappe.db.count("Error Log") == logged + 1


def test_who_is_active_by_another_subscription_stays_active_beside_an_unknown_one():
	profile, customer = make_person()
	make_subscription(customer, "Paused", "2026-07-01")
	make_subscription(customer, "Active", "2026-07-01")
	assert standing(profile).state == "Active"


def test_cancelled_for_later_lasts_as_long_as_was_paid():
	profile, customer = make_person()
	make_subscription(
		customer, "Active", "2026-06-01", cancelation_date="2027-05-20", current_invoice_end="2028-05-31"
	)
	assert standing(profile, date(2027, 6, 15)).active_until == date(2028, 5, 31)


@pytest.mark.parametrize(("day", "status"), [(20, "Active"), (45, "Past Due Date"), (45, "Grace Period")])
def test_a_new_customer_who_paid_nothing_is_no_member_yet(day, status):
	profile, customer = make_person()
	record = make_subscription(customer, status, "2027-05-01")
	make_unpaid_invoice(record, due="2027-06-01", from_date="2027-05-01", to_date="2028-04-30")
	assert standing(profile, date(2027, 5, 1) + timedelta(days=day)).state == "Never"


def test_a_first_invoice_that_was_paid_in_part_counts():
	profile, customer = make_person()
	record = make_subscription(customer, "Active", "2027-05-01")
	make_unpaid_invoice(record, due="2027-06-01", outstanding=40, from_date="2027-05-01")
	assert standing(profile, date(2027, 5, 20)).state == "Active"


def test_a_trial_needs_no_payment():
	profile, customer = make_person()
	record = make_subscription(customer, "Trialling", "2027-05-01")
	make_unpaid_invoice(record, due="2027-06-01", from_date="2027-05-01")
	assert standing(profile, date(2027, 5, 20)).state == "Active"


def test_c8_a_contact_that_an_outsider_made_proves_nothing():
	"""Frappe lets everybody make Contacts of their own, with any address and of any Customer."""
	outsider, customer = make_user(), make_customer()
	make_subscription(customer, "Active", START)
	profile = make_profile(member=False, email=outsider.name, user=outsider.name)
	frappe.set_user(outsider.name)
	contact = frappe.get_doc(
		{
			"doctype": "Contact",
			"first_name": "Mallory",
			"user": outsider.name,
			"email_ids": [{"email_id": outsider.name, "is_primary": 1}],
			"links": [{"link_doctype": "Customer", "link_name": customer.name}],
		}
	).insert()
	frappe.set_user("Administrator")
	assert standing(profile).state == "Never"
	# Linked by a coordinator it is still theirs to write.
	frappe.db.set_value("Mentoring Profile", profile.name, "contact", contact.name)
	assert standing(profile).state == "Never"


@pytest.mark.parametrize("owner", ["Administrator", "Guest"])
def test_a_contact_that_staff_or_the_sign_up_made_counts(owner):
	person, customer = make_user(), make_customer()
	make_subscription(customer, "Active", START)
	contact = make_contact(customer, email=person.name)
	frappe.db.set_value("Contact", contact.name, "owner", owner)
	assert standing(make_profile(member=False, email=person.name)).state == "Active"
