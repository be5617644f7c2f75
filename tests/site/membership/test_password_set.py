"""A member hears of it when somebody else sets their password."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.mails.default_templates.members import SIGN_IN_CHANGED
from tests import factories as make

PASSWORD = "once-upon-a-time-7"


@pytest.fixture
def member(site) -> tuple[str, str]:
	user = make.make_user(roles=["Mentoring Member"]).name
	return make.make_profile(email=user, user=user).name, user


def told(profile: str) -> list[str]:
	return frappe.get_all(
		"Mentoring Notice", {"template": SIGN_IN_CHANGED, "profile": profile}, pluck="context"
	)


@pytest.mark.parametrize("values", [{"new_password": PASSWORD}, {"reset_password_key": "0" * 64}])
def test_a_system_manager_sets_a_members_password_or_the_key_to_it(member, values):
	profile, user = member
	frappe.set_user(make.make_user(user_type="System User", roles=["System Manager"], first_name="Sam").name)
	frappe.get_doc("User", user).update(values).save()
	(context,) = told(profile)
	assert "Sam" in context
	assert PASSWORD not in context


def test_a_member_sets_their_own_and_others_change_something_else(member):
	profile, user = member
	frappe.get_doc("User", user).update({"bio": "New"}).save()
	frappe.set_user(user)
	frappe.get_doc("User", user).update({"new_password": PASSWORD}).save()
	assert not told(profile)
