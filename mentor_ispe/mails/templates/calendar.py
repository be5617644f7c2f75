"""Sessions: planned, changed, cancelled. The calendar file goes along."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

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
}
