"""Non Profit's Membership as the source."""

from __future__ import annotations

from datetime import date

import frappe
import pytest

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership.status import standings
from tests.factories import make_profile
from tests.site.membership.records import make_member, make_membership, use_source

ON = date(2027, 6, 30)


@pytest.fixture(autouse=True)
def non_profit():
	if not frappe.db.exists("DocType", "Membership"):
		pytest.skip("Non Profit isn't installed")
	use_source("Non Profit")


def standing(profile, on=ON):
	return standings([profile.name], on=on)[profile.name]


def make_person(**values):
	profile = make_profile(member=False)
	member = make_member(profile.email)
	return profile, member, make_membership(member.name, "2026-07-01", "2027-06-30", **values)


def test_a_paid_membership_between_its_dates_is_active():
	profile, _member, record = make_person()
	asked = standing(profile)
	assert (asked.state, asked.active_until) == ("Active", ON)
	assert (asked.record_doctype, asked.record_name) == ("Membership", record.name)
	assert asked.membership_types == {"Full"}


@pytest.mark.parametrize("status", ["New", "Current", "Expired", "Pending", "", None])
def test_the_status_column_does_not_matter_while_it_is_not_cancelled(status):
	profile, _member, _record = make_person(membership_status=status)
	assert standing(profile).state == "Active"
	assert standing(profile, on=date(2027, 7, 31)).state == "Lapsed"


def test_a_status_that_is_not_known_is_unknown_and_said_and_logged_once_a_day():
	frappe.cache.delete_keys("mentoring_unknown_status")
	logged = frappe.db.count("Error Log")
	profile, _member, record = make_person(membership_status="Revoked")
	asked = standing(profile)
	assert (asked.state, asked.record_name) == ("Unknown", record.name)
	assert "“Revoked”" in asked.reason
	# Had it counted, the grace after it would keep a seat.
	assert standing(profile, on=date(2027, 7, 30)).state == "Unknown"
	assert standing(profile, on=date(2027, 7, 31)).state == "Never"
	assert frappe.db.count("Error Log") == logged + 1


def test_who_has_paid_again_stays_active_beside_a_status_that_is_not_known():
	profile, member, _record = make_person(membership_status="Revoked")
	make_membership(member.name, "2027-01-01", "2027-12-31")
	assert standing(profile).state == "Active"


def test_unpaid_cancelled_and_paid_again():
	profile, member, first = make_person()
	frappe.db.set_value("Membership", first.name, "paid", 0)
	assert standing(profile).state == "Never"
	frappe.db.set_value("Membership", first.name, {"paid": 1, "membership_status": "Cancelled"})
	assert standing(profile).state == "Never"
	again = make_membership(member.name, "2027-06-01", "2028-05-31")
	assert (standing(profile).state, standing(profile).record_name) == ("Active", again.name)


def test_a_membership_said_to_be_current_lapses_after_its_last_day():
	profile, _member, _record = make_person(membership_status="Current")
	assert standing(profile, on=date(2028, 1, 1)).state == "Lapsed"


def test_a_cancelled_membership_counts_for_nothing():
	profile, _member, _record = make_person(membership_status="Cancelled")
	assert standing(profile).state == "Never"


def test_an_unpaid_membership_counts_for_nothing():
	profile, _member, _record = make_person(paid=0)
	assert standing(profile).state == "Never"


def test_the_address_is_found_whatever_its_case():
	profile, member, _record = make_person()
	frappe.db.set_value("Member", member.name, "email_id", profile.email.upper())
	assert standing(profile).state == "Active"


def test_the_linked_member_goes_before_the_address():
	profile, _member, _record = make_person()
	other = make_member("someone-else@example.org")
	make_membership(other.name, "2026-01-01", "2028-01-01", membership_type="Fellow")
	profile.update({"membership_doctype": "Member", "membership_record": other.name})
	profile.save()
	asked = standing(profile)
	assert (asked.membership_types, asked.active_until) == ({"Fellow"}, date(2028, 1, 1))


def test_two_overlapping_memberships_give_the_later_end():
	profile, member, _record = make_person()
	make_membership(member.name, "2027-06-01", "2028-05-31")
	assert standing(profile).active_until == date(2028, 5, 31)


def test_a_member_without_memberships_was_never_one():
	profile = make_profile(member=False)
	make_member(profile.email)
	assert standing(profile).state == "Never"


def say_of_type(membership_type: str, **said) -> None:
	settings = frappe.get_doc("Mentoring Settings")
	settings.append("membership_types", {"membership_type": membership_type, **said})
	settings.save()


def test_a_membership_for_life_never_ends():
	profile, _member, _record = make_person(membership_type="Life")
	assert standing(profile, on=date(2030, 1, 1)).state == "Lapsed"
	say_of_type("life", never_ends=1)
	asked = standing(profile, on=date(2030, 1, 1))
	assert (asked.state, asked.active_until) == ("Active", None)


def test_a_membership_of_one_person_is_refused_to_a_second():
	_profile, member, _record = make_person()
	make_profile(member=False, membership_doctype="Member", membership_record=member.name)
	with pytest.raises(RuleViolation, match="already linked to another profile"):
		make_profile(member=False, membership_doctype="Member", membership_record=member.name)
