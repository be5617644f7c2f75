"""Groups that run: their charter, their moderator, who leaves, and how they end."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	COORDINATORS,
	CYCLE,
	DESK_FORM,
	GROUP,
	GROUP_PAGE,
	MEETINGS_PAGE,
	REASON,
	Button,
	Field,
	define_mail,
)

PERSON = Field("person", "who left", "Tom Okafor")
GIVEN_REASON = Field("reason", "the words given, or empty", "A new job leaves no time.")
LEFT = Field("left", "how many members are left", 2)
BEFORE = Field("before", "who did it before", "Kim Adeyemi")
WILLING = Field("willing", "list of members who said they would", ["Tom Okafor"])

CHARTER_TO_AGREE = define_mail(
	"Charter to Agree",
	to=N_("the others in the group"),
	when=N_("the charter is written or changed"),
	button=Button(N_("Review charter"), "/mentoring/groups/{group_name}/charter"),
	fields=(GROUP, CYCLE),
)

ENDED_EARLY = define_mail(
	"Group Ended Early",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("a group ends before its time"),
	button=Button(N_("Open group"), DESK_FORM),
	immediate=True,
	fields=(
		GROUP,
		CYCLE,
		Field("kind", "kind of ending", "Check-in"),
		REASON.means("the words given"),
		Field("waiting", "list of the mentees or peers who wait for a match again", ["Tom Okafor"]),
	),
)

MEMBER_LEFT = define_mail(
	"Member Left",
	to=N_("the others in the group"),
	when=N_("someone leaves a running group"),
	button=Button(N_("View group"), GROUP_PAGE),
	fields=(GROUP, CYCLE, PERSON),
	needed=("person",),
)

PERSON_AWAY = define_mail(
	"Person Away",
	to=N_("the others in the group"),
	when=N_("someone pauses, changes the day of return, or is there again"),
	button=Button(N_("View meetings"), MEETINGS_PAGE),
	optional=True,
	fields=(
		GROUP,
		CYCLE,
		PERSON.means("who is away"),
		Field("away_from", "first day away, or empty when they are there again", "2031-03-01"),
		Field("returns_on", "day of return, or empty when they are there again", "2031-04-26"),
	),
	needed=("returns_on",),
)

GROUP_SMALL = define_mail(
	"Group Too Small",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("a running group has fewer members than its program asks for"),
	button=Button(N_("Open group"), DESK_FORM),
	immediate=True,
	fields=(GROUP, CYCLE, PERSON, GIVEN_REASON, LEFT, Field("least", "how many the program asks for", 3)),
)

GROUP_WITHOUT_MENTOR = define_mail(
	"Group Without Mentor",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("the mentor leaves a running group"),
	button=Button(N_("Open group"), DESK_FORM),
	immediate=True,
	fields=(GROUP, CYCLE, PERSON, GIVEN_REASON, LEFT),
)

GROUP_COMPLETED = define_mail(
	"Group Completed",
	to=N_("everyone in the group"),
	when=N_("a group is completed"),
	button=Button(N_("View group"), GROUP_PAGE),
	fields=(GROUP, CYCLE),
)

MODERATOR_CHOSEN = define_mail(
	"Moderator Chosen",
	to=N_("the new moderator"),
	when=N_("a moderator is chosen"),
	button=Button(N_("View group"), GROUP_PAGE),
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
)

MODERATOR_RELIEVED = define_mail(
	"Moderator Relieved",
	to=N_("who moderated before"),
	when=N_("someone else takes over"),
	button=Button(N_("View group"), GROUP_PAGE),
	optional=True,
	fields=(GROUP, CYCLE, PERSON.means("who does it now")),
	needed=("person",),
)

CHOOSE_MODERATOR = define_mail(
	"Choose a Moderator",
	to=N_("the mentor, else the members"),
	when=N_("the moderator leaves or is suspended"),
	button=Button(N_("Choose moderator"), "/mentoring/groups/{group_name}/more#moderator"),
	fields=(GROUP, CYCLE, BEFORE, WILLING),
)

MODERATOR_MISSING = define_mail(
	"Moderator Missing",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("the moderator leaves or is suspended"),
	button=Button(N_("Open group"), DESK_FORM),
	immediate=True,
	fields=(GROUP, CYCLE, BEFORE, WILLING),
)
