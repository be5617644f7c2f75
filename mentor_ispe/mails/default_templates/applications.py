"""Applications, the answers to them, and people who wait for the answer that their program promised."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	COORDINATORS,
	CYCLE,
	DESK,
	Button,
	Field,
	define_mail,
)

ROLE = Field("role", "Mentor or Mentee", "Mentee")
COUNT = Field("count", "how many people wait", 2)
PEOPLE = Field("people", "list of their names", ["Mara Lindqvist", "Tom Okafor"])
ANSWER_BY = Field("answer_by", "last day of what was promised", "2031-02-28")

APPLICATION_RECEIVED = define_mail(
	"Application Received",
	to=N_("the applicant"),
	when=N_("the application has come"),
	button=Button(N_("View application"), "/mentoring/apply/{cycle}"),
	fields=(CYCLE, ROLE, Field("reply_weeks", "weeks until the answer, or 0", 4)),
)

APPLICATION_APPROVED = define_mail(
	"Application Approved",
	to=N_("the applicant"),
	when=N_("a coordinator approves"),
	button=Button(N_("Complete profile"), "/mentoring/profile"),
	fields=(CYCLE, ROLE, Field("note", "words of the coordinator, or empty", "Welcome!")),
)

APPLICATION_REJECTED = define_mail(
	"Application Rejected",
	to=N_("the applicant"),
	when=N_("a coordinator rejects"),
	button=Button(N_("See other programs"), "/mentoring#programs"),
	fields=(CYCLE, ROLE, Field("note", "words of the coordinator", "Welcome!")),
	needed=("note",),
)

WAITING_SOON = define_mail(
	"Answers Due Soon",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("some days before the answer that a cycle promised is due"),
	button=Button(N_("Open the Desk"), DESK),
	immediate=True,
	fields=(CYCLE, COUNT, PEOPLE, ANSWER_BY),
	needed=("people", "answer_by"),
)

WAITING_OVERDUE = define_mail(
	"Answers Overdue",
	to=N_("coordinators"),
	audience=COORDINATORS,
	when=N_("the day of the promised answer has passed"),
	button=Button(N_("Open the Desk"), DESK),
	immediate=True,
	fields=(CYCLE, COUNT, PEOPLE, ANSWER_BY),
	needed=("people",),
)

STILL_WAITING = define_mail(
	"Still Waiting",
	to=N_("who waits"),
	when=N_("the day of the promised answer has passed"),
	button=Button(N_("View application"), "/mentoring/apply/{cycle}"),
	fields=(
		CYCLE,
		Field("approved", "whether the application is approved and the match still missing", True),
		ANSWER_BY,
	),
)
