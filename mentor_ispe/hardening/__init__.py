"""Holes of the platform that somebody with a login, or without one, could use against this site.

One module for each, small enough to be read in a minute. It says which hole it closes, on which version of
Frappe it was seen, and when it can go. Each is hooked in from hooks.py, and each has its attacks as tests in
tests/http/attacks. SECURITY.md lists them all.
"""

from __future__ import annotations

import frappe


def keeps_the_site(user: str | None = None) -> bool:
	"""Whether the user may do anything on this site anyway: a System Manager, or a job of the site's own."""
	user = user or frappe.session.user
	return user == "Administrator" or "System Manager" in frappe.get_roles(user)
