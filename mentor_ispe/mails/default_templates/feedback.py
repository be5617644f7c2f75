"""Feedback that is asked for, and groups that need a coordinator."""

from __future__ import annotations

from mentor_ispe.domain.feedback.kinds import CHECK_IN, codes_of
from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	COORDINATORS,
	CYCLE,
	DESK,
	FEEDBACK_PAGE,
	Button,
	Field,
	define_mail,
)

FEEDBACK_ASKED = define_mail(
	"Feedback Asked",
	to=N_("who is asked"),
	when=N_("at night, when feedback is due"),
	button=(
		Button(N_("Give feedback"), FEEDBACK_PAGE),
		Button(N_("Give feedback"), "/mentoring/groups#feedback"),
	),
	optional=True,
	fields=(
		Field("kind", f"the kind of feedback: {' or '.join(codes_of(asked_for=True))}", CHECK_IN.code),
		Field("question", "what is asked, with {about}, {cycle} and {day}", CHECK_IN.question),
		Field("about", "title of the group, or name of the cycle", "Mara Lindqvist and Tom Okafor"),
		CYCLE,
		Field("session_on", "day of the session, or empty", "2031-02-10"),
		Field("due_on", "day by which an answer is expected", "2031-02-28"),
	),
	needed=("question",),
)

FEEDBACK_REMINDER = define_mail(
	"Feedback Reminder",
	to=N_("who was asked for feedback and hasn't answered"),
	when=N_("twice in the time there is to answer; what is open on one day is one email, in the morning"),
	button=Button(N_("Give feedback"), "/mentoring#next"),
	optional=True,
	digest_list="requests",
	fields=(
		Field(
			"requests",
			"list of what is open, each with kind (as in Feedback Asked), about (title of the group, or name of the cycle), cycle, due_on (day by which an answer was expected), session_on (day of the meeting it is about, or empty) and last (whether this is the last reminder)",
			[
				{
					"kind": "Check-in",
					"about": "Mara Lindqvist and Tom Okafor",
					"cycle": "Mentoring 2031",
					"due_on": "2031-02-28",
					"session_on": "",
					"last": False,
				},
				{
					"kind": "Session",
					"about": "Mara Lindqvist and Tom Okafor",
					"cycle": "Mentoring 2031",
					"due_on": "2031-02-20",
					"session_on": "2031-02-06",
					"last": True,
				},
			],
		),
	),
	needed=("requests",),
)

GROUP_ALARM = define_mail(
	"Group Needs You",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("in the morning, when something is the matter with a group that wasn't the day before"),
	button=Button(N_("Open the Desk"), DESK),
	digest_list="groups",
	fields=(
		Field(
			"groups",
			"list of what is the matter, each with group (its title), cycle, alarm (its name), words (what is the matter, in a sentence) and group_url (address of the group in the Desk)",
			[
				{
					"group": "Mara Lindqvist and Tom Okafor",
					"cycle": "Mentoring 2031",
					"alarm": "No First Meeting",
					"words": "No first meeting in 40 days; 30 are allowed.",
					"group_url": "https://mentoring.example.org/app",
				},
				{
					"group": "Circle of four",
					"cycle": "Mentoring 2031",
					"alarm": "Low Health",
					"words": "The health is 35 of 100.",
					"group_url": "https://mentoring.example.org/app",
				},
			],
		),
	),
	needed=("groups",),
)
