"""Groups that end, people who leave them, and what comes next for them."""

from __future__ import annotations

from mentor_ispe.mails.templates.wording import Wording

ENDED_EARLY = "Mentoring: Group Ended Early"
MEMBER_LEFT = "Mentoring: Member Left"
GROUP_SMALL = "Mentoring: Group Too Small"
GROUP_WITHOUT_MENTOR = "Mentoring: Group Without Mentor"
GROUP_COMPLETED = "Mentoring: Group Completed"

TEMPLATES = {
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
	),
	MEMBER_LEFT: Wording(
		"{{ person }} has left {{ group }}",
		"member_left.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
			"person": "who left",
		},
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
	),
	GROUP_COMPLETED: Wording(
		"{{ group }} is complete",
		"group_completed.html",
		{
			"group": "title of the group",
			"cycle": "name of the cycle",
		},
	),
}
