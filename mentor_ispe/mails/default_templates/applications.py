"""Applications, the answers to them, and people who wait for the answer that their program promised."""

from __future__ import annotations

from mentor_ispe.mails.definition import CYCLE, Field, define_mail

ROLE = Field("role", "Mentor or Mentee", "Mentee")
COUNT = Field("count", "how many people wait", 2)
PEOPLE = Field("people", "list of their names", ["Mara Lindqvist", "Tom Okafor"])
ANSWER_BY = Field("answer_by", "last day of what was promised", "2031-02-28")

APPLICATION_RECEIVED = define_mail(
	"Application Received",
	to="the applicant",
	when="the application has come",
	fields=(CYCLE, ROLE, Field("reply_weeks", "weeks until the answer, or 0", 4)),
)

APPLICATION_APPROVED = define_mail(
	"Application Approved",
	to="the applicant",
	when="a coordinator approves",
	fields=(CYCLE, ROLE, Field("note", "words of the coordinator, or empty", "Welcome!")),
)

APPLICATION_REJECTED = define_mail(
	"Application Rejected",
	to="the applicant",
	when="a coordinator rejects",
	fields=(CYCLE, ROLE, Field("note", "words of the coordinator", "Welcome!")),
)

WAITING_SOON = define_mail(
	"Answers Due Soon",
	to="coordinators",
	when="some days before the answer that a cycle promised is due",
	immediate=True,
	fields=(CYCLE, COUNT, PEOPLE, ANSWER_BY),
)

WAITING_OVERDUE = define_mail(
	"Answers Overdue",
	to="coordinators",
	when="the day of the promised answer has passed",
	immediate=True,
	fields=(CYCLE, COUNT, PEOPLE, ANSWER_BY),
)

STILL_WAITING = define_mail(
	"Still Waiting",
	to="who waits",
	when="the day of the promised answer has passed",
	fields=(
		CYCLE,
		Field("approved", "whether the application is approved and the match still missing", True),
		ANSWER_BY,
	),
)
