"""Someone whom the association knows signs up for a login later."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.services.members import profiles
from tests import factories as make


def test_a_new_login_gets_the_profile_kept_under_its_address():
	profile = make.make_profile(member=False, email=f"later-{frappe.generate_hash(length=8)}@example.org")
	user = make.make_user(email=profile.email)
	assert profiles.profile_of(user.name) == profile.name
	assert "Mentoring Member" in frappe.get_roles(user.name)


def test_a_member_does_not_choose_a_chapter():
	profile = make.make_profile(user=make.make_user().name, chapter="Boston")
	frappe.set_user(profile.user)
	with pytest.raises(frappe.ValidationError):
		profiles.save_own({"chapter": "Nordic"})
	assert frappe.db.get_value("Mentoring Profile", profile.name, "chapter") == "Boston"
