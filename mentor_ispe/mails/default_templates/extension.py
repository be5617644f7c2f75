"""Going on in the next cycle, and coming back to it."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

EXTENSION_OFFER = "Mentoring: Extension Offer"
EXTENSION_REMINDER = "Mentoring: Extension Reminder"
EXTENSION_NO = "Mentoring: Extension Declined"
EXTENDED = "Mentoring: Group Goes On"
EXTENSION_OFF = "Mentoring: Extension Off"
EXTENSION_STUCK = "Mentoring: Extension Stuck"
INVITATION = "Mentoring: Invitation"

TEMPLATES = {
	EXTENSION_OFFER: Wording(
		"Go on with {{ group }} in {{ next_cycle }}?",
		"extension_offer.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"next_cycle": "name of the next cycle",
			"until": "last day to answer",
			"partners": "list of the others in the group",
			"members_decide": "whether it takes enough members rather than both sides",
		},
		to="everybody in the group",
		when="applications to the next cycle open",
	),
	EXTENSION_REMINDER: Wording(
		"Still open: {{ group }} in {{ next_cycle }}",
		"extension_reminder.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"next_cycle": "name of the next cycle",
			"until": "last day to answer",
		},
		to="who hasn't answered",
		when="before the last day to say whether one goes on",
	),
	EXTENSION_NO: Wording(
		"{{ person }} doesn't go on in {{ next_cycle }}",
		"extension_no.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"next_cycle": "name of the next cycle",
			"until": "last day to apply",
			"person": "who said no",
			"goes_on": "whether the others may still go on together",
		},
		to="the others in the group",
		when="somebody says that they don't go on",
	),
	EXTENDED: Wording(
		"{{ group }} goes on in {{ next_cycle }}",
		"group_goes_on.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"next_cycle": "name of the next cycle",
			"start": "first day of the next cycle",
			"members": "list of those who go on",
			"agreements": "list of the agreements to sign anew",
		},
		to="everybody who goes on",
		when="the group of the next cycle is made",
	),
	EXTENSION_OFF: Wording(
		"{{ group }} doesn't go on in {{ next_cycle }}",
		"extension_off.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"next_cycle": "name of the next cycle",
			"reason": "why, in a sentence",
		},
		to="who said yes",
		when="the time to answer is over and the group can't go on",
	),
	EXTENSION_STUCK: Wording(
		"{{ group }} can't go on in {{ next_cycle }} yet",
		"extension_stuck.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"next_cycle": "name of the next cycle",
			"reason": "what stands in the way",
		},
		to="coordinators",
		when="everybody said yes and a rule stands in the way; once for each reason",
		at_once=True,
	),
	INVITATION: Wording(
		"{{ cycle }} is open",
		"invitation.html",
		{
			"cycle": "name of the cycle",
			"program": "name of the program",
			"until": "last day to apply",
			"before": "name of the cycle this person took part in",
			"role": "Mentor or Mentee, as they did then",
		},
		to="who took part in the cycle before",
		when="applications to a cycle open",
	),
}
