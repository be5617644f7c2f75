"""Every night: the health of the groups."""

from __future__ import annotations

from dataclasses import asdict

import frappe

from mentor_ispe.services.health.health import check_all


def check_groups() -> dict:
	"""Work out the health of the groups and call the coordinators to those that need them."""
	frappe.set_user("Administrator")
	result = asdict(check_all())
	frappe.logger("mentor_ispe").info("Health of groups: %s", result)
	return result
