"""The groups of the year: pairs, groups with a moderator and circles, of the demo's own programs.

Everybody comes the way members come: on the roll, applied, signed, approved, proposed, accepted; then the
groups are started. All of it through the services.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import cycle as around
from random import Random

import frappe

from mentor_ispe.mails import email_templates
from mentor_ispe.services.readiness import workshops
from tests import factories as make
from tests.site.membership.records import make_email_account
from tests.site.programs.world import BEGINNING, World, people

START = BEGINNING + timedelta(days=10)
"""Day on which the cycles start; the groups are made ten days before."""
LAST_DAY = START + timedelta(days=348)
HALF = START + timedelta(days=184)
"""A cycle of half a year is over, the next one starts the day after."""
STAGES = ("Student", "Recent Graduate", "Early Career", "Mid-Level")
PLACE = {"country": "Germany", "time_zone": "Europe/Berlin", "languages": [{"language": "en"}]}


@dataclass(frozen=True)
class Kind:
	"""One of the demo's programs: how many groups of thirty are of it, and how many mentees one has."""

	program: str
	share: int
	members: tuple[int, ...] = (1,)


KINDS = (
	Kind("ISPE One-to-One", 5),
	Kind("Boston Area Chapter Mentoring", 5),
	Kind("PHRMA Partnerships", 4),
	Kind("ASHP Guided Mentorship", 3),
	Kind("Mentor ISPE: Women in Pharma", 10, (5, 6)),
	Kind("Professional Moai", 3, (5, 6, 7)),
)


class Season(World):
	"""A program of the year; the site is set up once for all of them."""

	def __init__(self, program: str):
		self.day = BEGINNING
		self.agreements: dict[str, str] = {}
		with self.now():
			self.program = self._make_program(program, {})


@dataclass
class Member:
	"""Somebody in a group, and how reliable they are when feedback is asked: 0 never answers, 1 soon."""

	profile: str
	answers: float
	role: str


@dataclass
class Group:
	"""A group in its cycle, the mentor first; the moderator, or the mentee of a pair, writes things down."""

	name: str
	kind: Kind
	cycle: str
	world: World
	members: list[Member]
	starts: date
	ends: date
	follows: Group | None = None

	@property
	def writer(self) -> str:
		return self.members[-1].profile if self.kind.members == (1,) else self.members[1].profile


@dataclass
class Association:
	"""So many groups over all programs."""

	size: int
	worlds: dict[str, World] = field(default_factory=dict)
	groups: list[Group] = field(default_factory=list)
	chance: Random = field(default_factory=lambda: Random(4))

	def set_day(self, day: date) -> None:
		for world in self.worlds.values():
			world.day = day

	def found(self) -> None:
		"""Make the programs, their cycles, everybody, and the groups, on the day the year begins."""
		make.use_membership_roll()
		email_templates.create_missing()
		make_email_account()
		make.make_user(
			email=f"year-{frappe.generate_hash(length=6)}@example.org", roles=["Mentoring Coordinator"]
		)
		for kind in KINDS:
			world = self.worlds[kind.program] = Season(kind.program)
			half = kind_is_half(world)
			cycle = world.open_cycle(
				starts_in=10,
				application_until=world.day + timedelta(days=5),
				end_date=HALF - timedelta(days=1) if half else LAST_DAY,
			)
			new = list(self._groups_of(kind, world, cycle, round(self.size * kind.share / 30)))
			self._train(kind, world, new)
			self.groups += new

	def _groups_of(self, kind: Kind, world: World, cycle: str, number: int) -> Iterator[Group]:
		sizes, stages = around(kind.members), around(STAGES)
		ends = frappe.db.get_value("Mentoring Cycle", cycle, "end_date")
		circle = world.program.format == "Peer Circle"
		for _ in range(number):
			size, mentor = next(sizes), None
			if not circle:
				senior = world.person(career_stage="Executive", **PLACE)
				mentor = world.join(cycle, "Mentor", senior, seats_offered=size)
			mentees = []
			for place in range(size):
				moderates = size > 1 and not circle and place == 0
				stage = "Mid-Level" if moderates else "Student" if size == 1 else next(stages)
				person = world.person(career_stage=stage, **PLACE)
				mentees.append(world.join(cycle, "Mentee", person, willing_to_moderate=int(moderates)))
			moderator = {"moderator": mentees[0]} if world.program.requires_moderator else {}
			name = world.start_group(cycle, mentor, mentees, **moderator)
			profiles = people(mentor, mentees)
			members = [
				Member(
					profile,
					self.chance.choice((0.0, 0.5, 0.9, 0.9, 0.9)),
					"Mentor" if mentor and number == 0 else "Mentee",
				)
				for number, profile in enumerate(profiles)
			]
			yield Group(name, kind, cycle, world, members, START, ends)

	@staticmethod
	def _train(kind: Kind, world: World, groups: list[Group]) -> None:
		"""Hold the orientation, where the program asks for one."""
		if not (world.program.training_for_mentors or world.program.training_for_mentees):
			return
		profiles = [member.profile for group in groups for member in group.members]
		with world.now():
			workshop = frappe.get_doc(
				{
					"doctype": "Mentoring Workshop",
					"title": "Orientation",
					"program": world.program.name,
					"audience": "Everyone",
					"is_training": 1,
					"places": len(profiles),
					"starts_on": datetime.combine(world.day, time(16)),
					"link": "https://meet.example.org/orientation",
				}
			).insert()
		with world.now(hour=18):
			workshops.attendance(workshop.name, profiles)


def kind_is_half(world: World) -> bool:
	"""Whether the program's cycles last half a year."""
	return world.program.length_months == 6
