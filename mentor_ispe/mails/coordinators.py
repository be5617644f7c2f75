"""Who is told when something needs a coordinator."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import frappe

from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails.outbox import enqueue
from mentor_ispe.permissions import conflict_of_interest

COORDINATOR, SYSTEM_MANAGER = "Mentoring Coordinator", "System Manager"


def addresses() -> list[str]:
	"""The coordinators' address from Mentoring Settings, else that of every enabled coordinator."""
	shared = frappe.db.get_single_value("Mentoring Settings", "coordinator_email")
	return [shared] if shared else addresses_with(COORDINATOR)


def addresses_about(groups: Iterable[str]) -> dict[str, list[str]]:
	"""For each group the addresses of those coordinators who aren't in it; of system managers where there are none.

	The association's own address, where it has one, is told of every group.
	"""
	names = list(groups)
	shared = frappe.db.get_single_value("Mentoring Settings", "coordinator_email")
	if shared or not names:
		return {name: [shared] for name in names}
	everybody = set(addresses_with(COORDINATOR))
	found = {}
	for name, party in conflict_of_interest.logins_in(names).items():
		if party.isdisjoint(everybody) and everybody:
			found[name] = sorted(everybody)
		else:
			found[name] = addresses_with(COORDINATOR, party) or addresses_with(SYSTEM_MANAGER, party)
	return found


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


def notify(
	key: str,
	template: str,
	context: dict[str, Any],
	reference: tuple[str, str] | None = None,
) -> list[str]:
	"""Announce the occasion `key` to every coordinator; return the addresses that hadn't been told before.

	Of a record of a group only those are told who aren't in it.
	"""
	group = conflict_of_interest.group_of(*reference) if reference else None
	return [
		address
		for address in (addresses_about([group])[group] if group else addresses())
		if enqueue(make_key(key, address), template, None, address, context, reference)
	]
