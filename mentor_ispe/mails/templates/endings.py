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
}
