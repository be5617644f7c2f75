"""The nightly job."""

from __future__ import annotations

from dataclasses import asdict

import frappe

from mentor_ispe.services.membership.membership_sweep import sweep


def sweep_memberships(after: str = "") -> dict:
	"""Ask for everybody's membership and act on lapses and renewals; goes on in another job when long."""
	frappe.set_user("Administrator")
	result = sweep(after=after)
	if result.resume_after:
		frappe.enqueue("mentor_ispe.jobs.nightly.sweep_memberships", queue="long", after=result.resume_after)
	frappe.logger("mentor_ispe").info("Membership sweep: %s", asdict(result))
	return asdict(result)
