"""Every test here runs as a coordinator, with the membership roll as the source."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.roles import COORDINATOR
from tests import factories as make
from tests.site.permissions.records import store


@pytest.fixture(autouse=True)
def kept_in_one_transaction(rolled_back):
	"""Lets an entry point commit and roll back as it does in a request, inside the test's own transaction."""
	commit, rollback = frappe.db.commit, frappe.db.rollback
	frappe.db.commit = lambda: frappe.db.savepoint("committed")
	frappe.db.rollback = lambda *, save_point="committed": rollback(save_point=save_point)
	frappe.db.commit()
	yield
	frappe.db.commit, frappe.db.rollback = commit, rollback


@pytest.fixture(autouse=True)
def coordinator(kept_in_one_transaction) -> str:
	"""The user of the test: a coordinator who may also import data and keep boards."""
	make.use_membership_roll()
	user = f"coordinator-{frappe.generate_hash(length=8)}@example.org"
	store(
		"User",
		name=user,
		email=user,
		first_name="Coordinator",
		enabled=1,
		user_type="System User",
		roles=[
			{"doctype": "Has Role", "parentfield": "roles", "role": role}
			for role in (COORDINATOR, "System Manager")
		],
	)
	frappe.set_user(user)
	return user
