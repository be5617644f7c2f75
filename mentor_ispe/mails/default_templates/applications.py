"""Applications, the answers to them, and people who wait for the answer that their program promised."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

APPLICATION_RECEIVED = "Mentoring: Application Received"
APPLICATION_APPROVED = "Mentoring: Application Approved"
APPLICATION_REJECTED = "Mentoring: Application Rejected"

WAITING_SOON = "Mentoring: Answers Due Soon"
WAITING_OVERDUE = "Mentoring: Answers Overdue"
STILL_WAITING = "Mentoring: Still Waiting"

TEMPLATES = {
	APPLICATION_RECEIVED: Wording(
		"Your application to {{ cycle }}",
		"application_received.html",
		{
			"cycle": "name of the cycle",
			"role": "Mentor or Mentee",
			"reply_weeks": "weeks until the answer, or 0",
		},
		to="the applicant",
		when="the application has come",
	),
	APPLICATION_APPROVED: Wording(
		"Welcome to {{ cycle }}",
		"application_approved.html",
		{
			"cycle": "name of the cycle",
			"role": "Mentor or Mentee",
			"note": "words of the coordinator, or empty",
		},
		to="the applicant",
		when="a coordinator approves",
	),
	APPLICATION_REJECTED: Wording(
		"About your application to {{ cycle }}",
		"application_rejected.html",
		{"cycle": "name of the cycle", "role": "Mentor or Mentee", "note": "words of the coordinator"},
		to="the applicant",
		when="a coordinator rejects",
	),
	WAITING_SOON: Wording(
		"{{ count }} answers are due by {{ day(answer_by) }}: {{ cycle }}",
		"waiting_soon.html",
		{
			"cycle": "name of the cycle",
			"count": "how many people wait",
			"people": "list of their names",
			"answer_by": "last day of what was promised",
		},
		to="coordinators",
		when="some days before the answer that a cycle promised is due",
		at_once=True,
	),
	WAITING_OVERDUE: Wording(
		"{{ count }} answers are overdue: {{ cycle }}",
		"waiting_overdue.html",
		{
			"cycle": "name of the cycle",
			"count": "how many people wait",
			"people": "list of their names",
			"answer_by": "last day of what was promised",
		},
		to="coordinators",
		when="the day of the promised answer has passed",
		at_once=True,
	),
	STILL_WAITING: Wording(
		"About your application to {{ cycle }}",
		"still_waiting.html",
		{
			"cycle": "name of the cycle",
			"approved": "whether the application is approved and the match still missing",
			"answer_by": "last day of what was promised",
		},
		to="who waits",
		when="the day of the promised answer has passed",
	),
}
