"""The settings: which source may be chosen."""

from __future__ import annotations

import frappe
import pytest

from tests.site.membership.records import use_source

SETTINGS = "Mentoring Settings"


def choose(source: str):
	doc = frappe.get_doc(SETTINGS)
	doc.membership_source = source
	return doc.save()


def test_a_source_that_is_there_can_be_chosen():
	assert choose("Membership Roll").membership_source == "Membership Roll"


def test_a_source_that_nobody_offers_is_refused_with_those_that_are():
	with pytest.raises(
		frappe.ValidationError, match=r"Choose one of: Membership Roll, Non Profit, Subscription"
	):
		choose("Crystal Ball")


def test_a_source_whose_records_the_site_has_not_is_refused(monkeypatch):
	use_source("Membership Roll")
	monkeypatch.setattr("mentor_ispe.membership.non_profit.NonProfitSource.doctypes", ("No Such DocType",))
	with pytest.raises(frappe.ValidationError, match="needs No Such DocType"):
		choose("Non Profit")


def test_other_settings_can_be_saved_while_the_source_is_gone():
	use_source("Gone with its app")
	doc = frappe.get_doc(SETTINGS)
	doc.default_grace_days = 14
	assert doc.save().default_grace_days == 14


def test_the_form_is_told_which_sources_there_are():
	doc = frappe.get_doc(SETTINGS)
	doc.run_method("onload")
	assert doc.get_onload("membership_sources") == ["Membership Roll", "Non Profit", "Subscription"]
