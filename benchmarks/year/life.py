"""What the members do in the year, day by day, through the services that their page calls."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import frappe

from benchmarks.year.association import HALF, LAST_DAY, START, Association, Group, kind_is_half
from mentor_ispe.demo import clock
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.groups import ending, extension, goals
from mentor_ispe.services.sessions import planning, recording

MEETING_DAYS = range(8, 22)
"""Days of a group's month on which it may meet; the others are quiet."""
LATE, FORGOTTEN, CANCELLED = 0.08, 0.02, 0.03
LAPSES, NEVER_RENEWED, ENDINGS = 0.05, 0.01, 0.04
SAY_YES, SAY_NO = 0.4, 0.2
_SAVEPOINT = "year_step"


class Life:
	"""The plans of everybody, by the day, and how often each thing was done or refused."""

	def __init__(self, association: Association):
		self.association = association
		self.chance = Random(11)
		self.done: Counter[str] = Counter()
		self.refused: Counter[str] = Counter()
		self.plans: dict[date, list[tuple[int, Callable[..., Any], tuple]]] = defaultdict(list)
		self.known_requests: set[str] = set()
		self.sessions: dict[tuple[str, date], str] = {}
		self.answering = {
			member.profile: member.answers for group in association.groups for member in group.members
		}
		self.next_cycles: dict[str, str] = {}
		for group in association.groups:
			self._plan_meetings(group)
		self._plan_lapses()
		self._plan_endings()
		self._plan_next_cycles()

	def live(self, day: date) -> None:
		"""Do what is planned for the day; what a rule refuses is undone."""
		self.association.set_day(day)
		self._read_requests(day)
		hours = sorted({hour for hour, _call, _of in self.plans[day]})
		for hour in hours:
			with clock.at(datetime.combine(day, time(hour))):
				for at, call, of in self.plans[day]:
					if at == hour:
						self._try(call, *of)
		del self.plans[day]

	def _at(self, day: date, hour: int, call: Callable[..., Any], *of: Any) -> None:
		self.plans[day].append((hour, call, of))

	def _try(self, call: Callable[..., Any], *of: Any) -> None:
		frappe.db.savepoint(_SAVEPOINT)
		try:
			call(*of)
			self.done[call.__name__.strip("_")] += 1
		except (RuleViolation, frappe.PermissionError) as refused:  # the seat is suspended, or was left
			frappe.db.rollback(save_point=_SAVEPOINT)
			frappe.clear_messages()
			self.refused[f"{call.__name__.strip('_')}: {str(refused)[:60]}"] += 1

	# Meetings

	def _plan_meetings(self, group: Group) -> None:
		offset = self.chance.choice(MEETING_DAYS)
		day = group.starts + timedelta(days=offset)
		while day <= group.ends:
			ahead = max(day - timedelta(days=7), group.starts)
			self._at(ahead, 11, self._plan, group, day)
			fate = self.chance.random()
			if fate < FORGOTTEN:
				pass
			elif fate < FORGOTTEN + CANCELLED:
				self._at(day - timedelta(days=2), 12, self._cancel, group, day)
			else:
				late = fate < FORGOTTEN + CANCELLED + LATE
				self._at(day + timedelta(days=3 if late else 0), 20, self._record, group, day)
			day += timedelta(days=30)

	def _plan(self, group: Group, day: date) -> None:
		place = {"mode": "Online", "link": "https://meet.example.org/us"}
		doc = planning.plan(group.name, datetime.combine(day, time(17)), **place)
		self.sessions[group.name, day] = doc.name

	def _cancel(self, group: Group, day: date) -> None:
		if session := self.sessions.get((group.name, day)):
			planning.cancel(session, "Too few of us have time")

	def _record(self, group: Group, day: date) -> None:
		if session := self.sessions.get((group.name, day)):
			recording.record(session, group.writer, summary="We talked.", new_items=[{"words": "Read on"}])

	# Feedback

	def _read_requests(self, day: date) -> None:
		"""Decide of everything that was asked this morning whether and when it is answered."""
		for row in frappe.get_all(
			"Mentoring Feedback Request",
			{"status": "Open", "asked_on": (">=", day)},
			["name", "profile", "kind"],
			order_by="name",
		):
			if row.name in self.known_requests:
				continue
			self.known_requests.add(row.name)
			willing = self.chance.random() < self.answering.get(row.profile, 0)
			if willing:
				# Two of three at once, the others when they are reminded.
				wait = self.chance.choice((0, 1, 2, 4, 6, 8, 11, 15, 18))
				self._at(day + timedelta(days=wait), 19, self._answer, row.name, row.profile, row.kind)

	def _answer(self, request: str, profile: str, kind: str) -> None:
		going = {"going": "On Track"} if kind in ("Check-in", "Group Update") else {}
		feedback.give(
			profile, {"rating": self.chance.choice((0.8, 1.0)), "comment": "Well.", **going}, request
		)

	# Memberships and endings

	def _plan_lapses(self) -> None:
		for group in self.association.groups:
			for member in group.members:
				fate = self.chance.random()
				if fate > LAPSES + NEVER_RENEWED:
					continue
				day = START + timedelta(days=self.chance.randrange(20, 290))
				self._at(day, 9, self._lapse, group, member.profile)
				if fate > NEVER_RENEWED:
					# Some within the days of grace, some after their seat was suspended.
					back = day + timedelta(days=self.chance.choice((10, 20, 45)))
					self._at(back, 9, self._renew, group, member.profile)

	def _lapse(self, group: Group, profile: str) -> None:
		group.world.lapse(profile)

	def _renew(self, group: Group, profile: str) -> None:
		group.world.renew(profile)

	def _plan_endings(self) -> None:
		for group in self.association.groups:
			if self.chance.random() < ENDINGS and group.world.program.format != "Peer Circle":
				day = START + timedelta(days=self.chance.randrange(60, 170))
				kind = self.chance.choice(("Goals Met", "Not Working"))
				self._at(day, 15, self._end, group, kind)
			if group.world.program.credit_scheme:
				self._at(START + timedelta(days=21), 18, self._set_goal, group)
				self._at(HALF - timedelta(days=5), 18, self._review_goal, group)

	def _end(self, group: Group, kind: str) -> None:
		ending.end(group.name, kind, "It has come to its end", by=group.members[0].profile)

	def _set_goal(self, group: Group) -> None:
		mentee = group.members[-1].profile
		goals.save_goal(mentee, {"title": "Speak in public"}, group=group.name)

	def _review_goal(self, group: Group) -> None:
		mentee = group.members[-1].profile
		for name in frappe.get_all("Mentoring Goal", {"profile": mentee, "status": "Open"}, pluck="name"):
			goals.review_goal(mentee, name, "Achieved", "I spoke at the conference.")

	# The next cycles

	def _plan_next_cycles(self) -> None:
		for kind, world in self.association.worlds.items():
			half = kind_is_half(world)
			opens = HALF - timedelta(days=50) if half else LAST_DAY - timedelta(days=40)
			self._at(opens, 10, self._open_next, kind, half)
			answers = opens + timedelta(days=3)
			for group in self.association.groups:
				if group.world is world:
					fate = self.chance.random()
					says = "Yes" if fate < SAY_YES else "No" if fate < SAY_YES + SAY_NO else ""
					for number, member in enumerate(group.members if says else ()):
						late = timedelta(days=self.chance.choice((0, 2, 9, 20)))
						said = says if number == 0 else "Yes"
						self._at(answers + late, 18, self._say, group, member.profile, said)
			if half:
				self._at(HALF - timedelta(days=10), 12, self._sign_anew, kind)
				self._at(HALF, 6, self._go_on, kind)

	def _open_next(self, kind: str, half: bool) -> None:
		world = self.association.worlds[kind]
		self.next_cycles[kind] = world.open_cycle(
			starts_in=(HALF - world.day).days if half else 60,
			**({"end_date": LAST_DAY} if half else {}),
		)

	def _say(self, group: Group, profile: str, said: str) -> None:
		extension.say(group.name, profile, said)

	def _sign_anew(self, kind: str) -> None:
		world = self.association.worlds[kind]
		for group in self.association.groups:
			if group.world is world and frappe.db.get_value("Mentoring Group", group.name, "extended_to"):
				for member in group.members:
					world.sign_everything(member.profile, self.next_cycles[kind])

	def _go_on(self, kind: str) -> None:
		"""The groups that go on live on in the next cycle."""
		world = self.association.worlds[kind]
		for group in [each for each in self.association.groups if each.world is world]:
			name = frappe.db.get_value("Mentoring Group", group.name, "extended_to")
			if name:
				new = Group(
					name, group.kind, self.next_cycles[kind], world, group.members, HALF, LAST_DAY, group
				)
				self.association.groups.append(new)
				self._plan_meetings(new)
