"""What everyone may know of the programs."""

from __future__ import annotations

import frappe

FIELDS = (
	"name",
	"format",
	"chapter",
	"summary",
	"description",
	"expectations_everyone",
	"expectations_mentors",
	"expectations_mentees",
	"expectations_moderators",
	"contact_email",
	"length_months",
	"meet_every",
	"meet_every_unit",
)


def published() -> list[dict]:
	"""Published programs, by name, in the fields that describe them."""
	return frappe.get_all(
		"Mentoring Program", {"status": "Published"}, list(FIELDS), order_by="program_name asc"
	)
