"""Every night: look after the feedback that was asked for, then ask for what is due."""

from __future__ import annotations

from dataclasses import asdict

import frappe

from mentor_ispe.services.feedback.due import ask_for_feedback
from mentor_ispe.services.feedback.remind import remind


def collect() -> dict:
	"""Remind, call missed and let off; then ask, so that who left a request behind is replaced at once."""
	frappe.set_user("Administrator")
	result = {**asdict(remind()), **asdict(ask_for_feedback())}
	frappe.logger("mentor_ispe").info("Feedback: %s", result)
	return result
