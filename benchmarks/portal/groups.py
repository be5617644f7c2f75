"""The groups of a World's member, and what came of those that pages are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe

from mentor_ispe.domain.participants import record_name
from mentor_ispe.services.sessions import sealing

if TYPE_CHECKING:
	from benchmarks.portal.world import World

GROUP, SESSION = "Mentoring Group", "Mentoring Session"
ATTENDANCE, ITEM, NOTE = "Mentoring Session Attendance", "Mentoring Action Item", "Mentoring Session Note"
MESSAGE = "Mentoring Message"
GOAL, FEEDBACK, REQUEST = "Mentoring Goal", "Mentoring Feedback", "Mentoring Feedback Request"


def put_groups(world: World) -> dict[str, str]:
	"""A group that the member moderates, one they lead, and as many more of each; the names for addresses.

	Also a pair, a circle, matches to answer and groups that they left. Those that have a page in
	benchmarks.portal.pages have as many people, meetings and whatever else.
	"""
	return _Groups(world).put()


class _Groups:
	def __init__(self, world: World):
		self.world, self.records, self.each = world, world.records, world.each
		self.me, self.others = world.me, world.others

	def put(self) -> dict[str, str]:
		world, few = self.world, self.others[:1]
		names: dict[str, str] = {}
		for number, program in enumerate(world.programs):
			others = few if number else self.others
			for kind, mentor, members, seat in (
				("group", self.others[0], [self.me, *others], "Active"),
				("led", self.me, others, "Active"),
				("asked", self.others[0], [self.me, *others], "Proposed"),
				("left", self.others[0], [self.me, *others], "Ended"),
			):
				name = self._group(f"{program}-running", "Group", mentor, members, seat)
				names.setdefault(kind, name)
				if kind != "asked":
					each = self.each if not number else range(1)
					self._life(name, f"{program}-running", mentor, members, each)
			due = {"profile": self.me, "kind": "Program", "status": "Open", "due_on": self.records.day(5)}
			due |= {"cycle": f"{program}-running", "program": program, "request_key": f"{program}-asked"}
			self.records.rows(REQUEST, [due])
		pair, circle = f"{world.pairs}-running", f"{world.circles}-running"
		names["pair"] = self._group(pair, "One-on-One", self.others[0], [self.me], "Active")
		names["circle"] = self._group(circle, "Peer Circle", None, [self.me, *self.others], "Active")
		self._life(names["pair"], pair, self.others[0], [self.me], self.each)
		self._life(names["circle"], circle, None, [self.me, *self.others], self.each)
		return names | self._meetings_asked_for(names["group"])

	def _group(self, cycle: str, format: str, mentor: str | None, members: list[str], seat: str) -> str:
		"""A group in which the member holds this seat, and everybody else an active one."""
		of = {"cycle": cycle, "program": cycle.rpartition("-")[0], "format": format}
		of |= {"status": "Proposed" if seat == "Proposed" else "Active", "start_date": self.records.day(-100)}
		of |= {"mentor": mentor and record_name("Mentor", mentor, cycle), "mentor_name": mentor}
		of |= {"charter": "<p>Be on time.</p>"}
		of |= {"title": f"{cycle} {seat}", "respond_by": self.records.day(5)}
		name = self.records.rows(GROUP, [of])[0]
		self.records.children(
			"Mentoring Group Member",
			(GROUP, name),
			"seats",
			(
				{
					**{"profile": person, "full_name": f"Person {person}", "match_reason": "Same industry."},
					**{"role": role if format != "Peer Circle" else "Peer", "participant_type": role},
					**{"participant": record_name(role, person, cycle), "joined_on": self.records.day(-100)},
					**{"status": seat if person == self.me else "Active"},
					**{"is_moderator": int(person == self.me and format == "Group" and role == "Mentee")},
				}
				for role, people in (("Mentor", [mentor] if mentor else []), ("Mentee", members))
				for person in people
			),
		)
		return name

	def _life(self, group: str, cycle: str, mentor: str | None, members: list[str], each: range) -> None:
		"""Meetings held, to come and to be recorded, with everything that comes of them."""
		people = [*([mentor] if mentor else []), *members]
		# Before the last one held there is another, so that each has one to go on from.
		held = self._meetings(
			group, cycle, people, "Held", [-2 * number - 20 for number in [*each, len(each)]]
		)
		self._meetings(group, cycle, people, "Planned", [2 * number + 2 for number in each])
		self._meetings(group, cycle, people, "Planned", [-2 * number - 1 for number in each])
		self._said(group, held)
		self._written(group, people, self.world.messages if each == self.each else each)
		self._goals(group, cycle, [*(self.me for _number in each), *people])
		self._feedback(group, cycle, held, people)
		for _number in each:
			self._asked(group, cycle)

	def _meetings(self, group: str, cycle: str, people: list[str], status: str, days: list[int]) -> list[str]:
		of = {"mentoring_group": group, "group_title": group, "cycle": cycle, "status": status}
		of |= {"program": cycle.rpartition("-")[0], "duration_minutes": 60, "mode": "Online"}
		of |= {"agenda": "<p>Talk.</p>", "host": people[-1]}
		names = self.records.rows(SESSION, ({**of, "starts_on": self.records.moment(day)} for day in days))
		there = {"attended": int(status == "Held"), "minutes": 60 if status == "Held" else 0}
		for name in names:
			# Everyone is at the first, since a page shows one meeting with its people.
			listed = people if name == names[0] else {self.me, people[0], people[-1]}
			rows = ({"profile": person, "full_name": f"Person {person}", **there} for person in listed)
			self.records.children(ATTENDANCE, (SESSION, name), "attendance", rows)
		return names

	def _said(self, group: str, held: list[str]) -> None:
		"""Notes and action items of meetings, sealed as the group keeps them."""
		of = {"mentoring_group": group, "written_by": self.others[0], "written_on": self.records.now}
		sealed = {name: sealing.seal({"summary": "We spoke.", "next_focus": "More."}, name) for name in held}
		self.records.rows(NOTE, ({"session": name, "content": words, **of} for name, words in sealed.items()))
		words = sealing.seal({"words": "Write to them."}, group)
		item = {"mentoring_group": group, "assigned_to": self.me, "status": "Open", "content": words}
		self.records.rows(ITEM, ({"session": name, "due_on": self.records.day(3), **item} for name in held))

	def _written(self, group: str, people: list[str], each: range) -> None:
		"""Messages of the group's conversation, sealed for their own names."""
		names = [f"{group}-message-{number}" for number in each]
		self.records.rows(
			MESSAGE,
			(
				{
					**{"name": name, "mentoring_group": group, "number": number},
					**{"written_by": people[number % len(people)], "written_on": self.records.moment(-1)},
					"content": sealing.seal({"text": "See you then."}, name),
				}
				for number, name in enumerate(names, start=1)
			),
		)

	def _goals(self, group: str, cycle: str, people: list[str]) -> None:
		of = {"mentoring_group": group, "cycle": cycle, "role": "Mentee", "status": "Open", "shared": 1}
		goals = ({"profile": person, "title": "Speak in public", **of} for person in people)
		for name in self.records.rows(GOAL, goals):
			steps = [{"step": "Read", "done": 1}, {"step": "Speak", "done": 0}]
			self.records.children("Mentoring Goal Step", (GOAL, name), "steps", steps)

	def _feedback(self, group: str, cycle: str, held: list[str], people: list[str]) -> None:
		of: dict[str, Any] = {"mentoring_group": group, "cycle": cycle, "kind": "Session"}
		said = {**of, "rating": 0.8, "comment": "It helps me.", "session": held[0]}
		self.records.rows(FEEDBACK, ({**said, "profile": person, "full_name": person} for person in people))
		self.records.rows(
			FEEDBACK, ({**said, "profile": self.me, "full_name": "", "session": name} for name in held)
		)
		due = {**of, "program": cycle.rpartition("-")[0], "status": "Open", "due_on": self.records.day(5)}
		self.records.rows(
			REQUEST,
			(
				{**due, "profile": person, "session": name, "request_key": f"{group}-{person}-{name}"}
				for name in held
				for person in {self.me, people[-1]}
			),
		)

	def _asked(self, group: str, cycle: str) -> None:
		"""A guest speaker, and a concern with its steps."""
		of = {"mentoring_group": group, "cycle": cycle}
		speaker = {"requested_by": self.me, "status": "Requested", "topic": self.world.topics[0]}
		self.records.rows("Guest Speaker Request", [{**of, **speaker}])
		raised = {"raised_by": self.me, "status": "Open", "kind": "Conduct", "concern": "<p>Hm.</p>"}
		concern = self.records.rows("Mentoring Concern", [{**of, **raised}])[0]
		step = [{"status": "Open", "taken_on": self.records.now, "taken_by": "Administrator"}]
		self.records.children("Mentoring Concern Step", ("Mentoring Concern", concern), "steps", step)

	def _meetings_asked_for(self, group: str) -> dict[str, str]:
		"""One meeting of each kind of this group, with as many topics, resources and openings of its notes."""
		rows = frappe.get_all(SESSION, {"mentoring_group": group}, ["name", "status", "starts_on"])
		by_kind: dict[str, list[Any]] = {"held": [], "planned": [], "begun": []}
		for row in sorted(rows, key=lambda row: abs(row.starts_on - self.records.now)):
			later = "planned" if row.starts_on > self.records.now else "begun"
			by_kind["held" if row.status == "Held" else later].append(row.name)
		names = {kind: found[0] for kind, found in by_kind.items()}
		for name in names.values():
			rows = [{"topic": topic} for topic in self.world.topics]
			self.records.children("Mentoring Topic Item", (SESSION, name), "topics", rows)
			rows = [{"resource": resource} for resource in self.world.resources]
			self.records.children("Mentoring Resource Item", (SESSION, name), "resources", rows)
			opened = {"mentoring_group": group, "opened_by": "Administrator", "reason": "Asked to."}
			self.records.rows(
				"Mentoring Note Opening",
				({"session": name, "opened_on": self.records.now, **opened} for _number in self.each),
			)
		return names
