"""Where a coordinator starts after signing in."""

from __future__ import annotations

import frappe
from frappe.auth import LoginManager

from mentor_ispe.patches import start_with_mentoring
from mentor_ispe.roles import COMMITTEE, COORDINATOR
from mentor_ispe.services.desk.landing import STARTS, clear_starts
from tests import factories as make

NOWHERE = dict.fromkeys(STARTS)


def starts(user: str) -> dict[str, str | None]:
	return {field: frappe.db.get_value("User", user, field) or None for field in STARTS}


def make_staff(*roles: str, **values) -> str:
	return make.make_user(roles=roles, user_type="System User", **values).name


def test_who_becomes_a_coordinator_starts_on_our_workspace(site):
	user = make_staff(COMMITTEE)
	assert starts(user) == NOWHERE
	frappe.get_doc("User", user).add_roles(COORDINATOR)
	assert starts(user) == STARTS
	manager = LoginManager.__new__(LoginManager)
	manager.user, frappe.local.response = user, frappe._dict()
	frappe.local.cookie_manager = frappe.auth.CookieManager()
	manager.get_user_info()
	manager.set_user_info()
	assert frappe.local.response["home_page"].endswith("/mentoring")


def test_what_somebody_chose_stays_and_is_not_set_again(site):
	user = make_staff(COORDINATOR, default_workspace="Users")
	assert starts(user)["default_workspace"] == "Users"
	doc = frappe.get_doc("User", user)
	doc.update(NOWHERE)
	doc.save()
	doc.bio = "Back to the first workspace of the site"
	doc.save()
	assert starts(user) == NOWHERE


def test_coordinators_of_before_are_set_once_and_all_are_cleared(site):
	theirs, chosen, other = make_staff(COORDINATOR), make_staff(COORDINATOR), make_staff(COMMITTEE)
	for user in (theirs, chosen):
		frappe.db.set_value("User", user, {**NOWHERE})
	frappe.db.set_value("User", chosen, "default_workspace", "Users")
	for _twice in range(2):
		start_with_mentoring.execute()
		assert starts(theirs) == STARTS
		assert starts(chosen)["default_workspace"] == "Users"
		assert starts(other) == NOWHERE
	clear_starts()
	assert starts(theirs) == NOWHERE
	assert starts(chosen)["default_workspace"] == "Users"
