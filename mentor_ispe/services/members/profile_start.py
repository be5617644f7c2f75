"""What the association knows of a person already, for the profile of somebody who hasn't one yet."""

from __future__ import annotations

from typing import Any

import frappe

from mentor_ispe.membership.base import fold
from mentor_ispe.membership.registry import name_on_record

CONTACT, ADDRESS = "Contact", "Address"


def start(user: str) -> dict[str, Any]:
	"""Fields of a profile from the login, the membership record and the contact; what isn't known is left out."""
	login = frappe.db.get_value(
		"User", user, ["email", "full_name", "time_zone", "language", "location"], as_dict=True
	)
	email = fold(login.email)
	known = {
		"full_name": name_on_record(email) or login.full_name,
		"time_zone": login.time_zone,
		"city": login.location,
		"languages": [login.language] if login.language else [],
	}
	known.update(_contact(email))
	return {field: value for field, value in known.items() if value}


def _contact(email: str) -> dict[str, Any]:
	rows = frappe.get_all(
		CONTACT,
		{"email_id": email},
		["company_name", "designation", "address"],
		order_by="modified desc",
		limit=1,
	)
	if not rows:
		return {}
	known = {"employer": rows[0].company_name, "job_title": rows[0].designation}
	if rows[0].address:
		place = frappe.db.get_value(ADDRESS, rows[0].address, ["city", "country"], as_dict=True)
		known.update(place or {})
	return {field: value for field, value in known.items() if value}
