"""One transaction is one act: what belongs together is found by its name."""

from __future__ import annotations

import frappe

_NAME = "mentoring_act"


def current_act() -> str:
	"""The name of what this transaction does; the next one has another."""
	if not frappe.flags.get(_NAME):
		frappe.flags[_NAME] = frappe.generate_hash(length=10)
		frappe.db.after_commit.add(end_act)
		frappe.db.after_rollback.add(end_act)
	return frappe.flags[_NAME]


def end_act() -> None:
	"""What follows is another act."""
	frappe.flags.pop(_NAME, None)
