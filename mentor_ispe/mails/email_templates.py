"""The Email Templates of the site: made from the app's own wording, never over what staff wrote.

A template for one language is called by the name and the language's code, "Mentoring: Match Proposed (de)";
whoever has that language set gets it, everyone else the one without a code.
"""

from __future__ import annotations

from dataclasses import asdict

import frappe

from mentor_ispe.mails.default_templates import MAILS, PREFIX, default_templates


def create_missing() -> list[str]:
	"""Create the Email Templates that aren't there and return their names.

	One that nobody has touched since follows the app's own wording; what staff wrote stays.
	"""
	wordings = default_templates()
	there = {
		row.name: row
		for row in frappe.get_all(
			"Email Template",
			filters={"name": ("in", list(wordings))},
			fields=["name", "subject", "response_html", "creation", "modified"],
		)
	}
	for name, row in there.items():
		new = wordings[name]
		if row.creation == row.modified and (row.subject, row.response_html) != (
			new.subject,
			new.response_html,
		):
			frappe.db.set_value("Email Template", name, asdict(new), update_modified=False)
	missing = [name for name in wordings if name not in there]
	for name in missing:
		frappe.get_doc(
			{"doctype": "Email Template", "name": name, "use_html": 1, **asdict(wordings[name])}
		).insert(ignore_permissions=True)
	return missing


def delete_ours() -> None:
	"""Delete our Email Templates, edited or not, and their translations."""
	for name in frappe.get_all("Email Template", filters={"name": ("like", f"{PREFIX}%")}, pluck="name"):
		if any(name == ours or name.startswith(f"{ours} (") for ours in MAILS):
			frappe.delete_doc("Email Template", name, ignore_permissions=True, force=True)
