"""The committee's report, the coordinators' week, and the one mail a day of those who chose it."""

from __future__ import annotations

from mentor_ispe.mails.definition import PROGRAM, Field, define_mail

COMMITTEE_REPORT = define_mail(
	"Committee Report",
	to="the program's recipients",
	when="by the program's rhythm, or sent by hand",
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
	subject="{{ program }}: {{ period }}",
	body="""
		<div style="max-width:600px;margin:0 auto;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
		<p style="margin:0 0 4px;font-size:13px;color:#5b6673">{{ period }}</p>
		<h1 style="margin:0 0 12px;font-size:24px;line-height:1.25;font-weight:bold;color:#0b4a70">{{ program }}</h1>
		{{ summary_html }}
		{{ figures_html }}
		{{ needs_html }}
		{{ stories_html }}
		{{ meetings_html }}
		{{ health_html }}
		{{ people_html }}
		{{ coming_html }}
		{{ table_html }}
		{{ closing_html }}
		</div>
	""",
)

WEEKLY_DIGEST = define_mail(
	"Weekly Digest",
	to="coordinators",
	when="once a week, where Mentoring Settings says so",
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
	subject="{{ total }} things wait for you",
	body="""
		<p>This waits for the coordinators of {{ site_name }}:</p>
		<table cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;border-collapse:collapse">
		{%- for need in needs %}
		<tr>
		<td style="padding:6px 12px 6px 0;border-bottom:1px solid #d5dbe1;text-align:right;vertical-align:top"><strong>{{ need.count }}</strong></td>
		<td style="padding:6px 0;border-bottom:1px solid #d5dbe1;width:100%"><a href="{{ need.url }}">{{ need.label }}</a>{% if need.oldest %}<br><span style="font-size:13px;color:#5b6673">since {{ day(need.oldest) }}</span>{% endif %}</td>
		</tr>
		{%- endfor %}
		</table>
		<p>See <a href="{{ desk_url }}">the workspace</a>. Mentoring Settings says whether this mail comes.</p>
	""",
)

YOUR_DAY = define_mail(
	"Your Day",
	to="members who chose one mail a day",
	when="in the morning at seven on their clock, when there is something",
	immediate=True,
	fields=(
		Field(
			"matters",
			"list of what there is, the newest first, each with subject and body_html: the mail that it would have been",
			[
				{
					"subject": "Agenda: Mara Lindqvist and Tom Okafor",
					"body_html": "<p>Mara Lindqvist and Tom Okafor meets on February 10, 2031, 17:00 (Europe/Berlin), for 60 minutes.</p>",
				},
				{
					"subject": "Still open: your feedback on Mara Lindqvist and Tom Okafor",
					"body_html": "<p>We asked you for feedback and would still like to hear from you.</p>",
				},
			],
		),
	),
	subject="{{ matters[0].subject }}{% if matters | length > 1 %} (+ {{ matters | length - 1 }}){% endif %}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>this is what there is for you today.</p>
		{% for matter in matters %}<h3>{{ matter.subject }}</h3>
		{{ matter.body_html }}
		{% endfor %}
	""",
)
