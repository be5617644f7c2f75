"""Meetings: invitations with their calendar file, what a group hears beside, and who has looked into its notes."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	FOCUS,
	GROUP,
	LINK,
	LOCATION,
	MEETING_PAGE,
	MEETINGS_PAGE,
	MINUTES,
	MODE,
	REASON,
	STARTS_ON,
	WORKSHOPS_PAGE,
	ZONE,
	Button,
	Field,
	define_mail,
)

AGENDA = Field("agenda", "agenda as plain text, or empty", "How the first weeks went\nWhat comes next")
GUEST_SPEAKER = Field("guest_speaker", "name of the guest speaker, or empty", "Dr. Ines Moreau")
MEETING_URL = Field(
	"meeting_url",
	"page of the meeting",
	"https://mentoring.example.org/mentoring/groups/G-1/meetings/M-1",
)
RESOURCES = Field(
	"resources",
	"list of the resources to look at, each with title and url (or empty)",
	[{"title": "A first meeting", "url": "https://example.org/first-meeting"}],
)
CHANGED_BY = Field("changed_by", "who did it, or empty", "Tom Okafor")
REPLIES_READ = Field(
	"replies_read", "true when Accept, Maybe and Decline in the person's calendar are read", True
)
WHEN = (GROUP, STARTS_ON, ZONE, MINUTES)
WHAT = (MODE, LOCATION, LINK, FOCUS, AGENDA, GUEST_SPEAKER, RESOURCES)
WHICH = (STARTS_ON, ZONE, MEETING_URL)
COMING = (
	GROUP,
	STARTS_ON,
	ZONE,
	MINUTES.means("how long it lasts"),
	Field("place", "place or link, or empty", "https://meet.example.org/mentoring"),
)

SESSION_INVITATION = define_mail(
	"Session Invitation",
	to=N_("who is invited"),
	when=N_("a meeting is planned"),
	button=(Button(N_("View meeting"), "meeting_url", when="comes"), Button(N_("Respond"), "meeting_url")),
	immediate=True,
	fields=(
		*WHEN,
		*WHAT,
		MEETING_URL,
		Field("comes", "whether this person comes already, as whoever plans it does", False),
		REPLIES_READ,
	),
	needed=("starts_on", "link", "location"),
)

SESSION_CHANGED = define_mail(
	"Session Changed",
	to=N_("who is invited"),
	when=N_("the time, the place or the subject of a meeting changes"),
	button=Button(N_("View meeting"), "meeting_url"),
	immediate=True,
	fields=(*WHEN, *WHAT, MEETING_URL, CHANGED_BY, REPLIES_READ),
	needed=("starts_on", "link", "location"),
)

SESSION_CANCELLED = define_mail(
	"Session Cancelled",
	to=N_("who was invited"),
	when=N_("a meeting is canceled, or one person is taken off its list"),
	button=Button(N_("View meetings"), MEETINGS_PAGE),
	immediate=True,
	act_list="meetings",
	fields=(
		Field(
			"meetings",
			"list of the meetings, each with group, starts_on and zone; where there is one, the values below are its",
			[
				{
					"group": GROUP.sample,
					"starts_on": STARTS_ON.sample,
					"zone": ZONE.sample,
					"minutes": 60,
					"removed": False,
					"reason": REASON.sample,
					"changed_by": "",
				}
			],
		),
		*WHEN,
		Field("removed", "true when only this person was taken off the list", False),
		REASON,
		CHANGED_BY,
	),
	needed=("meetings",),
)

BEFORE_YOU_MEET = define_mail(
	"Before You Meet",
	to=N_("who hasn't signed or isn't trained"),
	when=N_("a meeting is planned that they can't be invited to, and before it"),
	button=(
		Button(N_("Sign agreements"), "/mentoring/sign", when="agreements"),
		Button(N_("View workshops"), WORKSHOPS_PAGE),
	),
	immediate=True,
	fields=(
		GROUP,
		Field("agreements", "list of the titles of agreements to sign", ["Code of conduct"]),
		Field("training", "list of the parts to be trained for: Mentor, Mentee, Moderator", ["Mentor"]),
		STARTS_ON.means("when the next meeting starts, on the clock of the person, or empty"),
		ZONE.means("whose clock that is, or empty"),
	),
	needed=("agreements", "training"),
)

MEETING_DECLINED = define_mail(
	"Meeting Declined",
	to=N_("the others who are invited"),
	when=N_("someone answers an invitation with No or Maybe"),
	button=Button(N_("View meeting"), "meeting_url"),
	fields=(
		GROUP,
		Field("person", "who answered", "Tom Okafor"),
		Field("maybe", "true when they said Maybe", False),
		*WHICH,
	),
	needed=("person", "starts_on"),
)

MEETING_HOST = define_mail(
	"Meeting Host",
	to=N_("the new host, and who was it before"),
	when=N_("a planned meeting gets another host"),
	button=Button(N_("View meeting"), "meeting_url"),
	fields=(
		GROUP,
		Field("person", "the host", "Mara Lindqvist"),
		Field("yours", "true when it is the reader", True),
		*WHICH,
	),
	needed=("person", "starts_on"),
)

MEETING_AGENDA = define_mail(
	"Meeting Agenda",
	to=N_("who is invited"),
	when=N_("some days before a meeting"),
	button=Button(N_("View meeting"), MEETING_PAGE),
	optional=True,
	fields=(
		*COMING,
		Field("host", "name of the host, or empty", "Mara Lindqvist"),
		FOCUS,
		AGENDA.means("the agenda as plain text, or empty"),
		Field("topics", "list of topics", ["Careers", "Leadership"]),
		RESOURCES.means("list of resources, each with title and url (may be empty)"),
		Field("open_items", "how many action items are open", 2),
	),
	needed=("starts_on",),
)

MEETING_REMINDER = define_mail(
	"Meeting Reminder",
	to=N_("who is invited"),
	when=N_("the day before a meeting of which they have the agenda, unless they said No"),
	button=(Button(N_("View meeting"), "meeting_url", when="answer"), Button(N_("Respond"), "meeting_url")),
	optional=True,
	immediate=True,
	fields=(
		*COMING,
		FOCUS,
		Field("answer", "Yes or Maybe, or empty when they haven't answered", "Yes"),
		MEETING_URL,
	),
	needed=("starts_on",),
)

MEETING_TO_RECORD = define_mail(
	"Meeting to Record",
	to=N_("who records the meeting"),
	when=N_("after a meeting that nobody has recorded"),
	button=Button(N_("Record meeting"), f"{MEETING_PAGE}#record"),
	optional=True,
	fields=(
		GROUP,
		STARTS_ON.means("when it was to start, on the clock of the person"),
		ZONE.means("whose clock that is"),
	),
	needed=("starts_on",),
)

NOTES_OPENED = define_mail(
	"Notes Opened",
	to=N_("everyone in the group"),
	when=N_("staff open the notes of a meeting"),
	button=Button(N_("View meetings"), MEETINGS_PAGE),
	fields=(
		GROUP,
		STARTS_ON.means("when the meeting started, on the clock of the person"),
		ZONE.means("whose clock that is"),
		Field("opened_by", "who opened them", "A coordinator"),
		Field("opened_on", "when they did, on the same clock", "2031-02-11 09:30:00"),
		REASON.means("why, in their words"),
	),
	needed=("opened_by", "reason"),
)
