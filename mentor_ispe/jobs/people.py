"""Every night: who may be known to the site twice, and the end of the time in which a merge can be undone."""

from __future__ import annotations

import frappe

from mentor_ispe.services.members import duplicates, merging


def process_duplicates() -> int:
	"""Bring the list of possible duplicates up to date; returns how many wait for a coordinator."""
	frappe.set_user("Administrator")
	waiting = duplicates.refresh_possible_duplicates()
	frappe.logger("mentor_ispe").info("Possible duplicates: %s", waiting)
	return waiting


def process_merges() -> int:
	"""Forget what was kept for merges that can't be undone any more; returns how many."""
	frappe.set_user("Administrator")
	return merging.forget_old_traces()
