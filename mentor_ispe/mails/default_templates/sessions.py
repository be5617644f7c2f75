"""Meetings: invitations with their calendar file, what a group hears beside, and who has looked into its notes."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

SESSION_INVITATION = "Mentoring: Session Invitation"
SESSION_CHANGED = "Mentoring: Session Changed"
SESSION_CANCELLED = "Mentoring: Session Cancelled"

WHEN = {
	"group": "title of the group",
	"starts_on": "when it starts, on the clock of the person",
	"zone": "whose clock that is, for example Europe/Berlin",
	"minutes": "how long it takes",
}
WHAT = {
	"mode": "Online or In Person",
	"location": "place, or empty",
	"link": "link, or empty",
	"focus": "what it is about, or empty",
	"agenda": "agenda as plain text, or empty",
	"guest_speaker": "name of the guest speaker, or empty",
	"resources": "list of the resources to look at, each with title and url (or empty)",
}

BEFORE_YOU_MEET = "Mentoring: Before You Meet"
MEETING_AGENDA = "Mentoring: Meeting Agenda"
MEETING_TO_RECORD = "Mentoring: Meeting to Record"
NOTES_OPENED = "Mentoring: Notes Opened"

TEMPLATES = {
	SESSION_INVITATION: Wording(
		"{{ group }}: a session is planned",
		"session_invitation.html",
		{**WHEN, **WHAT},
		to="who is invited",
		when="a meeting is planned",
		at_once=True,
	),
	SESSION_CHANGED: Wording(
		"{{ group }}: the session has changed",
		"session_changed.html",
		{**WHEN, **WHAT},
		to="who is invited",
		when="the time, the place or the subject of a meeting changes",
		at_once=True,
	),
	SESSION_CANCELLED: Wording(
		"{{ group }}: {% if removed %}you aren't expected any more{% else %}the session is cancelled{% endif %}",
		"session_cancelled.html",
		{**WHEN, "removed": "true when only this person was taken off the list", "reason": "why, or empty"},
		to="who was invited",
		when="a meeting is cancelled, or one person is taken off its list",
		at_once=True,
	),
	BEFORE_YOU_MEET: Wording(
		"Before you meet: {{ group }}",
		"before_you_meet.html",
		{
			"group": "title of the group",
			"agreements": "list of the titles of agreements to sign",
			"training": "list of the parts to be trained for: Mentor, Mentee, Moderator",
			"starts_on": "when the next meeting starts, on the clock of the person, or empty",
			"zone": "whose clock that is, or empty",
		},
		to="who hasn't signed or isn't trained",
		when="a meeting is planned that they can't be invited to, and before it",
		at_once=True,
	),
	MEETING_AGENDA: Wording(
		"Agenda: {{ group }}",
		"meeting_agenda.html",
		{
			"group": "title of the group",
			"starts_on": "when it starts, on the clock of the person",
			"zone": "whose clock that is, for example Europe/Berlin",
			"minutes": "how long it lasts",
			"place": "place or link, or empty",
			"host": "name of the host, or empty",
			"focus": "what it is about, or empty",
			"agenda": "the agenda as plain text, or empty",
			"topics": "list of topics",
			"resources": "list of resources, each with title and url (may be empty)",
			"open_items": "how many action items are open",
		},
		to="who is invited",
		when="some days before a meeting",
	),
	MEETING_TO_RECORD: Wording(
		"Did {{ group }} meet?",
		"meeting_to_record.html",
		{
			"group": "title of the group",
			"starts_on": "when it was to start, on the clock of the person",
			"zone": "whose clock that is",
		},
		to="who records the meeting",
		when="after a meeting that nobody has recorded",
	),
	NOTES_OPENED: Wording(
		"The notes of {{ group }} were opened",
		"notes_opened.html",
		{
			"group": "title of the group",
			"starts_on": "when the meeting started, on the clock of the person",
			"zone": "whose clock that is",
			"opened_by": "who opened them",
			"opened_on": "when they did, on the same clock",
			"reason": "why, in their words",
		},
		to="everybody in the group",
		when="staff open the notes of a meeting",
	),
}
