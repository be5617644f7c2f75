"""The app's own roll as the source of memberships."""

from __future__ import annotations

from datetime import date

import frappe
import pytest

from mentor_ispe.membership.roll import ENTRY
from mentor_ispe.membership.status import standings
from tests.factories import make_profile, make_roll_entry, unique
from tests.site.membership.records import use_source

ON = date(2027, 6, 30)


@pytest.fixture(autouse=True)
def roll():
	use_source("Membership Roll")


def entry(email: str, **values):
	return make_roll_entry(email, from_date="2026-07-01", to_date="2027-06-30", **values)


def standing(profile, on=ON, **values):
	return standings([profile.name], on=on, **values)[profile.name]


def test_found_by_the_address_whatever_its_case():
	profile = make_profile(member=False)
	record = entry(f" {profile.email.upper()} ")
	asked = standing(profile)
	assert (asked.state, asked.active_until) == ("Active", ON)
	assert (asked.record_doctype, asked.record_name) == (ENTRY, record.name)
	assert asked.membership_types == {"Regular"}


def test_an_address_written_in_capitals_by_another_system_is_found():
	profile = make_profile(member=False)
	record = entry(profile.email)
	frappe.db.set_value(ENTRY, record.name, "email", profile.email.upper())
	assert standing(profile).state == "Active"


def test_the_entry_linked_to_the_profile_goes_before_the_address():
	linked = entry(f"{frappe.generate_hash(length=8)}@example.org", membership_type="Fellow")
	profile = make_profile(member=False, membership_doctype=ENTRY, membership_record=linked.name)
	entry(profile.email, membership_type="Student")
	assert standing(profile).membership_types == {"Fellow"}


def test_a_linked_entry_that_ended_is_not_helped_by_another_with_the_address():
	linked = make_roll_entry("old@example.org", from_date="2020-01-01", to_date="2020-12-31")
	profile = make_profile(member=False, membership_doctype=ENTRY, membership_record=linked.name)
	entry(profile.email)
	assert standing(profile).state == "Lapsed"


def test_two_entries_of_one_person_count_together():
	profile = make_profile(member=False)
	entry(profile.email)
	make_roll_entry(profile.email, from_date="2027-07-01", to_date="2028-06-30")
	assert standing(profile).active_until == date(2028, 6, 30)


def test_a_cancelled_entry_counts_for_nothing():
	profile = make_profile(member=False)
	entry(profile.email, cancelled=1)
	assert standing(profile).state == "Never"


def test_an_entry_without_a_last_day_never_ends():
	profile = make_profile(member=False)
	make_roll_entry(profile.email, from_date="2020-01-01", to_date=None)
	asked = standing(profile, on=date(2090, 1, 1))
	assert (asked.state, asked.active_until) == ("Active", None)


def test_a_similar_address_is_another_person():
	profile = make_profile(member=False, email=f"andre-{frappe.generate_hash(length=6)}@example.org")
	record = entry(profile.email)
	similar = profile.email.replace("andre", "andré")  # MariaDB compares é and e as equal
	frappe.db.set_value(ENTRY, record.name, "email", similar)
	assert standing(profile).state == "Never"


def test_grace_comes_from_the_settings_unless_the_program_says_otherwise():
	use_source("Membership Roll", grace_days=5)
	profile = make_profile(member=False)
	entry(profile.email)
	assert standing(profile, on=date(2027, 7, 5)).state == "Grace"
	assert standing(profile, on=date(2027, 7, 6)).state == "Lapsed"
	assert standing(profile, on=date(2027, 7, 6), grace_days=6).state == "Grace"


def test_an_empty_roll_says_nothing_about_anybody():
	frappe.db.delete(ENTRY)
	asked = standing(make_profile(member=False))
	assert asked.state == "Unknown"
	assert "The membership roll is empty" in asked.reason


def test_a_profile_that_does_not_exist_is_unknown():
	name = unique("nobody")
	make_roll_entry("someone@example.org")
	assert standings([name], on=ON)[name].state == "Unknown"
