"""Applications and the answers to them."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

APPLICATION_RECEIVED = "Mentoring: Application Received"
APPLICATION_APPROVED = "Mentoring: Application Approved"
APPLICATION_REJECTED = "Mentoring: Application Rejected"

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
}
