"""Credit rules that got into trouble."""

from __future__ import annotations

from mentor_ispe.mails.definition import PROGRAM, Field, define_mail

PARTNERSHIP = Field("group", "name of the partnership", "Mara Lindqvist and Tom Okafor")
PARTNERS = Field("partners", "list of the two partners' names", ["Mara Lindqvist", "Tom Okafor"])
SCHEME = Field("scheme", "name of the credit", "HRCI")
RULE = Field("rule", "what is asked", "Regular Meetings")
BECAUSE = Field("because", "why, as a sentence", "The last meeting was 41 days ago; 31 are allowed.")
FIELDS = (PARTNERSHIP, PROGRAM, PARTNERS, SCHEME, RULE, BECAUSE)

CREDIT_AT_RISK = define_mail(
	"Credit at Risk",
	to="the mentor; coordinators",
	when="at night, when a rule of the credit is at risk; once",
	fields=FIELDS,
	subject="{{ _(scheme) }} at risk: {{ _(rule) | lower }} ({{ partners | join(', ') }})",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ partners | join(", ") }} meet in {{ program }}, which earns {{ _(scheme) }}. One of its rules is at risk:</p>
		<p><strong>{{ _(rule) }}</strong><br>{{ because }}</p>
		<p>The partnership goes on either way. What is done about it in time still counts; how every rule stands is
		shown with the group: <a href="{{ portal_url }}">{{ portal_url }}</a></p>
	""",
)

CREDIT_NOT_MET = define_mail(
	"Credit Not Met",
	to="the mentor; coordinators",
	when="at night, when a rule can't be met any more; once",
	fields=FIELDS,
	subject="{{ _(scheme) }} can't be earned: {{ _(rule) | lower }} ({{ partners | join(', ') }})",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ partners | join(", ") }} meet in {{ program }}, which earns {{ _(scheme) }}. One of its rules can't be met
		any more:</p>
		<p><strong>{{ _(rule) }}</strong><br>{{ because }}</p>
		<p>The partnership goes on either way, and its record can be printed; the credit can't be claimed with it. If
		this is a mistake in what was recorded, correct it or tell the coordinators:
		<a href="{{ portal_url }}">{{ portal_url }}</a></p>
	""",
)
