"""Someone whom the association knows signs up for a login later."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.readings.profiles import profile_of
from mentor_ispe.services.members import profiles
from tests import factories as make


@pytest.fixture
def waiting():
	"""A profile that the association keeps and nobody has signed in to."""
	return make.make_profile(member=False, email=f"later-{frappe.generate_hash(length=8)}@example.org")


def sign_in(user: str) -> None:
	"""What Frappe calls once a session is made."""
	for hook in frappe.get_hooks("on_session_creation"):
		frappe.call(hook, login_manager=frappe._dict(user=user))


def test_an_unconfirmed_login_is_not_linked(waiting):
	user = make.make_user(email=waiting.email)
	waiting.reload()
	waiting.save()
	assert profile_of(user.name) is None


def test_whoever_signs_in_gets_the_profile_kept_under_their_address(waiting):
	user = make.make_user(email=waiting.email)
	sign_in(user.name)
	assert profile_of(user.name) == waiting.name
	assert "Mentoring Member" in frappe.get_roles(user.name)


def test_a_second_profile_is_never_given_to_a_login_that_has_one(waiting):
	user = make.make_user(email=waiting.email)
	own = make.make_profile(user=user.name)
	sign_in(user.name)
	assert profile_of(user.name) == own.name
	assert not frappe.db.get_value("Mentoring Profile", waiting.name, "user")


def test_a_profile_that_can_not_be_linked_keeps_nobody_from_signing_in(waiting):
	frappe.db.set_value("Mentoring Profile", waiting.name, "time_zone", "Europe/Atlantis")
	user = make.make_user(email=waiting.email)
	sign_in(user.name)
	assert profile_of(user.name) is None
	assert frappe.db.exists("Error Log", {"method": ("like", "%login couldn't be linked%")})


def test_filling_in_the_profile_finds_the_one_that_waits(waiting):
	user = make.make_user(email=waiting.email)
	frappe.set_user(user.name)
	assert profiles.save_own({"employer": "Elsewhere"}).name == waiting.name
	assert profile_of(user.name) == waiting.name


def test_a_person_claims_no_address_but_the_one_of_their_login(waiting):
	user = make.make_user()
	frappe.db.set_value("User", user.name, "email", waiting.email)
	frappe.set_user(user.name)
	assert profiles.save_own({"employer": "Elsewhere"}).email == user.name


def test_a_person_is_not_told_whose_address_theirs_is():
	user = make.make_user()
	other = make.make_profile(email=user.name, user=make.make_user().name)
	frappe.set_user(user.name)
	with pytest.raises(frappe.ValidationError) as refused:
		profiles.save_own({"employer": "Elsewhere"})
	assert other.full_name not in str(refused.value)
	assert "write to your coordinator" in str(refused.value)


def test_a_member_does_not_choose_a_chapter():
	profile = make.make_profile(user=make.make_user().name, chapter="Boston")
	frappe.set_user(profile.user)
	with pytest.raises(frappe.ValidationError):
		profiles.save_own({"chapter": "Nordic"})
	assert frappe.db.get_value("Mentoring Profile", profile.name, "chapter") == "Boston"
