"""The mail job: every few minutes, and soon after something was announced."""

from __future__ import annotations

from dataclasses import asdict

import frappe

from mentor_ispe.mails.sending import flush


def flush_notices() -> dict:
	"""Queue the mails of the notices that are due."""
	frappe.set_user("Administrator")  # whoever's step enqueued this has no say in what the mail shows
	return asdict(flush())
