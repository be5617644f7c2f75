"""A request of somebody's browser, in this process."""

from __future__ import annotations

from types import SimpleNamespace

import frappe


def sign_in(user: str) -> None:
	"""Be `user` as Frappe leaves it for a request whose cookie it resumed a session of theirs from."""
	frappe.set_user(user)
	if user != "Guest":
		frappe.local.session_obj = SimpleNamespace(user=user, sid="of a cookie")
		frappe.session.update({"sid": "of a cookie", "data": frappe._dict(user=user)})
