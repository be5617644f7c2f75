"""What a new association starts from: the rules of five real programs and texts to sign, without their people."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.program_templates import read_agreements, read_programs

# What belongs to the association it was written for.
OF_ITS_OWN = (
	"program_name",
	"contact_email",
	"mail_signature",
	"chapter",
	"recipients",
	"membership_types",
	"agreements",
)


def programs() -> list[dict[str, Any]]:
	"""The templates with what tells them apart: key, title, format, summary, length_months."""
	return [
		{
			"key": key,
			"title": values["program_name"],
			**{field: values.get(field) for field in ("format", "summary", "length_months")},
		}
		for key, values in read_programs().items()
	]


def program(key: str) -> dict[str, Any]:
	"""The values of a new Mentoring Program from this template, to be looked at before they are saved.

	Names, addresses, chapter and membership types are left to the association. Of the agreements that the
	template asks for, those that this site has published under the same title are taken over.
	"""
	values = read_programs().get(key)
	if values is None:
		frappe.throw(_("This template doesn't exist."), exc=RuleViolation)
	found = {field: value for field, value in values.items() if field not in OF_ITS_OWN}
	found["agreements"] = _published(values.get("agreements", ()))
	return found


def agreements() -> list[dict[str, str]]:
	"""Texts that an agreement can start from, as title and text."""
	return [{"title": title_of(each), "text": each["text"].strip()} for each in read_agreements().values()]


def title_of(agreement: dict[str, str]) -> str:
	"""The title without the note that the text is a demo's."""
	return agreement["title"].removesuffix(" (demo)")


def _published(rows: list[dict[str, str]] | tuple) -> list[dict[str, str]]:
	texts = read_agreements()
	titles = {title_of(texts[row["agreement"]]): row["required_of"] for row in rows}
	if not titles:
		return []
	return [
		{"agreement": each.name, "required_of": titles[each.title]}
		for each in frappe.get_all(
			"Mentoring Agreement",
			{"title": ("in", list(titles)), "status": "Published"},
			["name", "title"],
			order_by="title",
		)
	]
