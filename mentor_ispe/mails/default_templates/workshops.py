"""Workshops: announced, a place, changed, cancelled, tomorrow."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

WORKSHOP_ANNOUNCED = "Mentoring: Workshop Announced"
WORKSHOP_PLACE = "Mentoring: Workshop Place"
WORKSHOP_WAITING = "Mentoring: Workshop Waiting List"
WORKSHOP_CHANGED = "Mentoring: Workshop Changed"
WORKSHOP_CANCELLED = "Mentoring: Workshop Cancelled"
WORKSHOP_REMINDER = "Mentoring: Workshop Reminder"

WHAT = {
	"workshop": "title of the workshop",
	"program": "name of the program",
	"starts_on": "when it starts, on the clock of the person",
	"zone": "whose clock that is, for example Europe/Berlin",
	"minutes": "how long it takes",
	"mode": "Online or In Person",
	"location": "place, or empty",
	"link": "link, or empty",
	"description": "what it is about, as plain text, or empty",
}

TEMPLATES = {
	WORKSHOP_ANNOUNCED: Wording(
		"{{ program }}: workshop “{{ workshop }}”",
		"workshop_announced.html",
		{
			**WHAT,
			"required": "true when the program requires this training of the person",
			"sign_up_until": "last moment to sign up, on the clock of the person, or empty",
			"places": "number of places, or 0 when there is no limit",
		},
		to="whom it is for",
		when="a workshop is announced, or becomes theirs",
	),
	WORKSHOP_PLACE: Wording(
		"Your place in “{{ workshop }}”",
		"workshop_place.html",
		{**WHAT, "moved_up": "true when the person came up from the waiting list"},
		to="who signed up",
		when="there is a place, at once or from the waiting list",
		at_once=True,
	),
	WORKSHOP_WAITING: Wording(
		"You are on the waiting list for “{{ workshop }}”",
		"workshop_waiting.html",
		WHAT,
		to="who signed up",
		when="the workshop is full",
	),
	WORKSHOP_CHANGED: Wording(
		"“{{ workshop }}” has changed",
		"workshop_changed.html",
		WHAT,
		to="who has a place",
		when="the time or the place changes",
		at_once=True,
	),
	WORKSHOP_CANCELLED: Wording(
		"{% if given_up %}Your place in “{{ workshop }}” is given back{% else %}“{{ workshop }}” is cancelled{% endif %}",
		"workshop_cancelled.html",
		{
			**WHAT,
			"given_up": "true when only this person's place was given back",
			"reason": "why it was cancelled, or empty",
		},
		to="who has a place or waits",
		when="the workshop is cancelled, or one place is given back",
		at_once=True,
	),
	WORKSHOP_REMINDER: Wording(
		"Tomorrow: “{{ workshop }}”",
		"workshop_reminder.html",
		WHAT,
		to="who has a place",
		when="the day before",
		at_once=True,
	),
}
