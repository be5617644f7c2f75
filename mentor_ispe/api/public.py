"""What everyone may see: published programs."""

from __future__ import annotations

import frappe

FIELDS = (
	"name",
	"format",
	"chapter",
	"summary",
	"description",
	"length_months",
	"meet_every",
	"meet_every_unit",
)


@frappe.whitelist(allow_guest=True, methods=["GET"])
def programs() -> list[dict]:
	"""Published programs, by name, in the fields that describe them."""
	return frappe.get_all(
		"Mentoring Program", {"status": "Published"}, list(FIELDS), order_by="program_name asc"
	)
