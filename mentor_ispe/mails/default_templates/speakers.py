"""Guest speakers: asked for, the answers to the group, and what the speaker is told."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.sessions import WHEN
from mentor_ispe.mails.default_templates.wording import Wording

SPEAKER_REQUESTED = "Mentoring: Guest Speaker Requested"
SPEAKER_ANSWER = "Mentoring: Guest Speaker Answer"
SPEAKER_TO_FIND_AGAIN = "Mentoring: Guest Speaker To Find Again"
SPEAKER_INVITATION = "Mentoring: Guest Speaker Invitation"
SPEAKER_CHANGED = "Mentoring: Guest Speaker Session Changed"
SPEAKER_CANCELLED = "Mentoring: Guest Speaker Session Cancelled"

SESSION = {
	**WHEN,
	"mode": "Online or In Person",
	"location": "place, or empty",
	"link": "link, or empty",
	"focus": "what it is about, or empty",
}

TEMPLATES = {
	SPEAKER_REQUESTED: Wording(
		"{{ group }} asks for a guest speaker: {{ topic }}",
		"speaker_requested.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"topic": "topic",
			"message": "what the group would like to hear, or empty",
			"wished_from": "not before this day, or empty",
			"wished_until": "not after this day, or empty",
		},
		to="coordinators",
		when="a group asks for a guest speaker",
		at_once=True,
	),
	SPEAKER_ANSWER: Wording(
		"{{ group }}: your guest speaker on {{ topic }}",
		"speaker_answer.html",
		{
			"group": "title of the group",
			"topic": "topic",
			"status": "Approaching, Arranged, Declined, Cancelled or Requested (open again)",
			"speaker": "name of the speaker, or empty",
			"starts_on": "when the session starts, on the clock of the person, or empty",
			"zone": "whose clock that is",
			"answer": "words to the group, or empty",
		},
		to="everybody in the group",
		when="the request takes a step",
	),
	SPEAKER_TO_FIND_AGAIN: Wording(
		"{{ group }}: the session with {{ speaker }} was cancelled",
		"speaker_to_find_again.html",
		{"group": "title of the group", "topic": "topic", "speaker": "name of the speaker, or empty"},
		to="coordinators",
		when="the meeting with a speaker is cancelled",
		at_once=True,
	),
	SPEAKER_INVITATION: Wording(
		"An invitation to speak: {{ group }}",
		"speaker_invitation.html",
		SESSION,
		to="the speaker",
		when="a meeting with the speaker is planned",
		at_once=True,
	),
	SPEAKER_CHANGED: Wording(
		"{{ group }}: the session has changed",
		"speaker_changed.html",
		SESSION,
		to="the speaker",
		when="the meeting with the speaker changes",
		at_once=True,
	),
	SPEAKER_CANCELLED: Wording(
		"{{ group }}: the session is cancelled",
		"speaker_cancelled.html",
		{**SESSION, "reason": "why, or empty"},
		to="the speaker",
		when="the meeting with the speaker is cancelled, or another speaker comes",
		at_once=True,
	),
}
