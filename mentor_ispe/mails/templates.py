"""The mails' names and first wording; staff edit the Email Templates, we never overwrite them.

Each name below is an Email Template on the site. What the template may use is listed here too;
`recipient_name`, `portal_url` and `site_name` are there in every mail. A template for one language is
called by the name and the language's code, "Mentoring: Match Proposed (de)"; whoever has that
language set gets it, everyone else the one without a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import frappe

WORDING = Path(__file__).parent / "wording"
PREFIX = "Mentoring: "

APPLICATION_RECEIVED = "Mentoring: Application Received"
APPLICATION_APPROVED = "Mentoring: Application Approved"
APPLICATION_REJECTED = "Mentoring: Application Rejected"
MATCH_PROPOSED = "Mentoring: Match Proposed"
MATCH_REMINDER = "Mentoring: Match Reminder"
MATCH_ACCEPTED = "Mentoring: Match Accepted"
MATCH_DECLINED = "Mentoring: Match Declined"
GROUP_STARTED = "Mentoring: Group Started"
SEAT_ENDED = "Mentoring: Seat Ended"
MEMBERSHIP_IN_GRACE = "Mentoring: Membership in Grace"
SEAT_SUSPENDED = "Mentoring: Seat Suspended"
SEAT_RESTORED = "Mentoring: Seat Restored"


@dataclass(frozen=True)
class Wording:
	"""The first wording of one mail; `values` are what its template may use, with their meaning."""

	subject: str
	file: str
	values: dict[str, str]


TEMPLATES: dict[str, Wording] = {
	APPLICATION_RECEIVED: Wording(
		"Your application to {{ cycle }}",
		"application_received.html",
		{
			"cycle": "name of the cycle",
			"role": "Mentor or Mentee",
			"reply_weeks": "weeks until the answer, or 0",
		},
	),
	APPLICATION_APPROVED: Wording(
		"Welcome to {{ cycle }}",
		"application_approved.html",
		{
			"cycle": "name of the cycle",
			"role": "Mentor or Mentee",
			"note": "words of the coordinator, or empty",
		},
	),
	APPLICATION_REJECTED: Wording(
		"About your application to {{ cycle }}",
		"application_rejected.html",
		{"cycle": "name of the cycle", "role": "Mentor or Mentee", "note": "words of the coordinator"},
	),
	MATCH_PROPOSED: Wording(
		"A match for you in {{ cycle }}",
		"match_proposed.html",
		{
			"cycle": "name of the cycle",
			"group": "title of the group",
			"mentor": "name of the mentor, or empty",
			"members": "list of the mentees' or peers' names",
			"match_reason": "why these people were matched, or empty",
			"respond_by": "last day to answer, or empty",
			"kickoff_on": "date and time of the kick-off, or empty",
		},
	),
	MATCH_REMINDER: Wording(
		"Still open: your match in {{ cycle }}",
		"match_reminder.html",
		{
			"cycle": "name of the cycle",
			"group": "title of the group",
			"respond_by": "last day to answer",
		},
	),
	MATCH_ACCEPTED: Wording(
		"{{ person }} accepted: {{ group }}",
		"match_accepted.html",
		{"cycle": "name of the cycle", "group": "title of the group", "person": "who accepted"},
	),
	MATCH_DECLINED: Wording(
		"{{ person }} declined: {{ group }}",
		"match_declined.html",
		{
			"cycle": "name of the cycle",
			"group": "title of the group",
			"person": "who declined",
			"reason": "their words, or empty",
		},
	),
	GROUP_STARTED: Wording(
		"{{ group }} has started",
		"group_started.html",
		{
			"cycle": "name of the cycle",
			"group": "title of the group",
			"mentor": "name of the mentor, or empty",
			"members": "list of the mentees' or peers' names",
			"start_date": "first day",
			"end_date": "last day, or empty",
		},
	),
	SEAT_ENDED: Wording(
		"Your place in {{ group }} has ended",
		"seat_ended.html",
		{"cycle": "name of the cycle", "group": "title of the group", "reason": "why, or empty"},
	),
	MEMBERSHIP_IN_GRACE: Wording(
		"Your membership has ended: renew to keep your mentoring place",
		"membership_in_grace.html",
		{
			"programs": "list of the programs this person takes part in",
			"active_until": "last day of the membership, or empty",
			"grace_until": "last day of grace, or empty",
			"reason": "what the membership record says",
		},
	),
	SEAT_SUSPENDED: Wording(
		"Your place in {{ program }} is suspended",
		"seat_suspended.html",
		{
			"program": "name of the program",
			"groups": "list of the groups' titles",
			"lapsed_since": "first day without membership, or empty",
			"reason": "what the membership record says",
		},
	),
	SEAT_RESTORED: Wording(
		"Your place in {{ program }} is yours again",
		"seat_restored.html",
		{"program": "name of the program", "groups": "list of the groups' titles"},
	),
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
				"response_html": (WORDING / TEMPLATES[name].file).read_text(encoding="utf-8"),
			}
		).insert(ignore_permissions=True)
	return missing


def delete_ours() -> None:
	"""Delete our Email Templates, edited or not, and their translations."""
	for name in frappe.get_all("Email Template", filters={"name": ("like", f"{PREFIX}%")}, pluck="name"):
		if any(name == ours or name.startswith(f"{ours} (") for ours in TEMPLATES):
			frappe.delete_doc("Email Template", name, ignore_permissions=True, force=True)
