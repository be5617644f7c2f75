"""Concerns. These mails say nothing of what it is about: notices are read by more people than concerns."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

CONCERN_RAISED = "Mentoring: Concern Raised"
CONCERN_STEP = "Mentoring: Concern Step"

TEMPLATES = {
	CONCERN_RAISED: Wording(
		"A concern was raised",
		"concern_raised.html",
		{"program": "name of the program", "desk_url": "where a coordinator reads it"},
		to="coordinators who may read it",
		when="a concern is raised",
		at_once=True,
	),
	CONCERN_STEP: Wording(
		"About the concern you raised",
		"concern_step.html",
		{},
		to="who raised it",
		when="something was done about the concern",
	),
}
