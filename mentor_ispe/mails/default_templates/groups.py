"""Groups that run: their charter, their moderator, who leaves, and how they end."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

CHARTER_TO_AGREE = "Mentoring: Charter to Agree"

ENDED_EARLY = "Mentoring: Group Ended Early"
MEMBER_LEFT = "Mentoring: Member Left"
GROUP_SMALL = "Mentoring: Group Too Small"
GROUP_WITHOUT_MENTOR = "Mentoring: Group Without Mentor"
GROUP_COMPLETED = "Mentoring: Group Completed"

MODERATOR_CHOSEN = "Mentoring: Moderator Chosen"
MODERATOR_RELIEVED = "Mentoring: Moderator Relieved"
CHOOSE_MODERATOR = "Mentoring: Choose a Moderator"
MODERATOR_MISSING = "Mentoring: Moderator Missing"

TEMPLATES = {
	CHARTER_TO_AGREE: Wording(
		"The charter of {{ group }}: do you agree?",
		"charter_to_agree.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
		},
		to="the others in the group",
		when="the charter is written or changed",
	),
	ENDED_EARLY: Wording(
		"{{ group }} has ended early",
		"group_ended_early.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"kind": "kind of ending",
			"reason": "the words given",
			"waiting": "list of the mentees or peers who wait for a match again",
		},
		to="coordinators",
		when="a group ends before its time",
		at_once=True,
	),
	MEMBER_LEFT: Wording(
		"{{ person }} has left {{ group }}",
		"member_left.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"person": "who left",
		},
		to="the others in the group",
		when="somebody leaves a running group",
	),
	GROUP_SMALL: Wording(
		"{{ group }} has become small",
		"group_small.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"person": "who left",
			"reason": "the words given, or empty",
			"left": "how many members are left",
			"least": "how many the program asks for",
		},
		to="coordinators",
		when="a running group has fewer members than its program asks for",
		at_once=True,
	),
	GROUP_WITHOUT_MENTOR: Wording(
		"{{ group }} is without a mentor",
		"group_without_mentor.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"person": "who left",
			"reason": "the words given, or empty",
			"left": "how many members are left",
		},
		to="coordinators",
		when="the mentor leaves a running group",
		at_once=True,
	),
	GROUP_COMPLETED: Wording(
		"{{ group }} is complete",
		"group_completed.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
		},
		to="everybody in the group",
		when="a group is completed",
	),
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
