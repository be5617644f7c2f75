"""Reports, number cards and charts are called by what they show; what refers to them goes along."""

from __future__ import annotations

import frappe

RENAMED = {
	"Report": {
		"Agreements and Training Owed": "Outstanding Agreements and Training",
		"Groups to Look After": "Groups Needing Attention",
		"Guest Speakers Asked For": "Guest Speaker Requests",
		"Mentoring Feedback in Words": "Feedback Comments",
		"Mentors and Their Seats": "Mentor Places",
		"Reasons for No Match": "Unmatched Reasons",
	},
	"Number Card": {
		"Feedback Overdue": "Overdue Feedback",
		"Groups That Need Somebody": "Groups Needing Attention",
		"Groups Waiting for Answers": "Groups Awaiting Answers",
		"Mentees to Decide On": "Mentee Applications to Review",
	},
	"Dashboard Chart": {
		"How Far Each Cycle Came": "Progress by Cycle",
		"Who Takes Part": "Participants by Role",
	},
}


def execute() -> None:
	"""Before the new files are read, so that nothing is there twice."""
	for doctype, names in RENAMED.items():
		for old, new in names.items():
			if frappe.db.exists(doctype, old) and not frappe.db.exists(doctype, new):
				frappe.rename_doc(doctype, old, new, force=True, show_alert=False, rebuild_search=False)
