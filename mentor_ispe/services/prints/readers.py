"""Who may print what: coordinators everything, a person their own certificate and the roster of their group."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.permissions.gate import SHARED, holds_seat, is_coordinator, signed_in_profile


def require_coordinator() -> None:
	"""Refuse everyone but the coordinators, the committee too."""
	if not is_coordinator():
		raise frappe.PermissionError(_("What is printed for a whole cycle is for the coordinators."))


def require_own_part(profile: str | None) -> None:
	"""Refuse everyone but the coordinators and the person with this profile."""
	if is_coordinator():
		return
	if not profile or signed_in_profile() != profile:
		raise frappe.PermissionError(_("A certificate is for the person it names and the coordinators."))


def require_own_group(group: str) -> None:
	"""Refuse everyone but the coordinators and those who have a place in the group."""
	if not is_coordinator() and not _has_place(group):
		raise frappe.PermissionError(_("A roster is for the people in the group and the coordinators."))


def _has_place(group: str) -> bool:
	profile = signed_in_profile()
	return bool(profile) and holds_seat(group, profile, SHARED)
