"""Indexes over several columns, which a DocType can't name: each spares the reports a walk through every row."""

from __future__ import annotations

import frappe

INDEXES: dict[str, dict[str, tuple[str, ...]]] = {
	"Mentoring Session": {
		# Meetings of cycles, without the text of their agendas.
		"mentoring_held": ("status", "cycle", "mentoring_group", "starts_on", "duration_minutes", "mode"),
		# A group's last and next meeting, and the minutes of its people.
		"mentoring_met": ("mentoring_group", "status", "starts_on", "duration_minutes"),
	},
	# A page of a conversation, and its newest message.
	"Mentoring Message": {"mentoring_numbered": ("mentoring_group", "number")},
	# Who was there, and how long.
	"Mentoring Session Attendance": {"mentoring_attended": ("parent", "profile", "attended", "minutes")},
	# Ratings, without the words that came with them.
	"Mentoring Feedback": {"mentoring_ratings": ("cycle", "kind", "creation", "rating", "profile")},
}


def create_indexes() -> None:
	"""Add those that are missing."""
	for doctype, indexes in INDEXES.items():
		for name, columns in indexes.items():
			frappe.db.add_index(doctype, list(columns), name)
