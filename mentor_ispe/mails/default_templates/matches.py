"""Proposed matches, the answers to them, and the start of a group."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.default_templates.messages import CONVERSATION_URL, ONLY
from mentor_ispe.mails.definition import (
	COORDINATORS,
	CYCLE,
	DESK,
	DESK_FORM,
	GROUP,
	GROUP_PAGE,
	HOME,
	MATCH_PAGE,
	REASON,
	Button,
	Field,
	define_mail,
)

MENTOR = Field("mentor", "name of the mentor, or empty", "Mara Lindqvist")
MEMBERS = Field("members", "list of the mentees' or peers' names", ["Tom Okafor"])

MATCH_PROPOSED = define_mail(
	"Match Proposed",
	to=N_("everyone in the group"),
	when=N_("the match is proposed, or on the day of the announcement"),
	button=Button(N_("Accept or decline"), MATCH_PAGE),
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
		Field("kickoff_on", "date and time of the kickoff, or empty", "2031-02-03 18:00:00"),
	),
	needed=("respond_by",),
)

MATCH_REMINDER = define_mail(
	"Match Reminder",
	to=N_("who hasn't answered"),
	when=N_("after half of the time to answer, and shortly before its end"),
	button=Button(N_("Accept or decline"), MATCH_PAGE),
	fields=(CYCLE, GROUP, Field("respond_by", "last day to answer", "2031-02-14")),
	needed=("respond_by",),
)

MATCH_ACCEPTED = define_mail(
	"Match Accepted",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("in the morning after the last answer of a group has come"),
	button=Button(N_("Open the Desk"), DESK),
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
	needed=("groups",),
)

EVERYONE_ACCEPTED = define_mail(
	"Everyone Accepted",
	to=N_("those in the group who had accepted before"),
	when=N_("the last answer of a group has come and the group hasn't started yet"),
	button=Button(N_("Send a message"), "conversation_url"),
	fields=(
		CYCLE,
		GROUP,
		Field("others", "list of the names of the others in the group", ["Mara Lindqvist"]),
		CONVERSATION_URL,
	),
)

MATCH_DECLINED = define_mail(
	"Match Declined",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("someone declines"),
	button=Button(N_("Open group"), DESK_FORM),
	immediate=True,
	fields=(
		CYCLE,
		GROUP,
		Field("person", "who declined", "Tom Okafor"),
		REASON.means("their words, or empty"),
	),
	needed=("person",),
)

GROUP_STARTED = define_mail(
	"Group Started",
	to=N_("everyone in the group"),
	when=N_("a coordinator starts the group"),
	button=Button(N_("Go to your group"), GROUP_PAGE),
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
		Field(
			"contacts",
			"the others who share their address: `name`, `email`",
			[{"name": "Mara Lindqvist", "email": "mara@example.org"}],
		),
		CONVERSATION_URL,
		ONLY,
	),
)

SEAT_ENDED = define_mail(
	"Seat Ended",
	to=N_("whose place ends"),
	when=N_("a place in a group ends"),
	button=Button(N_("View your programs"), HOME),
	fields=(
		CYCLE,
		GROUP,
		REASON,
		Field("called_off", "whether it ended before it had started", False),
		Field("withdrew", "whether this person left", False),
		Field("looks_further", "whether another match follows after one that was called off", False),
		Field("waits_again", "whether this person waits for a match again", True),
		Field("goals_met", "whether the group ended because the goals were met", False),
	),
)
