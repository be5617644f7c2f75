"""Going on in the next cycle, and coming back to it."""

from __future__ import annotations

from mentor_ispe.mails.definition import CYCLE, GROUP, PROGRAM, REASON, Field, define_mail

NEXT_CYCLE = Field("next_cycle", "name of the next cycle", "Mentoring 2032")
UNTIL = Field("until", "last day to answer", "2031-12-15")
APPLY_UNTIL = Field("until", "last day to apply", "2031-12-15")

EXTENSION_OFFER = define_mail(
	"Extension Offer",
	to="everybody in the group",
	when="applications to the next cycle open",
	fields=(
		GROUP,
		CYCLE,
		NEXT_CYCLE,
		UNTIL,
		Field("partners", "list of the others in the group", ["Mara Lindqvist", "Tom Okafor"]),
		Field("members_decide", "whether it takes enough members rather than both sides", False),
	),
	subject="Go on with {{ group }} in {{ next_cycle }}?",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>applications to {{ next_cycle }} are open. Would you like to go on with {{ partners | join(", ") }}? Say yes or no by
		{{ day(until) }} at <a href="{{ portal_url }}">{{ portal_url }}</a>. {% if members_decide %}The group goes on with those who say yes, if enough do{% else %}You go on if both
		of you say yes{% endif %}; no answer counts as no.</p>
		<p>If you would rather have another match, say no and apply: your profile and your answers of last time are filled in.</p>
	""",
)

EXTENSION_REMINDER = define_mail(
	"Extension Reminder",
	to="who hasn't answered",
	when="before the last day to say whether one goes on",
	fields=(GROUP, CYCLE, NEXT_CYCLE, UNTIL),
	subject="Still open: {{ group }} in {{ next_cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>you haven't said yet whether you would like to go on with {{ group }} in {{ next_cycle }}. The last day is
		{{ day(until) }}; no answer counts as no: <a href="{{ portal_url }}">{{ portal_url }}</a></p>
	""",
)

EXTENSION_NO = define_mail(
	"Extension Declined",
	to="the others in the group",
	when="somebody says that they don't go on",
	fields=(
		GROUP,
		CYCLE,
		NEXT_CYCLE,
		APPLY_UNTIL,
		Field("person", "who said no", "Tom Okafor"),
		Field("goes_on", "whether the others may still go on together", True),
	),
	subject="{{ person }} doesn't go on in {{ next_cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ person }} doesn't go on with {{ group }} in {{ next_cycle }}. {% if goes_on %}The others still may, if enough say yes.{% else %}If you would like another match, apply by {{ day(until) }}; your profile and your
		answers of last time are filled in.{% endif %} <a href="{{ portal_url }}">{{ portal_url }}</a></p>
	""",
)

EXTENDED = define_mail(
	"Group Goes On",
	to="everybody who goes on",
	when="the group of the next cycle is made",
	fields=(
		GROUP,
		CYCLE,
		NEXT_CYCLE,
		Field("start", "first day of the next cycle", "2032-01-12"),
		Field("members", "list of those who go on", ["Tom Okafor"]),
		Field("agreements", "list of the agreements to sign anew", ["Code of conduct"]),
	),
	subject="{{ group }} goes on in {{ next_cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ group }} goes on in {{ next_cycle }}, from {{ day(start) }}, with {{ members | join(", ") }}. You needn't
		apply. Goals that are still open go with you.</p>
		{% if agreements %}<p>Please sign anew before your first meeting there: {{ agreements | join(", ") }}. <a href="{{ portal_url }}">{{ portal_url }}</a></p>{% endif %}
	""",
)

EXTENSION_OFF = define_mail(
	"Extension Off",
	to="who said yes",
	when="the time to answer is over and the group can't go on",
	fields=(GROUP, CYCLE, NEXT_CYCLE, REASON.means("why, in a sentence")),
	subject="{{ group }} doesn't go on in {{ next_cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ group }} doesn't go on in {{ next_cycle }}: {{ reason }}</p>
		<p>If you would like to take part with another match, answer to this mail: the coordinators can still add you.</p>
	""",
)

EXTENSION_STUCK = define_mail(
	"Extension Stuck",
	to="coordinators",
	when="everybody said yes and a rule stands in the way; once for each reason",
	immediate=True,
	fields=(GROUP, CYCLE, NEXT_CYCLE, REASON.means("what stands in the way")),
	subject="{{ group }} can't go on in {{ next_cycle }} yet",
	body="""
		<p>Everybody it takes said that {{ group }} goes on in {{ next_cycle }}, but something stands in the way:</p>
		<p>{{ reason }}</p>
		<p>It is tried again every night.</p>
	""",
)

INVITATION = define_mail(
	"Invitation",
	to="who took part in the cycle before",
	when="applications to a cycle open",
	fields=(
		CYCLE,
		PROGRAM,
		APPLY_UNTIL,
		Field("before", "name of the cycle this person took part in", "Mentoring 2030"),
		Field("role", "Mentor or Mentee, as they did then", "Mentee"),
	),
	subject="{{ cycle }} is open",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>you took part in {{ before }}. Applications to {{ cycle }} are open until {{ day(until) }}: your profile and
		your answers of last time are filled in at <a href="{{ portal_url }}">{{ portal_url }}</a>; change what is different now and send it.</p>
	""",
)
