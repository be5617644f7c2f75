"""Every night: private words that were kept for long enough are deleted, and those announced that soon will be."""

from __future__ import annotations

from functools import partial

import frappe

from mentor_ispe.clock import today
from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.services.retention import commands


def process_retention() -> int:
	"""Delete what is due, batch by batch, then announce what comes; returns how many records lost their words."""
	frappe.set_user("Administrator")
	day, deleted = today(), 0
	for name in commands.due(day):
		while count := run_in_transaction(partial(commands.delete_batch, name, day)):
			deleted += count
	run_in_transaction(partial(commands.announce, day))
	return deleted
