"""Guest speakers: asked for, the answers to the group, and what the speaker is told."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	COORDINATORS,
	CYCLE,
	DESK_FORM,
	FOCUS,
	GROUP,
	LINK,
	LOCATION,
	MINUTES,
	MODE,
	REASON,
	SPEAKERS,
	STARTS_ON,
	ZONE,
	Button,
	Field,
	define_mail,
)

TOPIC = Field("topic", "topic", "Starting up a plant")
SPEAKER = Field("speaker", "name of the speaker, or empty", "Dr. Ines Moreau")
SESSION = (GROUP, STARTS_ON, ZONE, MINUTES, MODE, LOCATION, LINK, FOCUS)

SPEAKER_REQUESTED = define_mail(
	"Guest Speaker Requested",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("a group asks for a guest speaker"),
	button=Button(N_("Open request"), DESK_FORM),
	immediate=True,
	fields=(
		GROUP,
		CYCLE,
		TOPIC,
		Field("message", "what the group would like to hear, or empty", "How a plant is started up."),
		Field("wished_from", "not before this day, or empty", "2031-03-01"),
		Field("wished_until", "not after this day, or empty", "2031-04-30"),
	),
)

SPEAKER_ANSWER = define_mail(
	"Guest Speaker Answer",
	to=N_("everyone in the group"),
	when=N_("the request takes a step"),
	button=Button(N_("View request"), "/mentoring/groups/{group_name}/more#speaker"),
	fields=(
		GROUP,
		TOPIC,
		Field("status", "Approaching, Arranged, Declined, Cancelled or Requested (open again)", "Arranged"),
		SPEAKER,
		STARTS_ON.means("when the session starts, on the clock of the person, or empty"),
		ZONE.means("whose clock that is"),
		Field("answer", "words to the group, or empty", "She has a whole hour for you."),
	),
)

SPEAKER_TO_FIND_AGAIN = define_mail(
	"Guest Speaker To Find Again",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("the meeting with a speaker is canceled"),
	button=Button(N_("Open request"), DESK_FORM),
	immediate=True,
	fields=(GROUP, TOPIC, SPEAKER),
)

SPEAKER_INVITATION = define_mail(
	"Guest Speaker Invitation",
	to=N_("the speaker"),
	audience=SPEAKERS,
	when=N_("a meeting with the speaker is planned"),
	immediate=True,
	fields=SESSION,
	needed=("starts_on", "link", "location"),
)

SPEAKER_CHANGED = define_mail(
	"Guest Speaker Session Changed",
	to=N_("the speaker"),
	audience=SPEAKERS,
	when=N_("the meeting with the speaker changes"),
	immediate=True,
	fields=SESSION,
	needed=("starts_on", "link", "location"),
)

SPEAKER_CANCELLED = define_mail(
	"Guest Speaker Session Cancelled",
	to=N_("the speaker"),
	audience=SPEAKERS,
	when=N_("the meeting with the speaker is canceled, or another speaker comes"),
	immediate=True,
	fields=(*SESSION, REASON),
	needed=("starts_on",),
)
