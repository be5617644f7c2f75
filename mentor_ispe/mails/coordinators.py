"""Who is told when something needs a coordinator."""

from __future__ import annotations

from typing import Any

import frappe

from mentor_ispe.mails.keys import make_key
from mentor_ispe.mails.outbox import post

COORDINATOR = "Mentoring Coordinator"


def addresses() -> list[str]:
	"""The coordinators' address from Mentoring Settings, else that of every enabled coordinator."""
	shared = frappe.db.get_single_value("Mentoring Settings", "coordinator_email")
	if shared:
		return [shared]
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	return (
		frappe.qb.from_(user)
		.join(role)
		.on((role.parent == user.name) & (role.parenttype == "User"))
		.select(user.email)
		.where((role.role == COORDINATOR) & (user.enabled == 1) & user.email.notnull())
		.where(user.name.notin(["Administrator", "Guest"]))
		.orderby(user.email)  # PostgreSQL orders distinct rows by what it selects
		.distinct()
	).run(pluck=True)


def tell(
	key: str, template: str, context: dict[str, Any], reference: tuple[str, str] | None = None
) -> list[str]:
	"""Post the occasion `key` to every coordinator; return the addresses that hadn't been told before."""
	return [
		address
		for address in addresses()
		if post(make_key(key, address), template, None, address, context, reference)
	]
