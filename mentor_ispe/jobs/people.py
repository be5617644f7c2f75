"""Every night: who may be known to the site twice."""

from __future__ import annotations

import frappe

from mentor_ispe.services.members import duplicates


def process_duplicates() -> int:
	"""Bring the list of possible duplicates up to date; returns how many wait for a coordinator."""
	frappe.set_user("Administrator")
	waiting = duplicates.refresh_possible_duplicates()
	frappe.logger("mentor_ispe").info("Possible duplicates: %s", waiting)
	return waiting
