"""Workshops: announced, a place, changed, cancelled, tomorrow."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	LINK,
	LOCATION,
	MINUTES,
	MODE,
	PROGRAM,
	REASON,
	STARTS_ON,
	WORKSHOPS_PAGE,
	ZONE,
	Button,
	Field,
	define_mail,
)

TITLE = Field("workshop", "title of the workshop", "Mentoring for beginners")
DESCRIPTION = Field(
	"description", "what it is about, as plain text, or empty", "How to begin, how to listen, how to end."
)
WORKSHOP = (TITLE, PROGRAM, STARTS_ON, ZONE, MINUTES, MODE, LOCATION, LINK, DESCRIPTION)

WORKSHOP_ANNOUNCED = define_mail(
	"Workshop Announced",
	to=N_("the people it is for"),
	when=N_("a workshop is announced, or becomes theirs"),
	button=Button(N_("Reserve a place"), WORKSHOPS_PAGE),
	optional=True,
	fields=(
		*WORKSHOP,
		Field("required", "true when the program requires this training of the person", True),
		Field(
			"sign_up_until",
			"last moment to sign up, on the clock of the person, or empty",
			"2031-02-07 12:00:00",
		),
		Field("places", "number of places, or 0 when there is no limit", 20),
	),
)

WORKSHOP_PLACE = define_mail(
	"Workshop Place",
	to=N_("who signed up"),
	when=N_("there is a place, right away or from the waiting list"),
	button=Button(N_("View workshops"), WORKSHOPS_PAGE),
	immediate=True,
	fields=(*WORKSHOP, Field("moved_up", "true when the person came up from the waiting list", False)),
	needed=("starts_on", "link", "location"),
)

WORKSHOP_WAITING = define_mail(
	"Workshop Waiting List",
	to=N_("who signed up"),
	when=N_("the workshop is full"),
	button=Button(N_("View workshops"), WORKSHOPS_PAGE),
	fields=WORKSHOP,
	needed=("starts_on",),
)

WORKSHOP_CHANGED = define_mail(
	"Workshop Changed",
	to=N_("who has a place"),
	when=N_("the time or the place changes"),
	button=Button(N_("View workshops"), WORKSHOPS_PAGE),
	immediate=True,
	fields=WORKSHOP,
	needed=("starts_on", "link", "location"),
)

WORKSHOP_CANCELLED = define_mail(
	"Workshop Cancelled",
	to=N_("who has a place or waits"),
	when=N_("the workshop is canceled, or one place is given back"),
	button=Button(N_("View workshops"), WORKSHOPS_PAGE),
	immediate=True,
	fields=(
		*WORKSHOP,
		Field("given_up", "true when only this person's place was given back", False),
		REASON.means("why it was cancelled, or empty"),
	),
	needed=("starts_on",),
)

WORKSHOP_REMINDER = define_mail(
	"Workshop Reminder",
	to=N_("who has a place"),
	when=N_("the day before"),
	button=Button(N_("View workshops"), WORKSHOPS_PAGE),
	immediate=True,
	fields=WORKSHOP,
)
