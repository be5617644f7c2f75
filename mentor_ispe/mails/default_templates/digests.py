"""The committee's report, the coordinators' week, and the one mail a day of those who chose it."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

COMMITTEE_REPORT = "Mentoring: Committee Report"
WEEKLY_DIGEST = "Mentoring: Weekly Digest"

YOUR_DAY = "Mentoring: Your Day"

TEMPLATES = {
	COMMITTEE_REPORT: Wording(
		"{{ program }}: {{ period }}",
		"committee_report.html",
		{
			"program": "name of the program",
			"period": "first and last day of the report, in words",
			"summary_html": "the report in a sentence or two",
			"figures_html": "the main figures, large, with their trend",
			"needs_html": "what needs the committee",
			"stories_html": "success stories whose writers agreed; empty without one",
			"meetings_html": "picture of the meetings month by month; empty without one",
			"health_html": "picture of how the groups are doing; empty with fewer than three",
			"people_html": "who takes part, with pictures",
			"coming_html": "the dates of the three months ahead; empty without one",
			"table_html": "every figure, with those of the days before and of a year ago",
			"closing_html": "the spreadsheet, and the way to the record",
			"figures": "every figure by its name, for sentences of your own",
		},
		to="the program's recipients",
		when="by the program's rhythm, or sent by hand",
		at_once=True,
	),
	WEEKLY_DIGEST: Wording(
		"{{ total }} things wait for you",
		"weekly_digest.html",
		{
			"needs": "rows of label, count, oldest (a day, or empty) and url",
			"total": "the counts in all",
			"desk_url": "address of the workspace",
		},
		to="coordinators",
		when="once a week, where Mentoring Settings says so",
		at_once=True,
	),
	YOUR_DAY: Wording(
		"{{ matters[0].subject }}{% if matters | length > 1 %} (+ {{ matters | length - 1 }}){% endif %}",
		"your_day.html",
		{
			"matters": "list of what there is, the newest first, each with subject and body_html: "
			"the mail that it would have been",
		},
		to="members who chose one mail a day",
		when="in the morning at seven on their clock, when there is something",
		at_once=True,
	),
}
