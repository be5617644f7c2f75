"""Going on in the next cycle, and coming back to it."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	COORDINATORS,
	CYCLE,
	DESK_FORM,
	GROUP,
	GROUP_PAGE,
	PROGRAM,
	REASON,
	Button,
	Field,
	define_mail,
)

NEXT_CYCLE = Field("next_cycle", "name of the next cycle", "Mentoring 2032")
UNTIL = Field("until", "last day to answer", "2031-12-15")
APPLY_UNTIL = Field("until", "last day to apply", "2031-12-15")

ANSWER = "/mentoring/groups/{group_name}/more#extension"

EXTENSION_OFFER = define_mail(
	"Extension Offer",
	to=N_("everyone in the group"),
	when=N_("applications to the next cycle open"),
	button=Button(N_("Answer yes or no"), ANSWER),
	fields=(
		GROUP,
		CYCLE,
		NEXT_CYCLE,
		UNTIL,
		Field("partners", "list of the others in the group", ["Mara Lindqvist", "Tom Okafor"]),
		Field("members_decide", "whether it takes enough members rather than both sides", False),
	),
	needed=("until",),
)

EXTENSION_REMINDER = define_mail(
	"Extension Reminder",
	to=N_("who hasn't answered"),
	when=N_("before the last day to say whether to continue"),
	button=Button(N_("Answer yes or no"), ANSWER),
	fields=(GROUP, CYCLE, NEXT_CYCLE, UNTIL),
	needed=("until",),
)

EXTENSION_NO = define_mail(
	"Extension Declined",
	to=N_("the others in the group"),
	when=N_("someone says they won't continue"),
	button=(
		Button(N_("View group"), ANSWER, when="goes_on"),
		Button(N_("Apply now"), "/mentoring/apply/{next_cycle}"),
	),
	fields=(
		GROUP,
		CYCLE,
		NEXT_CYCLE,
		APPLY_UNTIL,
		Field("person", "who said no", "Tom Okafor"),
		Field("goes_on", "whether the others may still go on together", True),
	),
)

EXTENDED = define_mail(
	"Group Goes On",
	to=N_("everyone who continues"),
	when=N_("the group of the next cycle is made"),
	button=(
		Button(N_("Sign agreements"), "/mentoring/sign", when="agreements"),
		Button(N_("View group"), GROUP_PAGE),
	),
	fields=(
		GROUP,
		CYCLE,
		NEXT_CYCLE,
		Field("start", "first day of the next cycle", "2032-01-12"),
		Field("members", "list of those who go on", ["Tom Okafor"]),
		Field("agreements", "list of the agreements to sign anew", ["Code of conduct"]),
	),
)

EXTENSION_OFF = define_mail(
	"Extension Off",
	to=N_("who said yes"),
	when=N_("the time to answer is over and the group can't continue"),
	fields=(GROUP, CYCLE, NEXT_CYCLE, REASON.means("why, in a sentence")),
	needed=("reason",),
)

EXTENSION_STUCK = define_mail(
	"Extension Stuck",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("everyone said yes and a rule stands in the way; once for each reason"),
	button=Button(N_("Open group"), DESK_FORM),
	immediate=True,
	fields=(GROUP, CYCLE, NEXT_CYCLE, REASON.means("what stands in the way")),
	needed=("reason",),
)

INVITATION = define_mail(
	"Invitation",
	to=N_("who was in the previous cycle"),
	when=N_("applications to a cycle open"),
	button=Button(N_("Apply now"), "/mentoring/apply/{cycle}"),
	optional=True,
	fields=(
		CYCLE,
		PROGRAM,
		APPLY_UNTIL,
		Field("before", "name of the cycle this person took part in", "Mentoring 2030"),
		Field("role", "Mentor or Mentee, as they did then", "Mentee"),
	),
	needed=("until",),
)
