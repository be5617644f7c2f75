"""Coordinators landed on the first workspace of the site."""

from __future__ import annotations

import frappe

from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.desk.landing import set_start


def execute() -> None:
	"""Let those who start nowhere in particular start on ours; the same again when it runs twice."""
	holders = frappe.get_all(
		"Has Role", {"role": COORDINATOR, "parenttype": "User"}, pluck="parent", distinct=True, order_by=None
	)
	for name in holders:
		user = frappe.get_doc("User", name)
		if chosen := set_start(user):
			user.db_set(chosen, update_modified=False)
