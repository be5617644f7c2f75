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
	to="the applicant",
	when="the application has come",
	button=Button(N_("View application"), "/mentoring/apply/{cycle}"),
	fields=(CYCLE, ROLE, Field("reply_weeks", "weeks until the answer, or 0", 4)),
)

APPLICATION_APPROVED = define_mail(
	"Application Approved",
	to="the applicant",
	when="a coordinator approves",
	button=Button(N_("Complete profile"), "/mentoring/profile"),
	fields=(CYCLE, ROLE, Field("note", "words of the coordinator, or empty", "Welcome!")),
)

APPLICATION_REJECTED = define_mail(
	"Application Rejected",
	to="the applicant",
	when="a coordinator rejects",
	button=Button(N_("See other programs"), "/mentoring#programs"),
	fields=(CYCLE, ROLE, Field("note", "words of the coordinator", "Welcome!")),
)

WAITING_SOON = define_mail(
	"Answers Due Soon",
	to="coordinators",
	audience=COORDINATORS,
	when="some days before the answer that a cycle promised is due",
	button=Button(N_("Open the Desk"), DESK),
	immediate=True,
	fields=(CYCLE, COUNT, PEOPLE, ANSWER_BY),
)

WAITING_OVERDUE = define_mail(
	"Answers Overdue",
	to="coordinators",
	audience=COORDINATORS,
	when="the day of the promised answer has passed",
	button=Button(N_("Open the Desk"), DESK),
	immediate=True,
	fields=(CYCLE, COUNT, PEOPLE, ANSWER_BY),
)

STILL_WAITING = define_mail(
	"Still Waiting",
	to="who waits",
	when="the day of the promised answer has passed",
	button=Button(N_("View application"), "/mentoring/apply/{cycle}"),
	fields=(
		CYCLE,
		Field("approved", "whether the application is approved and the match still missing", True),
		ANSWER_BY,
	),
)
