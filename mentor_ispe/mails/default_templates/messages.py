"""The conversation of a group. These mails say nothing of what was written: it is read on the page."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import GROUP, REASON, ZONE, Button, Field, define_mail

CONVERSATION_URL = Field(
	"conversation_url",
	"where the conversation is read",
	"https://mentoring.example.org/mentoring/groups/G-1/messages",
)

ONLY = Field("only", "name of the other person in a pair, or empty", "Mara Lindqvist")

NEW_MESSAGE = define_mail(
	"New Message",
	to=N_("the others in the group"),
	when=N_("someone wrote a message; once until it is read, and at most once an hour"),
	button=Button(N_("Read and reply"), "conversation_url"),
	fields=(
		GROUP,
		Field("person", "who wrote", "Mara Lindqvist"),
		Field("pair", "whether the group is only the two of them", True),
		CONVERSATION_URL,
	),
)

CONVERSATION_OPENED = define_mail(
	"Conversation Opened",
	to=N_("everyone in the group"),
	when=N_("staff open the conversation of a group"),
	button=Button(N_("View messages"), "conversation_url"),
	fields=(
		GROUP,
		Field("opened_by", "who opened it", "A coordinator"),
		Field("opened_on", "when they did, on the clock of the person", "2031-02-11 09:30:00"),
		ZONE,
		REASON.means("why, in their words"),
		CONVERSATION_URL,
	),
	needed=("opened_by", "reason"),
)
