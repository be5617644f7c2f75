"""A person's mentoring, shown on the forms of the apps that keep the members."""

from __future__ import annotations

from typing import Any

from frappe import _

PROFILE = "Mentoring Profile"


def member(data: dict[str, Any]) -> dict[str, Any]:
	"""Non Profit's Member."""
	return _with_profile_of_membership_record(data, "Member")


def customer(data: dict[str, Any]) -> dict[str, Any]:
	"""ERPNext's Customer."""
	return _with_profile_of_membership_record(data, "Customer")


def contact(data: dict[str, Any]) -> dict[str, Any]:
	"""Frappe's Contact."""
	return _with_profile(data, "contact")


def _with_profile_of_membership_record(data: dict[str, Any], doctype: str) -> dict[str, Any]:
	dynamic_links = {
		**(data.get("dynamic_links") or {}),
		"membership_record": [doctype, "membership_doctype"],
	}
	return _with_profile({**data, "dynamic_links": dynamic_links}, "membership_record")


def _with_profile(data: dict[str, Any], fieldname: str) -> dict[str, Any]:
	return {
		**data,
		"fieldname": data.get("fieldname") or fieldname,
		"non_standard_fieldnames": {**(data.get("non_standard_fieldnames") or {}), PROFILE: fieldname},
		"transactions": [*(data.get("transactions") or []), {"label": _("Mentoring"), "items": [PROFILE]}],
	}
