"""Templates that the Desk's forms of a program and an agreement offer, for coordinators."""

import frappe

from mentor_ispe.api.retry import retried
from mentor_ispe.services.desk import starting_points


@frappe.whitelist(methods=["GET", "POST"])
@retried
def program_templates() -> list[dict]:
	"""The programs that a new one can start from."""
	frappe.has_permission("Mentoring Program", "create", throw=True)
	return starting_points.programs()


@frappe.whitelist(methods=["GET", "POST"])
@retried
def program_template(template: str) -> dict:
	"""The values of a new program from this template; nothing is saved."""
	frappe.has_permission("Mentoring Program", "create", throw=True)
	return starting_points.program(template)


@frappe.whitelist(methods=["GET", "POST"])
@retried
def agreement_templates() -> list[dict]:
	"""The texts that a new agreement can start from."""
	frappe.has_permission("Mentoring Agreement", "create", throw=True)
	return starting_points.agreements()
