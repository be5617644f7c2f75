"""Whose profile it is."""

from __future__ import annotations

import frappe


def profile_of(user: str) -> str | None:
	"""Name of the profile whose login is `user`, None when there is none."""
	return frappe.db.get_value("Mentoring Profile", {"user": user}, "name")
