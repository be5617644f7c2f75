"""The committee's report, the coordinators' week, and the one mail a day of those who chose it."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	COMMITTEE,
	COORDINATORS,
	PROGRAM,
	Button,
	Field,
	define_mail,
)

COMMITTEE_REPORT = define_mail(
	"Committee Report",
	to=N_("the program's recipients"),
	audience=COMMITTEE,
	when=N_("by the program's rhythm, or sent by hand"),
	immediate=True,
	fields=(
		PROGRAM,
		Field("period", "first and last day of the report, in words", "1 December 2030 to 31 January 2031"),
		Field("summary_html", "the report in a sentence or two", "<p>…</p>"),
		Field("figures_html", "the main figures, large, with their trend", "<p>…</p>"),
		Field("needs_html", "what needs the committee", "<p>…</p>"),
		Field("stories_html", "success stories whose writers agreed; empty without one", "<p>…</p>"),
		Field("meetings_html", "picture of the meetings month by month; empty without one", "<p>…</p>"),
		Field("health_html", "picture of how the groups are doing; empty with fewer than three", "<p>…</p>"),
		Field("people_html", "who takes part, with pictures", "<p>…</p>"),
		Field("coming_html", "the dates of the three months ahead; empty without one", "<p>…</p>"),
		Field("table_html", "every figure, with those of the days before and of a year ago", "<p>…</p>"),
		Field("closing_html", "the spreadsheet, and the way to the record", "<p>…</p>"),
		Field("figures", "every figure by its name, for sentences of your own", {}),
	),
)

WEEKLY_DIGEST = define_mail(
	"Weekly Digest",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("once a week, where Mentoring Settings says so"),
	button=Button(N_("Open the Desk"), "desk_url"),
	immediate=True,
	fields=(
		Field(
			"needs",
			"rows of label, count, oldest (a day, or empty) and url",
			[
				{
					"label": "Applications",
					"count": 3,
					"oldest": "2031-01-28",
					"url": "https://mentoring.example.org/app",
				}
			],
		),
		Field("total", "the counts in all", 3),
		Field("desk_url", "address of the workspace", "https://mentoring.example.org/app"),
	),
	needed=("needs",),
)

YOUR_DAY = define_mail(
	"Your Day",
	to=N_("members who chose one email a day"),
	when=N_("in the morning at seven on their clock, when there is something"),
	button=Button(N_("See all next steps"), "/mentoring#next"),
	optional=True,
	immediate=True,
	fields=(
		Field(
			"matters",
			"list of what there is, the newest first, each with subject and body_html: the mail that it would have been",
			[
				{
					"subject": "Agenda: Mara Lindqvist and Tom Okafor",
					"body_html": "<p>Your next meeting with Mara Lindqvist and Tom Okafor is on Mon, Feb 10, 2031, 5:00 PM Berlin, for 60 minutes.</p>",
				},
				{
					"subject": "Reminder: your feedback on Mara Lindqvist and Tom Okafor",
					"body_html": "<p>We'd still like to hear from you.</p>",
				},
			],
		),
	),
	needed=("matters",),
)
