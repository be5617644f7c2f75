"""The nightly look at recertification credit."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import frappe

from mentor_ispe.services.credit.watch import watch


def watch_credit(on: date | None = None) -> dict:
	"""Tell mentors and coordinators of the credit rules that got into trouble by the day `on`."""
	frappe.set_user("Administrator")
	result = asdict(watch(on))
	frappe.logger("mentor_ispe").info("Credit: %s", result)
	return result
