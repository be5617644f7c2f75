"""Polls of times for a group's next meeting. The links in them answer for the person, without a login."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import GROUP, STARTS_ON, ZONE, Button, Field, define_mail

MEETING_POLL = define_mail(
	"Meeting Poll",
	to=N_("the others in the group"),
	when=N_("someone asks which of some times suit them"),
	button=Button(N_("Choose times"), "answer_url"),
	immediate=True,
	fields=(
		GROUP,
		Field("person", "who asks", "Mara Lindqvist"),
		Field(
			"times",
			"list of the times, each with its number and starts_on, on the clock of the person",
			[
				{"number": 1, "starts_on": "2031-02-10 17:00:00"},
				{"number": 2, "starts_on": "2031-02-12 09:00:00"},
			],
		),
		ZONE,
		Field("poll", "which poll it is, for answer_link", ""),
		Field("until", "until when answers count, as answer_link takes it", "2031-02-08 17:00:00"),
	),
	needed=("times", "until"),
)

POLL_CLOSED = define_mail(
	"Poll Closed",
	to=N_("who asked"),
	when=N_("a poll ends without a meeting, or everyone has answered and too few are ready to meet"),
	button=(
		Button(N_("View poll"), "meetings_url", when="waits"),
		Button(N_("Schedule a meeting"), "plan_url", when="plan_url"),
		Button(N_("Suggest other times"), "meetings_url"),
	),
	fields=(
		GROUP,
		Field(
			"why",
			"list of sentences: why the meeting can't be; empty when no time suits two people",
			["Tom Okafor hasn't signed “Code of conduct”. It must be signed before the meeting."],
		),
		Field("waits", "true while the poll is open and waits for them", True),
		STARTS_ON.means("the time that suits most people, on the clock of the person, or empty"),
		ZONE.means("whose clock that is, or empty"),
		Field(
			"plan_url",
			"where one plans a meeting at that time, or empty",
			"https://mentoring.example.org/mentoring/groups/G-1/meetings?at=2031-02-10T17:00#plan-one",
		),
		Field(
			"meetings_url",
			"where one plans",
			"https://mentoring.example.org/mentoring/groups/G-1/meetings#plan",
		),
	),
)
