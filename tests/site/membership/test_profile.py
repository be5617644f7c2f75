"""The profile: one for each person, whose address and login only staff decide."""

from __future__ import annotations

from datetime import date

import frappe
import pytest

from mentor_ispe.domain.membership import Period, judge
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership.status import STANDING_FIELDS, store_membership_status
from mentor_ispe.services.members import profiles
from tests.factories import make_profile, make_roll_entry, make_user
from tests.site.membership.records import counted_queries, make_customer, make_member


def roles_of(user: str) -> list[str]:
	return frappe.get_all("Has Role", {"parent": user, "parenttype": "User"}, pluck="role")


def test_the_address_is_kept_in_lower_case():
	assert make_profile(email=" Mara.Lindqvist@Example.ORG ").email == "mara.lindqvist@example.org"


def test_two_profiles_never_share_an_address():
	profile = make_profile()
	with pytest.raises(RuleViolation, match=f"Another profile, {profile.full_name}, uses the address"):
		make_profile(email=profile.email.upper())


def test_two_profiles_never_share_a_login():
	user = make_user()
	profile = make_profile(user=user.name)
	with pytest.raises(RuleViolation, match=f"Another profile, {profile.full_name}, uses the login"):
		make_profile(user=user.name)


@pytest.mark.parametrize("user", ["Guest", "Administrator"])
def test_logins_that_are_nobody_have_no_profile(user):
	with pytest.raises(RuleViolation, match="isn't a person"):
		make_profile(user=user)


def test_the_role_is_given_when_the_login_comes_later_and_only_once():
	user = make_user()
	profile = make_profile()
	profile.user = user.name
	profile.save()
	profile.save()
	assert roles_of(user.name).count("Mentoring Member") == 1


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "UTC", "", None])
def test_a_time_zone_that_exists(zone):
	assert make_profile(time_zone=zone).time_zone == zone


@pytest.mark.parametrize("zone", ["Berlin", "CEST+1", "Europe/Atlantis", "../etc/passwd"])
def test_a_time_zone_that_does_not(zone):
	with pytest.raises(RuleViolation, match="no time zone"):
		make_profile(time_zone=zone)


def test_a_membership_record_must_exist():
	with pytest.raises((RuleViolation, frappe.LinkValidationError)):
		make_profile(membership_doctype="Membership Roll Entry", membership_record="no such number")


def test_one_member_record_is_one_persons():
	entry = make_roll_entry("someone@example.org")
	link = {"membership_doctype": "Membership Roll Entry", "membership_record": entry.name}
	profile = make_profile(**link)
	with pytest.raises(RuleViolation, match=f"already linked to another profile, {profile.full_name}"):
		make_profile(**link)


@pytest.mark.skipif("not __import__('importlib').util.find_spec('erpnext')", reason="ERPNext isn't installed")
def test_several_people_may_belong_to_one_customer():
	link = {"membership_doctype": "Customer", "membership_record": make_customer().name}
	make_profile(**link)
	assert make_profile(**link).name


@pytest.mark.skipif(
	"not __import__('importlib').util.find_spec('non_profit')", reason="Non Profit isn't installed"
)
def test_a_member_of_non_profit_is_linked():
	member = make_member("x@example.org")
	assert make_profile(membership_doctype="Member", membership_record=member.name).membership_record


def test_half_a_link_is_none():
	profile = make_profile(membership_doctype="Member", membership_record=None)
	assert (profile.membership_doctype, profile.membership_record) == (None, None)


def test_nobody_can_write_the_standing_into_a_new_profile():
	profile = make_profile(membership_state="Active", active_until="2099-12-31", membership_reason="trust me")
	profile.reload()
	assert not profile.membership_state
	assert not profile.active_until


def test_nobody_can_write_the_standing_into_a_stored_profile():
	profile = make_profile()
	profile.update({"membership_state": "Active", "active_until": "2099-12-31"})
	profile.save()
	profile.reload()
	assert not profile.membership_state
	assert not profile.active_until


def test_what_the_source_said_survives_a_save():
	profile = make_profile()
	standing = judge([Period(date(2026, 1, 1), date(2027, 1, 1), "", "X", "Y")], date(2026, 6, 1), 0)
	before = frappe.db.get_value("Mentoring Profile", profile.name, "modified")
	assert store_membership_status({profile.name: standing}) == [profile.name]
	assert store_membership_status({profile.name: standing}) == []
	stored = frappe.db.get_value(
		"Mentoring Profile", profile.name, ["modified", *STANDING_FIELDS], as_dict=True
	)
	assert stored.modified == before
	profile.employer = "Elsewhere"
	profile.save()
	profile.reload()
	assert (profile.membership_state, profile.active_until) == ("Active", date(2027, 1, 1))
	assert profile.membership_reason == "Active until 2027-01-01 (X Y)."
	assert profile.membership_checked_on == stored.membership_checked_on


def test_many_standings_are_written_in_a_few_statements():
	standing = judge([], date(2026, 6, 1), 0)
	names = [make_profile(member=False).name for _ in range(30)]
	with counted_queries() as statements:
		assert len(store_membership_status(dict.fromkeys(names, standing))) == 30
	assert len(statements) <= 4


@pytest.fixture
def member():
	"""A profile whose person is signed in."""
	user = make_user()
	profile = make_profile(user=user.name)
	frappe.set_user(user.name)
	return profile


def test_members_change_what_they_say_of_themselves(member):
	profiles.save_own({"employer": "Elsewhere", "time_zone": "Europe/Berlin"})
	assert frappe.db.get_value("Mentoring Profile", member.name, "employer") == "Elsewhere"


@pytest.mark.parametrize("field", ["email", "user"])
def test_members_can_not_become_someone_else(member, field):
	doc = frappe.get_doc("Mentoring Profile", member.name)
	doc.set(field, "president@example.org" if field == "email" else None)
	with pytest.raises((frappe.PermissionError, frappe.LinkValidationError)):
		doc.save()
	with pytest.raises(RuleViolation):
		profiles.save_own({field: "president@example.org"})


def test_members_can_not_link_themselves_to_a_membership(member):
	entry = frappe.get_all("Membership Roll Entry", {"email": ("!=", member.email)}, pluck="name", limit=1)
	theirs = {"membership_doctype": "Membership Roll Entry", "membership_record": (entry or ["x"])[0]}
	with pytest.raises(RuleViolation):
		profiles.save_own(theirs)
	doc = frappe.get_doc("Mentoring Profile", member.name)
	doc.update(theirs)
	with pytest.raises(frappe.PermissionError):
		doc.save()
	stored = frappe.db.get_value(
		"Mentoring Profile", member.name, ["membership_doctype", "membership_record"]
	)
	assert stored == (None, None)


def test_members_can_not_make_a_profile_for_someone_else():
	user = make_user(roles=["Mentoring Member"])
	frappe.set_user(user.name)
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc(
			{"doctype": "Mentoring Profile", "full_name": "X", "email": "president@example.org"}
		).insert()


def test_a_profile_without_a_country_does_not_get_that_of_the_site(monkeypatch):
	monkeypatch.setattr(
		frappe.defaults, "get_defaults", lambda *args, **kwargs: frappe._dict(country="France")
	)
	given = {
		"doctype": "Mentoring Profile",
		"full_name": "No Country",
		"email": f"nowhere-{frappe.generate_hash(length=8)}@example.org",
	}
	assert frappe.new_doc("Mentoring Profile").country == "France"
	assert not frappe.get_doc(given).insert().country
