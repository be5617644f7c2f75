"""Mails: every few minutes those that are due; every day the committees' reports and the coordinators' week."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import frappe

from mentor_ispe.concurrency.retries import RETRYABLE_ERRORS, for_each_in_transaction
from mentor_ispe.mails.push import delivery
from mentor_ispe.mails.sending import flush
from mentor_ispe.reports.committee import commands
from mentor_ispe.services.committee import archive
from mentor_ispe.services.desk import worklist


def flush_notices() -> dict:
	"""Queue the mails of the notices that are due, and write down how far the committees' reports came."""
	frappe.set_user("Administrator")  # whoever's step enqueued this has no say in what the mail shows
	done = flush()
	for_each_in_transaction(
		archive.REPORT,
		archive.undelivered(),
		archive.store_delivery,
		"Mentoring: what became of a report's mails couldn't be written down",
	)
	return asdict(done)


def send_notification(profile: str, title: str, line: str, path: str, name: str) -> dict:
	"""Tell somebody on their devices of the mail called `name`; returns how many were sent, gone and failed."""
	frappe.set_user("Administrator")
	done = delivery.send(profile, {"title": title, "line": line, "path": path, "name": name})
	frappe.db.commit()
	return done


def process_committee_reports(on: date | None = None) -> list[str]:
	"""Send the reports that are due on the day; returns the programs whose committee is told.

	Killed and run again, or run twice at once, it tells nobody twice.
	"""
	frappe.set_user("Administrator")
	frappe.db.commit()  # see what others have committed by now
	return for_each_in_transaction(
		commands.PROGRAM,
		commands.programs_with_a_rhythm(),
		lambda program: _report(program, on),
		"Mentoring: a report to the committee couldn't be sent",
	)


def process_weekly_digest(on: date | None = None) -> int:
	"""Tell the coordinators what waits for them, once a week where the settings say so; returns how many."""
	frappe.set_user("Administrator")
	told = worklist.send_weekly_digest(on)
	frappe.db.commit()
	return told


def _report(program: str, on: date | None) -> str | None:
	"""One program's mistake keeps no other committee from its report."""
	try:
		return commands.send_due(program, on)
	except (*RETRYABLE_ERRORS, frappe.ValidationError):
		raise
	except Exception as error:
		raise frappe.ValidationError(f"{type(error).__name__}: {error}") from error
