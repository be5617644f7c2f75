import frappe
import pytest

from tests import factories as make


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "coordinator@example.org")
	frappe.db.delete("Mentoring Notice")
