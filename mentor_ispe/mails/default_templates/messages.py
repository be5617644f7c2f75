"""The conversation of a group. These mails say nothing of what was written: it is read on the page."""

from __future__ import annotations

from mentor_ispe.mails.definition import GROUP, REASON, ZONE, Field, define_mail

CONVERSATION_URL = Field(
	"conversation_url",
	"where the conversation is read",
	"https://mentoring.example.org/mentoring/groups/G-1/messages",
)

NEW_MESSAGE = define_mail(
	"New Message",
	to="the others in the group",
	when="somebody wrote a message; once until it is read, and at most once an hour",
	fields=(GROUP, Field("person", "who wrote", "Mara Lindqvist"), CONVERSATION_URL),
	subject="{{ person }} wrote to you",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ person }} wrote a message in {{ group }}.</p>
		<p><a href="{{ conversation_url }}">Read and answer</a></p>
	""",
)

CONVERSATION_OPENED = define_mail(
	"Conversation Opened",
	to="everybody in the group",
	when="staff open the conversation of a group",
	fields=(
		GROUP,
		Field("opened_by", "who opened it", "A coordinator"),
		Field("opened_on", "when they did, on the clock of the person", "2031-02-11 09:30:00"),
		ZONE,
		REASON.means("why, in their words"),
		CONVERSATION_URL,
	),
	subject="The messages of {{ group }} were opened",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>your messages belong to your group. {{ opened_by }} opened the messages of {{ group }} on
		{{ moment(opened_on) }} ({{ zone }}) and gave this reason:</p>
		<blockquote>{{ reason }}</blockquote>
		<p>You can see who opened them, and why, <a href="{{ conversation_url }}">on your group's page</a>. If you have a
		question, answer this mail.</p>
	""",
)
