"""The made-up association of the reports, with a committee that is told every two months."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe

from mentor_ispe.roles import COMMITTEE
from tests.site.permissions.records import make_user
from tests.site.reports.world import World

REPORT = "Mentoring Committee Report"
SECRETS = (
	"He is never there.",
	"He shouts at me.",
	"Tell us how you were fired.",
	"Ask for a raise",
	"It helps me.",
	"Not Working",
	"No meeting for long.",
)
"""Words of the made-up records that no committee reads; feedback to a group is for the group."""


def make_committee_member(**values: Any) -> str:
	return make_user(f"member{frappe.generate_hash(length=6)}", COMMITTEE, user_type="System User", **values)


def list_recipients(program: str, *users: str, addresses: Iterable[str] = (), every: int = 2) -> None:
	"""List these as the program's recipients, past the form."""
	rows = [{"user": user, "email": user} for user in users] + [{"email": each} for each in addresses]
	for idx, row in enumerate(rows, 1):
		frappe.get_doc(
			{
				"doctype": "Mentoring Program Recipient",
				"parent": program,
				"parenttype": "Mentoring Program",
				"parentfield": "recipients",
				"idx": idx,
				**row,
			}
		).db_insert()
	frappe.db.set_value(
		"Mentoring Program",
		program,
		{"report_every_months": every, "report_to_addresses": int(bool(addresses))},
	)
	frappe.clear_document_cache("Mentoring Program", program)


def tell_a_story(world: World, program: Any, words: str, **values: Any) -> Any:
	"""A success story of yesterday, with consent unless said otherwise."""
	cycle = next(
		cycle for cycle in world.cycles if cycle.program == program.name and cycle.status == "Running"
	)
	doc = frappe.get_doc(
		{
			"doctype": "Mentoring Feedback",
			"name": frappe.generate_hash(length=10),
			"profile": world.profiles[0].name,
			"full_name": "Tessa Teller",
			"kind": "Success Story",
			"cycle": cycle.name,
			"comment": words,
			"may_publish": 1,
			**values,
		}
	)
	doc.db_insert()
	creation = values.get("creation", "2031-08-10 09:00:00")
	frappe.db.set_value("Mentoring Feedback", doc.name, "creation", creation, update_modified=False)
	return doc
