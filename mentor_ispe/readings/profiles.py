"""Whose profile it is, and who somebody is by login."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import frappe
from frappe.utils import cstr

from mentor_ispe.domain import sharing
from mentor_ispe.domain.profile_fields import LIST, OWN_FIELDS


def profile_of(user: str) -> str | None:
	"""Name of the profile whose login is `user`, None when there is none."""
	return frappe.db.get_value("Mentoring Profile", {"user": user}, "name")


def names_of(profiles: Iterable[str | None]) -> dict[str, str]:
	"""What these people are called, in the order of their names; one query."""
	wanted = sorted({name for name in profiles if name})
	rows = frappe.get_all(
		"Mentoring Profile", {"name": ("in", wanted or [""])}, ["name", "full_name"], order_by="full_name"
	)
	return {row.name: cstr(row.full_name) for row in rows}


def shared_emails(profiles: Collection[str]) -> dict[str, str]:
	"""The addresses of those who show them to their groups; one query."""
	filters = {"name": ("in", sorted(profiles) or [""]), "email": ("!=", "")}
	rows = frappe.get_all("Mentoring Profile", filters, ["name", "email", "show_email"])
	return {row.name: row.email for row in rows if sharing.is_shown("email", row.show_email, sharing.GROUP)}


def own_values(profile: str) -> dict[str, Any]:
	"""What the person says of themselves: OWN_FIELDS with their values, lists as lists."""
	doc = frappe.get_doc("Mentoring Profile", profile)
	return {
		field.name: [row.get(field.row) for row in doc.get(field.name)]
		if field.kind == LIST
		else doc.get(field.name)
		for field in OWN_FIELDS
	}


def names_of_users(users: Iterable[str | None]) -> dict[str, str]:
	"""The names of people of the group, or of the staff, by login; none for a job. Two queries."""
	wanted = sorted({user for user in users if user} - {"Guest", "Administrator"})
	if not wanted:
		return {}
	staff = frappe.get_all("User", {"name": ("in", wanted)}, ["name", "full_name"])
	members = frappe.get_all("Mentoring Profile", {"user": ("in", wanted)}, ["user as name", "full_name"])
	return {row.name: cstr(row.full_name) for row in (*staff, *members)}
