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

	Names, addresses, chapter and membership types are left to the association; `bring_agreements` gives what the
	template asks people to sign.
	"""
	return {field: value for field, value in _template(key).items() if field not in OF_ITS_OWN}


def bring_agreements(key: str) -> list[dict[str, Any]]:
	"""The agreements that the template asks for: agreement, title, status, required_of.

	Those that this site has under the same title are taken, published ones first. The others are made of the
	template's text, as drafts for the association to read, change and publish.
	"""
	texts, found = read_agreements(), []
	for row in _template(key).get("agreements", ()):
		text = texts[row["agreement"]]
		agreement = _by_title(title_of(text)) or _draft(title_of(text), text["text"].strip())
		found.append({**agreement, "required_of": row["required_of"]})
	return found


def _template(key: str) -> dict[str, Any]:
	values = read_programs().get(key)
	if values is None:
		frappe.throw(_("This template doesn't exist."), exc=RuleViolation)
	return values


def agreements() -> list[dict[str, str]]:
	"""Texts that an agreement can start from, as title and text."""
	return [{"title": title_of(each), "text": each["text"].strip()} for each in read_agreements().values()]


def title_of(agreement: dict[str, str]) -> str:
	"""The title without the note that the text is a demo's."""
	return agreement["title"].removesuffix(" (demo)")


def _by_title(title: str) -> dict[str, Any] | None:
	rows = frappe.get_all(
		"Mentoring Agreement",
		{"title": title, "status": ("in", ("Published", "Draft"))},
		["name as agreement", "title", "status"],
		order_by="status desc, version desc",  # Published before Draft
		limit=1,
	)
	return rows[0] if rows else None


def _draft(title: str, text: str) -> dict[str, Any]:
	doc = frappe.get_doc({"doctype": "Mentoring Agreement", "title": title, "text": text}).insert()
	return {"agreement": doc.name, "title": doc.title, "status": doc.status}
