"""Feedback that is asked for, and groups that need a coordinator."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

FEEDBACK_ASKED = "Mentoring: Feedback Asked"
FEEDBACK_REMINDER = "Mentoring: Feedback Reminder"
GROUP_ALARM = "Mentoring: Group Needs You"

TEMPLATES = {
	FEEDBACK_ASKED: Wording(
		"Your feedback on {{ about }}{% if session_on %}, {{ day(session_on) }}{% endif %}",
		"feedback_asked.html",
		{
			"kind": "Session, Check-in, Group Update, Closing or Program",
			"about": "title of the group, or name of the cycle",
			"cycle": "name of the cycle",
			"session_on": "day of the session, or empty",
			"due_on": "day by which an answer is expected",
		},
		to="who is asked",
		when="at night, when feedback is due",
	),
	FEEDBACK_REMINDER: Wording(
		"Still open: your feedback on {{ requests | map(attribute='about') | unique | join(', ') }}",
		"feedback_reminder.html",
		{
			"requests": "list of what is open, each with kind (Session, Check-in, Group Update, Closing or "
			"Program), about (title of the group, or name of the cycle), cycle, due_on (day by which an answer "
			"was expected) and last (whether this is the last reminder)",
		},
		to="who was asked for feedback and hasn't answered",
		when="twice in the time there is to answer; what is open on one day is one mail, in the morning",
		together="requests",
	),
	GROUP_ALARM: Wording(
		"{{ groups[0].group }} needs you: {{ _(groups[0].alarm) }}"
		"{% if groups|length > 1 %} (+ {{ groups|length - 1 }}){% endif %}",
		"group_alarm.html",
		{
			"groups": "list of what is the matter, each with group (its title), cycle, alarm (its name), words "
			"(what is the matter, in a sentence) and group_url (address of the group in the Desk)",
		},
		to="coordinators",
		when="in the morning, when something is the matter with a group that wasn't the day before",
		together="groups",
	),
}
