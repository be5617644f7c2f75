"""Every night: how groups are doing, the feedback that is asked of their people, and the credit they earn."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import frappe

from mentor_ispe.services.credit.watch import watch
from mentor_ispe.services.feedback.asking import ask_for_feedback
from mentor_ispe.services.feedback.reminding import remind
from mentor_ispe.services.health.health import check_all


def process_feedback() -> dict:
	"""Remind, call missed and let off; then ask, so that who left a request behind is replaced at once."""
	frappe.set_user("Administrator")
	return _logged("Feedback", {**asdict(remind()), **asdict(ask_for_feedback())})


def process_health() -> dict:
	"""Work out the health of the groups and call the coordinators to those that need them."""
	frappe.set_user("Administrator")
	return _logged("Health of groups", asdict(check_all()))


def process_credit(on: date | None = None) -> dict:
	"""Tell mentors and coordinators of the credit rules that got into trouble by the day `on`."""
	frappe.set_user("Administrator")
	return _logged("Credit", asdict(watch(on)))


def _logged(what: str, result: dict) -> dict:
	frappe.logger("mentor_ispe").info("%s: %s", what, result)
	return result
