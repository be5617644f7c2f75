"""Who may be known to the site twice, the end of the time in which a merge can be undone, who is to be erased."""

from __future__ import annotations

import frappe

from mentor_ispe.concurrency.retries import for_each_in_transaction
from mentor_ispe.services.erasure import by_staff
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
	merging.collect_late_rows()
	return merging.forget_old_traces()


def process_erasures() -> int:
	"""Erase those whom staff asked to have erased; as soon as asked, and in the night what was left."""
	frappe.set_user("Administrator")
	done = for_each_in_transaction(
		by_staff.ERASURE, by_staff.waiting(), by_staff.carry_out, "Mentoring: somebody couldn't be erased"
	)
	return len(done)
