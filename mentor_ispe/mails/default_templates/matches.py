"""Proposed matches, the answers to them, and the start of a group."""

from __future__ import annotations

from mentor_ispe.mails.default_templates.wording import Wording

MATCH_PROPOSED = "Mentoring: Match Proposed"
MATCH_REMINDER = "Mentoring: Match Reminder"
MATCH_ACCEPTED = "Mentoring: Match Accepted"
MATCH_DECLINED = "Mentoring: Match Declined"
GROUP_STARTED = "Mentoring: Group Started"
SEAT_ENDED = "Mentoring: Seat Ended"

TEMPLATES = {
	MATCH_PROPOSED: Wording(
		"A match for you in {{ cycle }}",
		"match_proposed.html",
		{
			"cycle": "name of the cycle",
			"group": "title of the group",
			"mentor": "name of the mentor, or empty",
			"members": "list of the mentees' or peers' names",
			"match_reason": "why these people were matched, or empty",
			"respond_by": "last day to answer, or empty",
			"kickoff_on": "date and time of the kick-off, or empty",
		},
		to="everybody in the group",
		when="the match is proposed, or on the day of the announcement",
	),
	MATCH_REMINDER: Wording(
		"Still open: your match in {{ cycle }}",
		"match_reminder.html",
		{
			"cycle": "name of the cycle",
			"group": "title of the group",
			"respond_by": "last day to answer",
		},
		to="who hasn't answered",
		when="after half of the time to answer, and shortly before its end",
	),
	MATCH_ACCEPTED: Wording(
		"{{ groups[0].group }}: the answers are in{% if groups|length > 1 %} (+ {{ groups|length - 1 }}){% endif %}",
		"match_accepted.html",
		{
			"groups": "list of the groups in which the last answer has come, each with group (its title), "
			"cycle, people (the names of those who accepted) and group_url (its address in the Desk)",
		},
		together="groups",
		to="coordinators",
		when="in the morning after the last answer of a group has come",
	),
	MATCH_DECLINED: Wording(
		"{{ person }} declined: {{ group }}",
		"match_declined.html",
		{
			"cycle": "name of the cycle",
			"group": "title of the group",
			"person": "who declined",
			"reason": "their words, or empty",
		},
		to="coordinators",
		when="somebody declines",
		at_once=True,
	),
	GROUP_STARTED: Wording(
		"{{ group }} has started",
		"group_started.html",
		{
			"cycle": "name of the cycle",
			"group": "title of the group",
			"mentor": "name of the mentor, or empty",
			"members": "list of the mentees' or peers' names",
			"start_date": "first day",
			"end_date": "last day, or empty",
			"expectations_html": "what the program expects of this person, as HTML, or empty",
		},
		to="everybody in the group",
		when="a coordinator starts the group",
	),
	SEAT_ENDED: Wording(
		"Your place in {{ group }} has ended",
		"seat_ended.html",
		{
			"cycle": "name of the cycle",
			"group": "title of the group",
			"reason": "why, or empty",
			"waits_again": "whether this person waits for a match again",
			"goals_met": "whether the group ended because the goals were met",
		},
		to="whose place ends",
		when="a place in a group ends",
	),
}
