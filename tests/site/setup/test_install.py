"""The set-up of a site: what it creates once, what it keeps, what it never overwrites."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.roles import MEMBER
from mentor_ispe.setup import install
from tests.factories import make_user


def test_members_stay_out_of_the_desk(site):
	assert make_user(roles=[MEMBER]).user_type == "Website User"


def test_set_up_again_changes_nothing(site):
	def counts() -> dict[str, int]:
		return {doctype: frappe.db.count(doctype) for doctype in ("Role", "Email Template", "DocPerm")}

	install.after_migrate()
	before = counts()
	install.after_migrate()
	assert counts() == before


@pytest.mark.parametrize(
	("apps", "source"),
	[
		(["frappe", "erpnext", "non_profit", "mentor_ispe"], "Non Profit"),
		(["frappe", "erpnext", "mentor_ispe"], "Subscription"),
		(["frappe", "mentor_ispe"], "Membership Roll"),
	],
)
def test_new_site_asks_the_membership_records_it_already_keeps(site, monkeypatch, apps, source):
	monkeypatch.setattr(frappe, "get_installed_apps", lambda *args, **kwargs: apps)
	install.choose_membership_source()
	assert frappe.db.get_single_value("Mentoring Settings", "membership_source") == source
