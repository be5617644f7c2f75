"""Where a member lands after signing in, when Mentoring Settings says so; called by Frappe.

Frappe asks the user's roles and Portal Settings before, and only the last app that has such a function: what another
app would say goes before ours.
"""

from __future__ import annotations

import frappe
from frappe.utils import cint

from mentor_ispe.roles import MEMBER

HOOK, OURS = "get_website_user_home_page", "mentor_ispe.portal.landing.home_page"


def home_page(user: str) -> str | None:
	"""The path without its first slash, None where it isn't ours to say."""
	return _of_another_app(user) or ("mentoring" if lands_here(user) else None)


def lands_here(user: str) -> bool:
	"""Whether this is a member, without work in the Desk, of an association that wants it so."""
	if user == "Guest" or not cint(frappe.db.get_single_value("Mentoring Settings", "members_land_here")):
		return False
	if frappe.get_cached_value("User", user, "user_type") != "Website User":
		return False
	roles = frappe.get_roles(user)
	return MEMBER in roles and not set(frappe.get_hooks("role_home_page") or ()) & set(roles)


def _of_another_app(user: str) -> str | None:
	others = [path for path in frappe.get_hooks(HOOK) if path != OURS]
	if others:
		return frappe.get_attr(others[-1])(user)
	fixed = frappe.get_hooks("website_user_home_page")
	return fixed[-1] if fixed else None
