"""Concerns. These mails say nothing of what it is about: notices are read by more people than concerns."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_
from mentor_ispe.mails.definition import (
	COORDINATORS,
	PROGRAM,
	Button,
	Field,
	define_mail,
)

CONCERN_RAISED = define_mail(
	"Concern Raised",
	to=N_("coordinators who may read it"),
	audience=COORDINATORS,
	when=N_("a concern is raised"),
	button=Button(N_("Open concern"), "desk_url"),
	immediate=True,
	fields=(PROGRAM, Field("desk_url", "where a coordinator reads it", "https://mentoring.example.org/app")),
)

CONCERN_STEP = define_mail(
	"Concern Step",
	to=N_("who raised it"),
	when=N_("something was done about the concern"),
	button=Button(N_("View concern"), "/mentoring/groups/{group_name}/concern"),
)
