"""People who wait for the answer that their program promised."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

WAITING_SOON = "Mentoring: Answers Due Soon"
WAITING_OVERDUE = "Mentoring: Answers Overdue"
STILL_WAITING = "Mentoring: Still Waiting"

TEMPLATES = {
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
