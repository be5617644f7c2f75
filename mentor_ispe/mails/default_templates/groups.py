"""Groups that run: their charter, their moderator, who leaves, and how they end."""

from __future__ import annotations

from mentor_ispe.mails.definition import CYCLE, GROUP, REASON, Field, define_mail

PERSON = Field("person", "who left", "Tom Okafor")
GIVEN_REASON = Field("reason", "the words given, or empty", "A new job leaves no time.")
LEFT = Field("left", "how many members are left", 2)
BEFORE = Field("before", "who did it before", "Kim Adeyemi")
WILLING = Field("willing", "list of members who said they would", ["Tom Okafor"])

CHARTER_TO_AGREE = define_mail(
	"Charter to Agree",
	to="the others in the group",
	when="the charter is written or changed",
	fields=(GROUP, CYCLE),
	subject="The charter of {{ group }}: do you agree?",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>the charter of {{ group }} ({{ cycle }}) has been written or changed: what you expect of each other, where the
		boundaries are, how often you meet and where. Please read it and agree to it, or change what you see otherwise:
		<a href="{{ portal_url }}">{{ portal_url }}</a></p>
	""",
)

ENDED_EARLY = define_mail(
	"Group Ended Early",
	to="coordinators",
	when="a group ends before its time",
	immediate=True,
	fields=(
		GROUP,
		CYCLE,
		Field("kind", "kind of ending", "Check-in"),
		REASON.means("the words given"),
		Field("waiting", "list of the mentees or peers who wait for a match again", ["Tom Okafor"]),
	),
	subject="{{ group }} has ended early",
	body="""
		<p>{{ group }} ({{ cycle }}) has ended before its time: {{ _(kind) }}.</p>
		{% if reason %}<p>The reason given: {{ reason }}</p>{% endif %}
		{% if waiting %}<p>Waiting for a match again: {{ waiting | join(", ") }}.</p>{% endif %}
	""",
)

MEMBER_LEFT = define_mail(
	"Member Left",
	to="the others in the group",
	when="somebody leaves a running group",
	fields=(GROUP, CYCLE, PERSON),
	subject="{{ person }} has left {{ group }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ person }} has left {{ group }} ({{ cycle }}). The group goes on with the others.</p>
	""",
)

GROUP_SMALL = define_mail(
	"Group Too Small",
	to="coordinators",
	when="a running group has fewer members than its program asks for",
	immediate=True,
	fields=(GROUP, CYCLE, PERSON, GIVEN_REASON, LEFT, Field("least", "how many the program asks for", 3)),
	subject="{{ group }} has become small",
	body="""
		<p>{{ person }} has left {{ group }} ({{ cycle }}): {{ left }} of at least {{ least }} members are left. Find somebody who waits
		for a match, or end the group.</p>
		{% if reason %}<p>The reason given: {{ reason }}</p>{% endif %}
	""",
)

GROUP_WITHOUT_MENTOR = define_mail(
	"Group Without Mentor",
	to="coordinators",
	when="the mentor leaves a running group",
	immediate=True,
	fields=(GROUP, CYCLE, PERSON, GIVEN_REASON, LEFT),
	subject="{{ group }} is without a mentor",
	body="""
		<p>{{ person }}, the mentor of {{ group }} ({{ cycle }}), has left; {{ left }} members are still there. Choose another mentor for
		the group, or end it, so that its members wait for another match.</p>
		{% if reason %}<p>The reason given: {{ reason }}</p>{% endif %}
	""",
)

GROUP_COMPLETED = define_mail(
	"Group Completed",
	to="everybody in the group",
	when="a group is completed",
	fields=(GROUP, CYCLE),
	subject="{{ group }} is complete",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ group }} has come to the end of {{ cycle }}. Thank you for the time and the thought you gave it.</p>
		<p>What you recorded stays with you: <a href="{{ portal_url }}">{{ portal_url }}</a></p>
	""",
)

MODERATOR_CHOSEN = define_mail(
	"Moderator Chosen",
	to="the new moderator",
	when="a moderator is chosen",
	fields=(
		GROUP,
		CYCLE,
		BEFORE.means("who did it before, or empty"),
		Field(
			"expectations_html",
			"what the program expects of moderators, as staff wrote it",
			"<p>Be there, and listen.</p>",
		),
	),
	subject="You moderate {{ group }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>you are the moderator of {{ group }} ({{ cycle }}) now{% if before %}, after {{ before }}{% endif %}. What there is to do, you find at
		<a href="{{ portal_url }}">{{ portal_url }}</a>.</p>
		{{ expectations_html }}
	""",
)

MODERATOR_RELIEVED = define_mail(
	"Moderator Relieved",
	to="who moderated before",
	when="somebody else takes over",
	fields=(GROUP, CYCLE, PERSON.means("who does it now")),
	subject="{{ person }} moderates {{ group }} now",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ person }} has taken over as moderator of {{ group }} ({{ cycle }}). Thank you for what you did.</p>
	""",
)

CHOOSE_MODERATOR = define_mail(
	"Choose a Moderator",
	to="the mentor, else the members",
	when="the moderator leaves or is suspended",
	fields=(GROUP, CYCLE, BEFORE, WILLING),
	subject="{{ group }} needs a moderator",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ before }} can't moderate {{ group }} ({{ cycle }}) any more. Please choose who does it now{% if willing %}; willing are
		{{ willing | join(", ") }}{% endif %}: <a href="{{ portal_url }}">{{ portal_url }}</a></p>
	""",
)

MODERATOR_MISSING = define_mail(
	"Moderator Missing",
	to="coordinators",
	when="the moderator leaves or is suspended",
	immediate=True,
	fields=(GROUP, CYCLE, BEFORE, WILLING),
	subject="{{ group }} is without a moderator",
	body="""
		<p>{{ before }} can't moderate {{ group }} ({{ cycle }}) any more.{% if willing %} Willing to: {{ willing | join(", ") }}.{% else %} Nobody else in the group
		has said they would.{% endif %} The mentor, if there is one, was asked to choose.</p>
	""",
)
