"""Who is in a group."""

from __future__ import annotations

from collections.abc import Collection

import frappe


def people_of(group: str, statuses: Collection[str] | None = None) -> list[str]:
	"""Profiles in the group, the mentor first; only seats in `statuses` when these are given."""
	mentor, mentor_status = frappe.db.get_value("Mentoring Group", group, ["mentor", "mentor_status"]) or (
		None,
		None,
	)
	people = []
	if mentor and (statuses is None or mentor_status in statuses):
		people.append(frappe.db.get_value("Mentor", mentor, "profile"))
	filters: dict = {"parent": group, "parenttype": "Mentoring Group"}
	if statuses is not None:
		filters["status"] = ("in", list(statuses))
	people += frappe.get_all("Mentoring Group Member", filters, pluck="profile", order_by="idx")
	return list(dict.fromkeys(people))
