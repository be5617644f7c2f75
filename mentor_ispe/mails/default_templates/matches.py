"""Proposed matches, the answers to them, and the start of a group."""

from __future__ import annotations

from mentor_ispe.mails.definition import CYCLE, GROUP, REASON, Field, define_mail

MENTOR = Field("mentor", "name of the mentor, or empty", "Mara Lindqvist")
MEMBERS = Field("members", "list of the mentees' or peers' names", ["Tom Okafor"])

MATCH_PROPOSED = define_mail(
	"Match Proposed",
	to="everybody in the group",
	when="the match is proposed, or on the day of the announcement",
	fields=(
		CYCLE,
		GROUP,
		MENTOR,
		MEMBERS,
		Field(
			"match_reason",
			"why these people were matched, or empty",
			"You share two topics and the industry.",
		),
		Field("respond_by", "last day to answer, or empty", "2031-02-14"),
		Field("kickoff_on", "date and time of the kick-off, or empty", "2031-02-03 18:00:00"),
	),
	subject="A match for you in {{ cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>we have a match for you in {{ cycle }}: {{ group }}.</p>
		<ul>
		{% if mentor %}<li>Mentor: {{ mentor }}</li>{% endif %}
		{% for member in members or [] %}<li>{{ member }}</li>{% endfor %}
		</ul>
		{% if match_reason %}<p>Why we think you fit together: {{ match_reason }}</p>{% endif %}
		{% if kickoff_on %}<p>You are invited to the kick-off on {{ clock(kickoff_on) }}.</p>{% endif %}
		<p>Please accept or decline{% if respond_by %} until {{ day(respond_by) }}{% endif %} at
		<a href="{{ portal_url }}">{{ portal_url }}</a>. Nobody has to accept a match; if you decline, we look for another.</p>
	""",
)

MATCH_REMINDER = define_mail(
	"Match Reminder",
	to="who hasn't answered",
	when="after half of the time to answer, and shortly before its end",
	fields=(CYCLE, GROUP, Field("respond_by", "last day to answer", "2031-02-14")),
	subject="Still open: your match in {{ cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>you haven't answered your match in {{ cycle }} yet: {{ group }}.</p>
		<p>Please accept or decline until {{ day(respond_by) }} at
		<a href="{{ portal_url }}">{{ portal_url }}</a>. After that day the places go to others.</p>
	""",
)

MATCH_ACCEPTED = define_mail(
	"Match Accepted",
	to="coordinators",
	when="in the morning after the last answer of a group has come",
	digest_list="groups",
	fields=(
		Field(
			"groups",
			"list of the groups in which the last answer has come, each with group (its title), cycle, people (the names of those who accepted) and group_url (its address in the Desk)",
			[
				{
					"group": "Mara Lindqvist and Tom Okafor",
					"cycle": "Mentoring 2031",
					"people": ["Mara Lindqvist", "Tom Okafor"],
					"group_url": "https://mentoring.example.org/app",
				}
			],
		),
	),
	subject="{{ groups[0].group }}: the answers are in{% if groups|length > 1 %} (+ {{ groups|length - 1 }}){% endif %}",
	body="""
		{% for group in groups %}<p><a href="{{ group.group_url }}">{{ group.group }}</a> ({{ group.cycle }}): accepted by {{ group.people | join(", ") }}.</p>
		{% endfor %}<p>Nobody is left whose answer is out. A group starts when you say so in the Desk.</p>
	""",
)

MATCH_DECLINED = define_mail(
	"Match Declined",
	to="coordinators",
	when="somebody declines",
	immediate=True,
	fields=(
		CYCLE,
		GROUP,
		Field("person", "who declined", "Tom Okafor"),
		REASON.means("their words, or empty"),
	),
	subject="{{ person }} declined: {{ group }}",
	body="""
		<p>{{ person }} has declined the place in {{ group }} ({{ cycle }}).</p>
		{% if reason %}<p>The reason given: {{ reason }}</p>{% endif %}
	""",
)

GROUP_STARTED = define_mail(
	"Group Started",
	to="everybody in the group",
	when="a coordinator starts the group",
	fields=(
		CYCLE,
		GROUP,
		MENTOR,
		MEMBERS,
		Field("start_date", "first day", "2031-01-20"),
		Field("end_date", "last day, or empty", "2031-12-31"),
		Field(
			"expectations_html",
			"what the program expects of this person, as HTML, or empty",
			"<p>Be there, and listen.</p>",
		),
	),
	subject="{{ group }} has started",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>everyone has accepted, and {{ group }} has started{% if start_date %} on {{ day(start_date) }}{% endif %}{% if end_date %}; it runs until {{ day(end_date) }}{% endif %}.</p>
		<ul>
		{% if mentor %}<li>Mentor: {{ mentor }}</li>{% endif %}
		{% for member in members or [] %}<li>{{ member }}</li>{% endfor %}
		</ul>
		{% if expectations_html %}<p>What we ask of you:</p>
		{{ expectations_html }}{% endif %}
		<p>The next step is your first meeting: agree on what you expect of each other, where the boundaries are, how often you
		meet and where. Write it down as the charter of your group, and each of you agree to it there. You find your group at <a href="{{ portal_url }}">{{ portal_url }}</a>.</p>
	""",
)

SEAT_ENDED = define_mail(
	"Seat Ended",
	to="whose place ends",
	when="a place in a group ends",
	fields=(
		CYCLE,
		GROUP,
		REASON,
		Field("waits_again", "whether this person waits for a match again", True),
		Field("goals_met", "whether the group ended because the goals were met", False),
	),
	subject="Your place in {{ group }} has ended",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>your place in {{ group }} ({{ cycle }}) has ended.</p>
		{% if reason %}<p>{{ reason }}</p>{% endif %}
		{% if waits_again %}<p>You are on the list of those who wait for a match in {{ cycle }} again; you and the mentor of this group
		won't be proposed to each other again in this cycle.{% if goals_met %} If you have reached what you wanted and would like no other
		match, say so at <a href="{{ portal_url }}">{{ portal_url }}</a>.{% endif %}</p>{% endif %}
		<p>Thank you for taking part.</p>
	""",
)
