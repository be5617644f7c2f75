"""Every night: everybody's membership."""

from __future__ import annotations

from dataclasses import asdict

import frappe

from mentor_ispe.services.membership.commands import sweep


def process_memberships(after: str = "") -> dict:
	"""Ask for everybody's membership and act on lapses and renewals; goes on in another job when long."""
	frappe.set_user("Administrator")
	result = sweep(after=after)
	if result.resume_after:
		frappe.enqueue(
			"mentor_ispe.jobs.membership.process_memberships", queue="long", after=result.resume_after
		)
	frappe.logger("mentor_ispe").info("Membership sweep: %s", asdict(result))
	return asdict(result)
