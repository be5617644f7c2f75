"""What the association knows of a person already, for the profile of somebody who hasn't one yet."""

from __future__ import annotations

from typing import Any

import frappe

from mentor_ispe.membership.base import fold

ROLL, MEMBER, CONTACT, ADDRESS = "Membership Roll Entry", "Member", "Contact", "Address"


def start(user: str) -> dict[str, Any]:
	"""Fields of a profile from the login, the membership record and the contact; what isn't known is left out."""
	login = frappe.db.get_value(
		"User", user, ["email", "full_name", "time_zone", "language", "location"], as_dict=True
	)
	email = fold(login.email)
	known = {
		"full_name": _name_on_record(email) or login.full_name,
		"time_zone": login.time_zone,
		"city": login.location,
		"languages": [login.language] if login.language else [],
	}
	known.update(_contact(email))
	return {field: value for field, value in known.items() if value}


def _name_on_record(email: str) -> str | None:
	found = frappe.get_all(ROLL, {"email": email}, pluck="full_name", order_by="from_date desc", limit=1)
	if not found and frappe.db.exists("DocType", MEMBER, cache=True):
		found = frappe.get_all(MEMBER, {"email_id": email}, pluck="member_name", limit=1)
	return found[0] if found else None


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
