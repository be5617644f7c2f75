"""Feedback that is asked for, and groups that need a coordinator."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

FEEDBACK_ASKED = "Mentoring: Feedback Asked"
FEEDBACK_REMINDER = "Mentoring: Feedback Reminder"
GROUP_ALARM = "Mentoring: Group Needs You"

TEMPLATES = {
	FEEDBACK_ASKED: Wording(
		"Your feedback on {{ about }}{% if session_on %}, {{ frappe.format_date(session_on) }}{% endif %}",
		"feedback_asked.html",
		{
			"kind": "Session, Check-in, Group Update, Closing or Program",
			"about": "title of the group, or name of the cycle",
			"cycle": "name of the cycle",
			"session_on": "day of the session, or empty",
			"due_on": "day by which an answer is expected",
		},
	),
	FEEDBACK_REMINDER: Wording(
		"Still open: your feedback on {{ about }}",
		"feedback_reminder.html",
		{
			"kind": "Session, Check-in, Group Update, Closing or Program",
			"about": "title of the group, or name of the cycle",
			"cycle": "name of the cycle",
			"due_on": "day by which an answer was expected",
			"last": "whether this is the last reminder",
		},
	),
	GROUP_ALARM: Wording(
		"{{ group }} needs you: {{ alarm }}",
		"group_alarm.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"alarm": "name of the alarm",
			"words": "what is the matter, in a sentence",
			"group_url": "address of the group in the Desk",
		},
	),
}
