"""A large association as records of a site: written in bulk, and taken away again by their names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

import frappe
from frappe.utils import now_datetime

from benchmarks.matching_desk.association import put

MADE = (
	*("Mentoring Program", "Mentoring Cycle", "Mentoring Profile", "Mentor", "Mentee"),
	*("Mentoring Group", "Mentoring Group Member", "Mentoring Session", "Mentoring Session Attendance"),
	*("Mentoring Feedback", "Mentoring Feedback Request", "Mentoring Goal", "Guest Speaker Request"),
	*("Mentoring Match Run", "Mentoring Match Proposal"),
	*("Mentoring Agreement", "Mentoring Program Agreement"),
)
PROGRAMS, CYCLES_EACH = 5, 4
MENTEES_EACH, SESSIONS_EACH = 4, 12
"""Of each group."""


class Association:
	"""So many people in so many groups, all names beginning with `mark`; the cycles are the same number."""

	def __init__(self, profiles: int, groups: int):
		self.random = Random(profiles)
		self.mark = f"bench-{frappe.generate_hash(length=6)}-"
		self.now = now_datetime().replace(microsecond=0)
		self.profiles = [self._name("P", number) for number in range(profiles)]
		self.groups = groups
		self.cycles = [
			(f"{self.mark}C{program}-{year}", f"{self.mark}Program {program}", year)
			for program in range(PROGRAMS)
			for year in range(CYCLES_EACH)
		]

	def put(self) -> str:
		"""Write everything and commit; returns the mark."""
		self._put_programs()
		self._put_profiles()
		self._put_parts()
		self._put_groups()
		self._put_what_came_of_it()
		frappe.db.commit()
		return self.mark

	def _name(self, kind: str, number: int) -> str:
		return f"{self.mark}{kind}{number:07}"

	def _days_ago(self, most: int) -> datetime:
		return self.now - timedelta(minutes=self.random.randrange(most * 1440))

	def _start(self, year: int) -> datetime:
		"""The latest cycles started five months ago."""
		return self.now - timedelta(days=365 * year + 150)

	def _put_programs(self) -> None:
		programs = dict.fromkeys(program for _cycle, program, _year in self.cycles)
		put(
			"Mentoring Program",
			[
				*("program_name", "status", "format", "health_threshold", "first_meeting_days"),
				*("minimum_hours_per_month", "minimum_hours"),
			],
			((program, program, "Published", "Group", 50, 30, 1, 10) for program in programs),
		)
		put(
			"Mentoring Agreement",
			["title", "version", "status", "published_on"],
			[(f"{self.mark}A", "Code of Conduct", 1, "Published", "2001-01-01 00:00:00")],
		)
		put(
			"Mentoring Program Agreement",
			["parent", "parenttype", "parentfield", "agreement", "required_of"],
			(
				(f"{program}-A", program, "Mentoring Program", "agreements", f"{self.mark}A", "Everyone")
				for program in programs
			),
		)
		put(
			"Mentoring Cycle",
			["cycle_name", "program", "format", "status", "start_date", "end_date"],
			(
				(
					*(cycle, cycle, program, "Group", "Completed" if year else "Running"),
					*(self._start(year).date(), self._start(year).date() + timedelta(days=364)),
				)
				for cycle, program, year in self.cycles
			),
		)

	def _put_profiles(self) -> None:
		draw = self.random
		put(
			"Mentoring Profile",
			["full_name", "email", "chapter", "country", "industry", "career_stage", "membership_state"],
			(
				(
					*(name, f"Person {name}", f"{name}@example.org", f"Chapter {draw.randrange(30)}"),
					*(f"Country {draw.randrange(60)}", f"Industry {draw.randrange(20)}"),
					*(
						draw.choice(("Student", "Mid-Level", "Senior")),
						"Lapsed" if draw.random() < 0.02 else "Active",
					),
				)
				for name in self.profiles
			),
		)

	def _put_parts(self) -> None:
		"""A mentor for each group, mentees in groups, and as many again as a quarter of them who wait."""
		placed = self.groups * MENTEES_EACH
		put(
			"Mentor",
			["profile", "full_name", "cycle", "program", "status", "seats_offered", "seats_taken"],
			(
				(
					*(
						self._name("M", number),
						self.profiles[number],
						f"Mentor {number}",
						*self.cycle(number)[:2],
					),
					*("Completed" if self.cycle(number)[2] else "Active", 5, MENTEES_EACH),
				)
				for number in range(self.groups)
			),
		)
		put(
			"Mentee",
			[
				"profile",
				"full_name",
				"cycle",
				"program",
				"status",
				"mentoring_group",
				"waiting_since",
				"answer_by",
			],
			(
				self._mentee(number, self.cycle(number // MENTEES_EACH), number < placed)
				for number in range(placed + placed // 4)
			),
		)

	def _mentee(self, number: int, cycle: tuple[str, str, int], placed: bool) -> tuple:
		group = self._name("G", number // MENTEES_EACH) if placed and not cycle[2] else None
		status = "Approved" if not placed else "Completed" if cycle[2] else "Active"
		since = None if placed else self._days_ago(120)
		person = self.profiles[(self.groups + number) % len(self.profiles)]
		promised = (self.now + timedelta(days=number % 60 - 20)).date()
		return (
			self._name("E", number),
			person,
			f"Mentee {number}",
			*cycle[:2],
			status,
			group,
			since,
			promised,
		)

	def cycle(self, group: int) -> tuple[str, str, int]:
		return self.cycles[group % len(self.cycles)]

	def _put_groups(self) -> None:
		draw = self.random
		put(
			"Mentoring Group",
			[
				*("title", "cycle", "program", "format", "mentor", "status"),
				*("start_date", "end_date", "health", "health_on", "alarm"),
			],
			(
				(
					*(self._name("G", number), f"Group {number}", *self.cycle(number)[:2], "Group"),
					self._name("M", number),
					"Completed" if self.cycle(number)[2] else "Active",
					self._start(self.cycle(number)[2]).date(),
					self._start(self.cycle(number)[2]).date() + timedelta(days=364)
					if self.cycle(number)[2]
					else None,
					*(
						draw.randrange(30, 100),
						self.now,
						"Not met for long." if draw.random() < 0.05 else None,
					),
				)
				for number in range(self.groups)
			),
		)
		put(
			"Mentoring Group Member",
			[
				*("parent", "parenttype", "parentfield", "idx", "role", "participant_type", "participant"),
				*("profile", "full_name", "status"),
			],
			(
				(
					*(
						self._name("R", number),
						self._name("G", number // MENTEES_EACH),
						"Mentoring Group",
						"seats",
					),
					*(
						number % MENTEES_EACH + 2,
						*("Mentee", "Mentee"),
						self._name("E", number),
						self._profile_of(number),
						f"Mentee {number}",
					),
					"Completed" if self.cycle(number // MENTEES_EACH)[2] else "Active",
				)
				for number in range(self.groups * MENTEES_EACH)
			),
		)
		sessions = self.groups * SESSIONS_EACH
		put(
			"Mentoring Session",
			["mentoring_group", "cycle", "program", "status", "starts_on", "duration_minutes", "mode"],
			(
				(
					*(self._name("S", number), self._name("G", number // SESSIONS_EACH)),
					*self.cycle(number // SESSIONS_EACH)[:2],
					*("Held", self._moment(number), 60, "Online"),
				)
				for number in range(sessions)
			),
		)
		put(
			"Mentoring Session Attendance",
			["parent", "parenttype", "parentfield", "idx", "profile", "attended", "minutes"],
			(
				(
					*(
						self._name("A", 10 * number + idx),
						self._name("S", number),
						"Mentoring Session",
						"attendance",
					),
					*(idx + 1, person, int(draw.random() < 0.9), 60),
				)
				for number in range(sessions)
				for idx, person in enumerate(self._people(number // SESSIONS_EACH))
			),
		)

	def _moment(self, session: int) -> datetime:
		"""Meetings of the first five months, twelve to a group."""
		start = self._start(self.cycle(session // SESSIONS_EACH)[2])
		return start + timedelta(days=12 * (session % SESSIONS_EACH) + 1)

	def _profile_of(self, mentee: int) -> str:
		return self.profiles[(self.groups + mentee) % len(self.profiles)]

	def _people(self, group: int) -> list[str]:
		first = group * MENTEES_EACH
		return [self.profiles[group], *(self._profile_of(first + number) for number in range(MENTEES_EACH))]

	def _put_what_came_of_it(self) -> None:
		people = [(group, person) for group in range(self.groups) for person in self._people(group)]
		self._put_feedback(people)
		put(
			"Mentoring Goal",
			["profile", "mentoring_group", "cycle", "role", "status", "title"],
			(
				(
					*(
						self._name("O", number),
						person,
						self._name("G", group),
						self.cycle(group)[0],
						"Mentee",
					),
					*(self.random.choice(("Open", "Achieved", "Dropped")), "A goal"),
				)
				for number, (group, person) in enumerate(people)
			),
		)
		put(
			"Guest Speaker Request",
			["mentoring_group", "cycle", "requested_by", "status", "topic"],
			(
				(
					*(
						self._name("Q", group),
						self._name("G", group),
						self.cycle(group)[0],
						self.profiles[group],
					),
					*(self.random.choice(("Requested", "Held", "Declined")), f"Topic {group % 15}"),
				)
				for group in range(self.groups)
			),
		)
		runs = [(f"{self.mark}N{number}", *cycle) for number, cycle in enumerate(self.cycles)]
		put(
			"Mentoring Match Run",
			["cycle", "program", "status", "ended_on"],
			((name, cycle, program, "Published", self._start(year)) for name, cycle, program, year in runs),
		)
		why = json.dumps([{"code": "all_industry", "text": "No mentor works there."}])
		put(
			"Mentoring Match Proposal",
			["match_run", "state", "mentee", "mentee_name", "reasons", "reason"],
			self._proposals([run[0] for run in runs], why),
		)

	def _proposals(self, runs: list[str], why: str) -> Iterable[tuple]:
		placed = self.groups * MENTEES_EACH
		for number in range(placed + placed // 4):
			state = "Published" if number < placed else "Unmatched"
			run = runs[number // MENTEES_EACH % len(runs)]
			yield (
				self._name("X", number),
				run,
				state,
				self._name("E", number),
				f"Mentee {number}",
				why,
				"Why",
			)

	def _put_feedback(self, people: list[tuple[int, str]]) -> None:
		kinds = ("Session", "Check-in", "Closing")
		put(
			"Mentoring Feedback",
			["profile", "full_name", "kind", "cycle", "mentoring_group", "rating", "comment"],
			(
				(
					*(
						self._name("F", 10 * number + each),
						person,
						"Somebody",
						kinds[each],
						self.cycle(group)[0],
					),
					*(self._name("G", group), self.random.randrange(1, 6) / 5, "It helps me. " * 10),
				)
				for number, (group, person) in enumerate(people)
				for each in range(3)
			),
		)
		put(
			"Mentoring Feedback Request",
			["request_key", "profile", "kind", "status", "due_on", "cycle", "program", "mentoring_group"],
			(
				(
					*(
						self._name("K", 10 * number + each),
						self._name("K", 10 * number + each),
						person,
						kinds[each],
					),
					*(self.random.choice(("Given", "Given", "Missed", "Open")), self._days_ago(300).date()),
					*(*self.cycle(group)[:2], self._name("G", group)),
				)
				for number, (group, person) in enumerate(people)
				for each in range(3)
			),
		)


def take_away(mark: str) -> None:
	"""Delete what was written under this mark, and commit."""
	for doctype in MADE:
		frappe.db.delete(doctype, {"name": ("like", f"{mark}%")})
		frappe.db.commit()
