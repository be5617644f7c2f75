"""The moderator of a group."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

MODERATOR_CHOSEN = "Mentoring: Moderator Chosen"
MODERATOR_RELIEVED = "Mentoring: Moderator Relieved"
CHOOSE_MODERATOR = "Mentoring: Choose a Moderator"
MODERATOR_MISSING = "Mentoring: Moderator Missing"

TEMPLATES = {
	MODERATOR_CHOSEN: Wording(
		"You moderate {{ group }}",
		"moderator_chosen.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"before": "who did it before, or empty",
			"expectations_html": "what the program expects of moderators, as staff wrote it",
		},
		to="the new moderator",
		when="a moderator is chosen",
	),
	MODERATOR_RELIEVED: Wording(
		"{{ person }} moderates {{ group }} now",
		"moderator_relieved.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"person": "who does it now",
		},
		to="who moderated before",
		when="somebody else takes over",
	),
	CHOOSE_MODERATOR: Wording(
		"{{ group }} needs a moderator",
		"choose_moderator.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"before": "who did it before",
			"willing": "list of members who said they would",
		},
		to="the mentor, else the members",
		when="the moderator leaves or is suspended",
	),
	MODERATOR_MISSING: Wording(
		"{{ group }} is without a moderator",
		"moderator_missing.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"before": "who did it before",
			"willing": "list of members who said they would",
		},
		to="coordinators",
		when="the moderator leaves or is suspended",
		at_once=True,
	),
}
