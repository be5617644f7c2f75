"""The DocTypes of other apps that memberships are read from: a new version of one turns this red, not a seat."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.domain.subscriptions import CREDITED, KNOWN
from mentor_ispe.membership import non_profit

# By version, as their forms offer them; a list that is neither is to be understood first (domain/subscriptions.py).
SUBSCRIPTION_STATUSES = (
	{"Trialling", "Active", "Past Due Date", "Cancelled", "Unpaid", "Completed"},  # 15
	{"Trialing", "Active", "Grace Period", "Cancelled", "Unpaid", "Completed"},  # 16
)
MEMBERSHIP_STATUSES = ({"New", "Current", "Expired", "Pending", "Cancelled"},)

FIELDS = {
	"Subscription": "party_type party status start_date end_date cancelation_date trial_period_start "
	"trial_period_end current_invoice_start current_invoice_end cancel_at_period_end plans",
	"Subscription Plan Detail": "plan",
	"Sales Invoice": "customer subscription from_date to_date posting_date due_date outstanding_amount is_return "
	"return_against currency party_account_currency rounded_total grand_total base_rounded_total base_grand_total",
	"Payment Ledger Entry": "against_voucher_type against_voucher_no posting_date voucher_type delinked amount",
	"Customer": "portal_users",
	"Portal User": "user",
	"Member": "email_id member_name",
	"Membership": "member membership_type membership_status from_date to_date paid",
}


def options(doctype: str, field: str) -> set[str]:
	if not frappe.db.exists("DocType", doctype):
		pytest.skip(f"This site has no {doctype}")
	return set(filter(None, frappe.get_meta(doctype).get_field(field).options.split("\n")))


def test_the_statuses_of_a_subscription_are_those_of_a_version_that_is_understood():
	assert options("Subscription", "status") in SUBSCRIPTION_STATUSES
	assert set().union(*SUBSCRIPTION_STATUSES) == KNOWN


def test_the_statuses_of_a_membership_are_those_of_a_version_that_is_understood():
	assert options("Membership", "membership_status") in MEMBERSHIP_STATUSES
	assert set().union(*MEMBERSHIP_STATUSES) == non_profit.KNOWN - {""}


def test_what_is_given_back_is_called_as_erpnext_calls_it():
	assert CREDITED in options("Sales Invoice", "status")


@pytest.mark.parametrize("doctype", FIELDS)
def test_every_field_that_is_read_is_there(doctype):
	if not frappe.db.exists("DocType", doctype):
		pytest.skip(f"This site has no {doctype}")
	meta = frappe.get_meta(doctype)
	assert [field for field in FIELDS[doctype].split() if not meta.has_field(field)] == []
