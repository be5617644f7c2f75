"""Who is told when something needs a coordinator."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import frappe

from mentor_ispe.mails.keys import make_key
from mentor_ispe.mails.outbox import post

COORDINATOR = "Mentoring Coordinator"


def addresses() -> list[str]:
	"""The coordinators' address from Mentoring Settings, else that of every enabled coordinator."""
	shared = frappe.db.get_single_value("Mentoring Settings", "coordinator_email")
	return [shared] if shared else addresses_with(COORDINATOR)


def addresses_with(wanted: str, but_not: Collection[str] = ()) -> list[str]:
	"""The addresses of enabled users with this role, without the logins `but_not`."""
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	return (
		frappe.qb.from_(user)
		.join(role)
		.on((role.parent == user.name) & (role.parenttype == "User"))
		.select(user.email)
		.where((role.role == wanted) & (user.enabled == 1) & user.email.notnull())
		.where(user.name.notin(["Administrator", "Guest", *but_not]))
		.orderby(user.email)  # PostgreSQL orders distinct rows by what it selects
		.distinct()
	).run(pluck=True)


def tell(
	key: str,
	template: str,
	context: dict[str, Any],
	reference: tuple[str, str] | None = None,
	to: Iterable[str] | None = None,
) -> list[str]:
	"""Post the occasion `key` to every coordinator; return the addresses that hadn't been told before.

	`to` are the addresses, where these aren't everyone's.
	"""
	return [
		address
		for address in (addresses() if to is None else to)
		if post(make_key(key, address), template, None, address, context, reference)
	]
