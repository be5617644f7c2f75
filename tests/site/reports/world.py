"""A made-up association of two programs with four cycles, drawn at random: something of everything.

Written straight to the database, since the figures of a report must not depend on how a record came to be,
and in bulk. The tests count it with plain loops.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import frappe

from tests import factories as make

NOW = datetime(2031, 8, 20, 10, 0)
PARTS = ("Applied", "Approved", "Rejected", "Active", "Completed", "Withdrawn")
SEATS = (
	"Proposed",
	"Accepted",
	"Active",
	"Suspended",
	"Declined",
	"Expired",
	"Withdrawn",
	"Ended",
	"Completed",
)
KINDS = ("Session", "Check-in", "Group Update", "Closing", "Program", "Success Story")
CODES = ("seats_taken", "no_seats_left", "all_industry", "some_time_zone", "no_languages", "some_country")
PROFILES, GROUPS, MENTORS, MENTEES = 40, 6, 8, 25


class World:
	"""`profiles`, `programs` and `cycles` hold the stored records."""

	def __init__(self, seed: int, call: Callable[[str], str] = str, entitle: Callable[[str], str] = str):
		"""`call` makes names of programs and cycles out of plain ones, `entitle` those of people and groups."""
		self.random = Random(seed)
		self.call, self.entitle = call, entitle
		self.put: list[frappe._dict] = []
		self.mark = frappe.generate_hash(length=6)
		self.profiles = [self._profile(number) for number in range(PROFILES)]
		self.programs = [
			self._program("Group", 50, 30, 1, 6),
			self._program("One-on-One", 65, 10, 0, 4),
		]
		self.cycles = [
			self._cycle(program, *cycle)
			for program in self.programs
			for cycle in (("2030-02-01", "2031-01-31", "Completed"), ("2031-03-10", "2032-03-09", "Running"))
		]
		for cycle in self.cycles:
			self._fill(cycle)
		self._write()

	def store(self, doctype: str, **values: Any) -> frappe._dict:
		"""A record to be written at the end, with the rows of its tables; its fields can be set until then."""
		doc = frappe._dict(
			doctype=doctype,
			owner="Administrator",
			modified_by="Administrator",
			creation=NOW - timedelta(days=500),
			modified=NOW,
		)
		doc.update({name: value for name, value in values.items() if not isinstance(value, list)})
		doc.name = doc.name or f"{self.mark}{len(self.put):05}"
		self.put.append(doc)
		for field, rows in values.items():
			for idx, row in enumerate(rows if isinstance(rows, list) else (), 1):
				self.store(parent=doc.name, parenttype=doctype, parentfield=field, idx=idx, **row)
		return doc

	def _write(self) -> None:
		alike = defaultdict(list)
		for doc in self.put:
			fields = [name for name in doc if name != "doctype"]
			alike[doc.doctype, tuple(fields)].append([doc[name] for name in fields])
		for (doctype, fields), rows in alike.items():
			frappe.db.bulk_insert(doctype, list(fields), rows)

	def some(self, *options: Any) -> Any:
		return self.random.choice(options)

	def moment(self, first: int = -400, last: int = 0) -> datetime:
		"""A minute so many days from now."""
		return NOW + timedelta(minutes=self.random.randint(first * 1440, last * 1440))

	def _profile(self, number: int):
		return self.store(
			"Mentoring Profile",
			full_name=self.entitle(f"Person {number}"),
			email=f"{self.mark}.{number}@example.org",
			chapter=self.some("Boston", "Delaware", None, ""),
			country=self.some("Germany", "Brazil", None),
			industry=self.some("Pharma", "Devices"),
			career_stage=self.some("Student", "Senior", ""),
			membership_state=self.some(
				"Active", "Active", "Active", "Grace", "Lapsed", "Never", "Unknown", ""
			),
			lapsed_since=self.moment().date(),
		)

	def _program(self, format_: str, threshold: int, first_meeting: int, per_month: float, in_all: float):
		name = self.call(f"{self.mark} {format_}")
		return self.store(
			"Mentoring Program",
			name=name,
			program_name=name,
			status="Published",
			format=format_,
			health_threshold=threshold,
			first_meeting_days=first_meeting,
			minimum_hours_per_month=per_month,
			minimum_hours=in_all,
		)

	def _cycle(self, program, start: str, end: str, status: str):
		name = self.call(f"{self.mark} {program.format} {start[:4]}")
		return self.store(
			"Mentoring Cycle",
			name=name,
			cycle_name=name,
			program=program.name,
			format=program.format,
			status=status,
			start_date=start,
			end_date=end,
			application_from=start,
			application_until=start,
		)

	def _fill(self, cycle) -> None:
		mentors = [self._part("Mentor", cycle, profile) for profile in self.profiles[:MENTORS]]
		mentees = [self._part("Mentee", cycle, profile) for profile in self.profiles[-MENTEES:]]
		for _number in range(GROUPS):
			self._group(cycle, self.some(*mentors), self.random.sample(mentees, self.random.randint(1, 4)))
		for part in (*mentors, *mentees):
			if self.some(True, False):
				self._goal(cycle, part)
		self._run(cycle, mentees)

	def _part(self, side: str, cycle, profile):
		values: dict[str, Any] = {"answer_by": self.moment(-60, 60).date(), "applied_on": self.moment(-150)}
		if side == "Mentor":
			values.update(seats_offered=self.random.randint(1, 4), seats_taken=self.random.randint(0, 4))
		else:
			values["waiting_since"] = self.some(None, self.moment(-150))
		return self.store(
			side,
			profile=profile.name,
			full_name=profile.full_name,
			cycle=cycle.name,
			program=cycle.program,
			status=self.some(*PARTS),
			**values,
		)

	def _group(self, cycle, mentor, mentees) -> None:
		started = cycle.start_date if self.some(True, False) else str(self.moment(-170, -5).date())
		over = cycle.status == "Completed" or self.random.random() < 0.2
		ended = cycle.end_date if cycle.status == "Completed" else str(NOW.date()) if over else None
		group = self.store(
			"Mentoring Group",
			title=self.entitle("A group"),
			cycle=cycle.name,
			program=cycle.program,
			format=cycle.format,
			mentor=mentor.name,
			status=self.some("Completed", "Ended Early")
			if over
			else self.some("Active", "Active", "Proposed"),
			start_date=min(started, ended or started),
			end_date=ended,
			health=self.random.randint(20, 100),
			health_on=self.some(None, NOW, NOW),
			alarm=self.some(None, None, "", "No meeting for long."),
			seats=[
				{
					"doctype": "Mentoring Group Member",
					**make.seat(person.name, "Mentor" if person is mentor else "Mentee"),
					"profile": person.profile,
					"full_name": person.full_name,
					"status": self.some(*SEATS),
					"joined_on": self.some(None, started),
				}
				for person in (mentor, *mentees)
			],
		)
		for mentee in mentees:
			if self.some(True, False):
				mentee.mentoring_group = group.name
		people = [mentor.profile, *(mentee.profile for mentee in mentees)]
		for _number in range(self.random.randint(0, 6)):
			self._session(group, people)
		for profile in people:
			for _number in range(self.random.randint(0, 4)):
				self._feedback(group, profile)
		if self.some(True, False):
			self._speaker(group, people[0])
		if self.some(True, False, False):
			self.store(
				"Mentoring Concern",
				raised_by=people[-1],
				mentoring_group=group.name,
				cycle=group.cycle,
				status=self.some("Open", "Resolved"),
				concern="He shouts at me.",
			)

	def _session(self, group, people: list[str]) -> None:
		status = self.some("Held", "Held", "Planned", "Cancelled")
		self.store(
			"Mentoring Session",
			mentoring_group=group.name,
			cycle=group.cycle,
			program=group.program,
			status=status,
			starts_on=self.moment(0, 60) if status == "Planned" else self.moment(),
			duration_minutes=self.some(30, 60, 90),
			mode=self.some("Online", "In Person"),
			attendance=[
				{
					"doctype": "Mentoring Session Attendance",
					"profile": profile,
					"attended": self.some(1, 1, 0),
					"minutes": self.some(0, 20, 60),
				}
				for profile in people
			],
		)

	def _feedback(self, group, profile: str) -> None:
		given, kind = self.moment(), self.some(*KINDS)
		feedback = self.store(
			"Mentoring Feedback",
			creation=given,
			profile=profile,
			full_name="Somebody",
			kind=kind,
			cycle=group.cycle,
			mentoring_group=group.name,
			rating=self.some(0, 0.2, 0.4, 0.6, 0.8, 1),
			comment=self.some(None, "", "It helps me."),
			may_publish=self.some(0, 1) if kind == "Success Story" else 0,
		)
		self.store(
			"Mentoring Private Answer",
			feedback=feedback.name,
			profile=profile,
			cycle=group.cycle,
			mentoring_group=group.name,
			rating=0.2,
			comment="He is never there.",
			going=self.some("", "Not Working"),
		)
		if kind != "Success Story":
			self.store(
				"Mentoring Feedback Request",
				request_key=frappe.generate_hash(length=12),
				profile=profile,
				kind=kind,
				status=self.some("Open", "Given", "Missed", "Waived"),
				due_on=given.date(),
				cycle=group.cycle,
				program=group.program,
				mentoring_group=group.name,
			)

	def _goal(self, cycle, part) -> None:
		self.store(
			"Mentoring Goal",
			profile=part.profile,
			cycle=cycle.name,
			role=part.doctype,
			status=self.some("Open", "Achieved", "Partly Achieved", "Dropped"),
			reviewed_on=self.some(None, NOW.date()),
			title="Ask for a raise",
		)

	def _speaker(self, group, profile: str) -> None:
		self.store(
			"Guest Speaker Request",
			creation=self.moment(),
			mentoring_group=group.name,
			cycle=group.cycle,
			requested_by=profile,
			status=self.some("Requested", "Approaching", "Arranged", "Held", "Declined", "Cancelled"),
			speaker=self.some(None, "Speaker A", "Speaker B"),
			topic=self.some("Leadership", "Data"),
			message="Tell us how you were fired.",
		)

	def _run(self, cycle, mentees) -> None:
		for status, ended in (("Ready", NOW), ("Published", NOW - timedelta(days=9)), ("Failed", NOW)):
			run = self.store(
				"Mentoring Match Run", cycle=cycle.name, program=cycle.program, status=status, ended_on=ended
			)
			for mentee in mentees:
				codes = self.random.sample(CODES, 2)
				self.store(
					"Mentoring Match Proposal",
					match_run=run.name,
					state=self.some("Published", "Unmatched"),
					mentee=mentee.name,
					mentee_name=mentee.full_name,
					reasons=frappe.json.dumps([{"code": code, "text": "in words"} for code in codes]),
					reason="In words.",
				)
