"""The Email Templates by which a site puts Jinja of its own in place of the app's wording of a mail.

Coordinators word a mail without code (`wordings/`). An Email Template is for what that can't do; only a System
Manager may write one. One for one language is called by the name and the language's code, "Mentoring: Match Proposed
(de)"; whoever has that language set gets it.
"""

from __future__ import annotations

from dataclasses import dataclass

import frappe

from mentor_ispe.mails.default_templates import MAILS, PREFIX, default_templates

DOCTYPE = "Email Template"


@dataclass(frozen=True)
class StandardWording:
	"""Jinja: the app's own, or an Email Template of the site in its place."""

	name: str
	subject: str
	response_html: str


def standard_wording(template: str, language: str | None) -> StandardWording | None:
	"""What a mail says where no coordinator has worded it, in the language, else without one; "de" serves "de-CH" too.

	A System Manager may put an Email Template of the mail's name, "Name (de)" for a language, in place of ours.
	"""
	spoken = [language, language.partition("-")[0]] if language else []
	ours = MAILS[template].wordings if template in MAILS else {}
	for code in [*spoken, ""]:
		name = f"{template} ({code})" if code else template
		if frappe.db.exists("Email Template", name):
			found = frappe.get_cached_doc("Email Template", name)
			return StandardWording(name, found.subject, found.response_)
		# English has no code in the names of Email Templates.
		if code != "en" and (wording := ours.get(code or "en")):
			return StandardWording(name, wording.subject, wording.response_html)
	return None


def delete_unchanged() -> list[str]:
	"""Delete the Email Templates that earlier versions made of every mail and nobody changed; returns their names."""
	wordings = default_templates()
	rows = frappe.get_all(
		DOCTYPE,
		{"name": ("in", list(wordings))},
		["name", "subject", "response_html", "creation", "modified"],
	)
	gone = []
	for row in rows:
		ours = wordings[row.name]
		if row.creation == row.modified or (row.subject, row.response_html) == (
			ours.subject,
			ours.response_html,
		):
			frappe.delete_doc(DOCTYPE, row.name, ignore_permissions=True, force=True)
			gone.append(row.name)
	return gone


def delete_ours() -> None:
	"""Delete the Email Templates of our mails, and their translations."""
	for name in frappe.get_all(DOCTYPE, filters={"name": ("like", f"{PREFIX}%")}, pluck="name"):
		if any(name == ours or name.startswith(f"{ours} (") for ours in MAILS):
			frappe.delete_doc(DOCTYPE, name, ignore_permissions=True, force=True)
