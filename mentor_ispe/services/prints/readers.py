"""Who may print what: coordinators everything, a person their own certificate and the roster of their group."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.services.groups.group_people import seat_in
from mentor_ispe.services.members.profiles import profile_of
from mentor_ispe.setup.roles import COORDINATOR

SEATS_WITH_ROSTER = ("Accepted", "Active", "Suspended", "Completed")


def is_coordinator() -> bool:
	"""Whether the user may print for others."""
	user = frappe.session.user
	return user == "Administrator" or bool({COORDINATOR, "System Manager"} & set(frappe.get_roles(user)))


def require_coordinator() -> None:
	"""Refuse everyone but the coordinators, the committee too."""
	if not is_coordinator():
		raise frappe.PermissionError(_("What is printed for a whole cycle is for the coordinators."))


def require_own_part(profile: str | None) -> None:
	"""Refuse everyone but the coordinators and the person with this profile."""
	if is_coordinator():
		return
	if not profile or _own_profile() != profile:
		raise frappe.PermissionError(_("A certificate is for the person it names and the coordinators."))


def require_own_group(group: str) -> None:
	"""Refuse everyone but the coordinators and those who have a place in the group."""
	if is_coordinator():
		return
	profile = _own_profile()
	seat = seat_in(group, profile) if profile else None
	if seat is None or seat.status not in SEATS_WITH_ROSTER or not _announced(group):
		raise frappe.PermissionError(_("A roster is for the people in the group and the coordinators."))


def _announced(group: str) -> bool:
	shown_from = frappe.db.get_value("Mentoring Group", group, "announce_on")
	return not shown_from or shown_from <= frappe.utils.now_datetime()


def _own_profile() -> str | None:
	return profile_of(frappe.session.user) if frappe.session.user != "Guest" else None
