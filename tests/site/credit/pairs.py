"""A pair that collects credit, played on days of the year 2031."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

import frappe

from mentor_ispe.demo import clock
from mentor_ispe.domain.months import DAY, last_day_of
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.groups.goals import save_goal
from tests import factories as make

START = date(2031, 1, 15)


def on(day: date, hour: int = 10) -> AbstractContextManager[None]:
	return clock.at(datetime.combine(day, time(hour)))


def start_pair(
	start: date = START, months: int = 6, ana: dict | None = None, ben: dict | None = None, **program: Any
):
	"""Ana mentors Ben from `start` to the end of the cycle, by HRCI's rules unless `program` says otherwise."""
	values = {"credit_scheme": "HRCI", "meet_every": 1, "meet_every_unit": "Month", **program}
	with on(start - 40 * DAY):
		cycle = make.make_cycle(
			make.make_program(**values).name,
			start_date=start,
			end_date=last_day_of(start, months),
			application_until=start - 20 * DAY,
		)
		mentor_profile = make.make_profile(
			full_name="Ana Lindqvist", **{"employer": "Aurora Vaccines", **(ana or {})}
		)
		mentee_profile = make.make_profile(
			full_name="Ben Okafor", **{"employer": "Borealis Labs", **(ben or {})}
		)
		mentor = make.make_mentor(cycle.name, profile=mentor_profile.name)
		mentee = make.make_mentee(cycle.name, profile=mentee_profile.name)
		group = propose(cycle.name, [mentee.name], mentor.name).name
		make.accept_all(group)
	with on(start):
		commands.activate(group)
	return SimpleNamespace(
		group=group,
		cycle=cycle.name,
		program=cycle.program,
		ana=mentor_profile.name,
		ben=mentee_profile.name,
		mentor=mentor.name,
		mentee=mentee.name,
	)


def meet(
	group: str,
	day: date,
	*,
	minutes: int = 60,
	hour: int = 17,
	mode: str = "Online",
	absent: str | None = None,
	status: str = "Held",
	stayed: dict[str, int] | None = None,
) -> str:
	"""A meeting of everybody but the absent; written on its evening, or planned on `day` for then."""
	with on(day, hour=1):
		doc = frappe.get_doc(
			{
				"doctype": "Mentoring Session",
				"mentoring_group": group,
				"status": "Planned",
				"starts_on": datetime.combine(day, time(hour)),
				"duration_minutes": minutes,
				"mode": mode,
				"focus": "what only they know",
			}
		).insert()
	if status == "Held":
		with clock.at(datetime.combine(day, time(23, 59))):
			doc.status = "Held"
			for row in doc.attendance:
				row.update({"attended": 1, "minutes": (stayed or {}).get(row.profile, 0)})
			doc.save()
		if absent:  # a record from before two were asked for
			frappe.db.set_value(
				"Mentoring Session Attendance", {"parent": doc.name, "profile": absent}, "attended", 0
			)
	return doc.name


def state_goal(pair: SimpleNamespace, day: date, title: str = "Lead a project", **values: Any) -> str:
	with on(day):
		return save_goal(pair.ben, {"title": title, **values}, group=pair.group).name
