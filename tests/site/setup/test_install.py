"""The set-up of a site: what it creates once, what it keeps, what it never overwrites."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates.applications import APPLICATION_RECEIVED
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


def test_set_up_creates_a_missing_email_template_and_keeps_an_edited_one(site):
	missing = next(name for name in MAILS if name != APPLICATION_RECEIVED)
	frappe.delete_doc("Email Template", missing, force=True)
	frappe.db.set_value("Email Template", APPLICATION_RECEIVED, "subject", "Our own words")
	install.after_migrate()
	assert frappe.db.exists("Email Template", missing)
	assert frappe.db.get_value("Email Template", APPLICATION_RECEIVED, "subject") == "Our own words"


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
