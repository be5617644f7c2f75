"""The mails' names and first wording; staff edit the Email Templates, we never overwrite them.

Each name below is an Email Template on the site. What the template may use is listed here too;
`recipient_name`, `portal_url` and `site_name` are there in every mail. A template for one language is
called by the name and the language's code, "Mentoring: Match Proposed (de)"; whoever has that
language set gets it, everyone else the one without a code.
"""

from __future__ import annotations

from pathlib import Path

import frappe

from mentor_ispe.mails.templates import (
	applications,
	calendar,
	charter,
	concerns,
	credit,
	endings,
	extension,
	feedback,
	matches,
	memberships,
	moderators,
	sessions,
	speakers,
	waiting,
	workshops,
)
from mentor_ispe.mails.templates.wording import Wording

FILES = Path(__file__).parents[1] / "wording"
PREFIX = "Mentoring: "

TEMPLATES: dict[str, Wording] = {
	**applications.TEMPLATES,
	**calendar.TEMPLATES,
	**charter.TEMPLATES,
	**concerns.TEMPLATES,
	**credit.TEMPLATES,
	**endings.TEMPLATES,
	**extension.TEMPLATES,
	**feedback.TEMPLATES,
	**matches.TEMPLATES,
	**memberships.TEMPLATES,
	**moderators.TEMPLATES,
	**sessions.TEMPLATES,
	**speakers.TEMPLATES,
	**waiting.TEMPLATES,
	**workshops.TEMPLATES,
}


def create_missing() -> list[str]:
	"""Create the Email Templates that aren't there and return their names; touch no other."""
	there = set(frappe.get_all("Email Template", filters={"name": ("in", list(TEMPLATES))}, pluck="name"))
	missing = [name for name in TEMPLATES if name not in there]
	for name in missing:
		frappe.get_doc(
			{
				"doctype": "Email Template",
				"name": name,
				"subject": TEMPLATES[name].subject,
				"use_html": 1,
				"response_html": (FILES / TEMPLATES[name].file).read_text(encoding="utf-8"),
			}
		).insert(ignore_permissions=True)
	return missing


def delete_ours() -> None:
	"""Delete our Email Templates, edited or not, and their translations."""
	for name in frappe.get_all("Email Template", filters={"name": ("like", f"{PREFIX}%")}, pluck="name"):
		if any(name == ours or name.startswith(f"{ours} (") for ours in TEMPLATES):
			frappe.delete_doc("Email Template", name, ignore_permissions=True, force=True)
