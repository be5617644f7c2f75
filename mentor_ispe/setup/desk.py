"""What the Desk needs beside the records that come with the app's module.

The block of the workspace is a fixture. Boards and saved filters are made once: staff change and delete them as
they like.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain.statuses import PARTICIPANT

BLOCK = "Mentoring Needs You"
Filters = dict[str, list[list[Any]]]
BOARD, FILTER = "Kanban Board", "List Filter"

# The colors of the statuses, as the lists have them.
INDICATORS = {"Applied": "Orange", "Approved": "Blue", "Active": "Green", "Rejected": "Red"}
# Columns that are folded away: who is through needs no decision.
FOLDED = ("Completed", "Withdrawn")


def remove_block() -> None:
	"""Take the block away with the app."""
	frappe.delete_doc(
		"Custom HTML Block", BLOCK, force=True, ignore_permissions=True, delete_permanently=True
	)  # the workspace, which goes with the module, still names it


def create_views() -> None:
	"""The boards of applications and the filters that every coordinator would save; nothing twice."""
	for doctype, name in boards().items():
		if not frappe.db.exists(BOARD, name):
			_create_board(doctype, name)
	for doctype, filters in saved_filters().items():
		for name, conditions in filters.items():
			about = {"reference_doctype": doctype, "filter_name": name, "for_user": ""}
			if not frappe.db.exists(FILTER, about):
				rows = frappe.as_json([[doctype, *condition] for condition in conditions], indent=None)
				doc = frappe.get_doc({"doctype": FILTER, **about, "filters": rows})
				doc.insert(ignore_permissions=True, set_name=f"{doctype}: {name}")


def boards() -> dict[str, str]:
	"""DocType → the name of its board."""
	return {"Mentee": _("Mentees by status"), "Mentor": _("Mentors by status")}


def _create_board(doctype: str, name: str) -> None:
	doc = frappe.new_doc(BOARD)
	doc.update(
		{
			"kanban_board_name": name,
			"reference_doctype": doctype,
			"field_name": "status",
			"private": 0,
			"show_labels": 1,
			"fields": frappe.as_json(["cycle", "answer_by"], indent=None),
		}
	)
	for status in PARTICIPANT:
		doc.append(
			"columns",
			{
				"column_name": status,
				"status": "Archived" if status in FOLDED else "Active",
				"indicator": INDICATORS.get(status, "Gray"),
			},
		)
	doc.insert(ignore_permissions=True)


def saved_filters() -> dict[str, Filters]:
	"""DocType → name of the filter → its conditions."""
	undecided: Filters = {_("Undecided"): [["status", "=", "Applied"]]}
	untrained: Filters = {
		_("Training to complete"): [["status", "in", ["Approved", "Active"]], ["training_completed", "=", 0]]
	}
	return {
		"Mentor": {
			**undecided,
			_("Unmatched"): [["status", "=", "Approved"], ["seats_taken", "=", 0]],
			**untrained,
		},
		"Mentee": {
			**undecided,
			_("Without a group"): [["status", "=", "Approved"], ["mentoring_group", "is", "not set"]],
			_("Willing to moderate"): [["willing_to_moderate", "=", 1]],
			**untrained,
		},
		"Mentoring Group": {
			_("Everyone answered"): [["status", "=", "Proposed"], ["unanswered", "=", 0]],
			_("Needs attention"): [["status", "=", "Active"], ["alarm", "is", "set"]],
		},
		"Mentoring Session": {
			_("In the next 7 days"): [
				["status", "=", "Planned"],
				["starts_on", "Timespan", "next 7 days"],
			],
		},
		"Mentoring Feedback Request": {
			_("Open"): [["status", "=", "Open"]],
			_("Missed"): [["status", "=", "Missed"]],
		},
		"Mentoring Profile": {
			_("Lapsed"): [["membership_state", "=", "Lapsed"]],
			_("In grace period"): [["membership_state", "=", "Grace"]],
		},
		"Mentoring Concern": {_("Open"): [["status", "in", ["Open", "In Mediation"]]]},
		"Guest Speaker Request": {_("To arrange"): [["status", "in", ["Requested", "Approaching"]]]},
	}
