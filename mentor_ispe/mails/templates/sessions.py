"""What a group hears of its meetings beside the invitations, and who has looked into its notes."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

BEFORE_YOU_MEET = "Mentoring: Before You Meet"
MEETING_AGENDA = "Mentoring: Meeting Agenda"
MEETING_TO_RECORD = "Mentoring: Meeting to Record"
NOTES_OPENED = "Mentoring: Notes Opened"

TEMPLATES = {
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
