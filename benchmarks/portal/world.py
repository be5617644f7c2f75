"""One member with as many of everything as asked for, written in bulk: what their pages may have to show."""

from __future__ import annotations

from typing import Any

import frappe

from benchmarks.portal.groups import put_groups
from benchmarks.portal.records import Records
from mentor_ispe.domain.participants import record_name
from mentor_ispe.roles import MEMBER
from mentor_ispe.services.applications import queries

CYCLE, PROGRAM, PROFILE = "Mentoring Cycle", "Mentoring Program", "Mentoring Profile"
RESOURCE, WORKSHOP = "Mentoring Resource", "Mentoring Workshop"
TOPIC_ITEM = "Mentoring Topic Item"
# Cycles of each program: its last word → status.
CYCLES = {"running": "Running", "open": "Open", "applied": "Open"}


class World:
	"""The member `user` with the profile `me`; `names` are the records that the addresses of pages ask for.

	`programs` is the number of programs, cycles and groups of each kind where it isn't `size`, that of the rest, and
	`messages` that of the messages in a conversation.
	"""

	def __init__(self, size: int, programs: int | None = None, messages: int | None = None):
		self.size, self.each, self.messages = size, range(size), range(messages or size)
		self.records = Records("world")
		self.me = self._name("me")
		self.others = [self._name(f"other-{number}") for number in self.each]
		self.topics = [self._name(f"topic-{number}") for number in self.each]
		self.programs = [self._name(f"program-{number}") for number in range(programs or size)]
		self.pairs, self.circles = self._name("pairs"), self._name("circles")
		self.resources = [self._name(f"resource-{number}") for number in self.each]
		self.user = f"{self.me}@example.org"
		self.names = {
			"topic": self.topics[0],
			"program": self.programs[0],
			"open_cycle": f"{self.programs[0]}-open",
			"applied_cycle": f"{self.programs[0]}-applied",
			"resource": self.resources[0],
		}

	def put(self) -> World:
		"""Write everything, without committing it."""
		self._put_user()
		self._put_programs()
		self._put_people()
		self._put_library()
		self._put_applications()
		self.names |= put_groups(self)
		return self

	def take_away(self) -> None:
		"""Delete everything again."""
		self.records.take_away()
		frappe.delete_doc("User", self.user, force=True, ignore_permissions=True)

	def of_each(self, kind: str) -> list[str]:
		"""The cycles of one of CYCLES of the group programs."""
		return [f"{program}-{kind}" for program in self.programs]

	def _name(self, words: str) -> str:
		return f"{self.records.mark}{words}"

	def _put_user(self) -> None:
		user = frappe.new_doc("User")
		user.update({"email": self.user, "first_name": "Member", "user_type": "Website User"})
		user.update({"send_welcome_email": 0, "language": "en"})
		user.append(
			"roles", {"role": MEMBER}
		)  # which a profile gives its login, where it isn't written in bulk
		user.flags.no_welcome_mail = True
		user.insert(ignore_permissions=True)

	def _put_programs(self) -> None:
		"""As many programs of groups, one of pairs and one of circles, each with its cycles and agreements."""
		formats = dict.fromkeys(self.programs, "Group")
		formats |= {self.pairs: "One-on-One", self.circles: "Peer Circle"}
		rules = {"status": "Published", "length_months": 12, "meet_every": 1, "meet_every_unit": "Month"}
		rules |= {"minimum_hours_per_month": 1, "guest_speakers_per_year": 1, "may_extend": 1}
		rules |= {"group_size_min": 1, "group_size_max": 60, "may_be_both": 1, "max_seats": 60}
		rules |= {"answer_days": 14, "training_for_mentees": 1, "mentees_rank": 1, "mentees_ask": 1}
		days = {"application_from": self.records.day(-10), "application_until": self.records.day(10)}
		days |= {"start_date": self.records.day(-100), "end_date": self.records.day(300)}
		for name, format in formats.items():
			scheme = "HRCI" if format == "One-on-One" else None
			known = {"name": name, "program_name": name, "format": format, "credit_scheme": scheme}
			self.records.rows(PROGRAM, [{**known, **rules}])
			cycles = [{"name": f"{name}-{kind}", "status": status} for kind, status in CYCLES.items()]
			self.records.rows(
				CYCLE,
				(
					{**row, "cycle_name": row["name"], "program": name, "format": format, **days}
					for row in cycles
				),
			)
		self._put_terms()

	def _put_terms(self) -> None:
		"""What the programs ask: as many agreements, kinds of membership and criteria."""
		signed = {"text": "<p>Be kind.</p>", "version": 1, "status": "Published"}
		signed["published_on"] = self.records.moment(-900)
		names = [self._name(f"agreement-{number}") for number in self.each]
		self.records.rows("Mentoring Agreement", ({"name": name, "title": name, **signed} for name in names))
		tables: dict[str, tuple[str, list[dict[str, Any]]]] = {
			"agreements": (
				"Mentoring Program Agreement",
				[{"agreement": name, "required_of": "Everyone"} for name in names],
			),
			"membership_types": (
				"Mentoring Program Membership Type",
				[{"membership_type": f"Kind {number}"} for number in self.each],
			),
			"criteria": (
				"Mentoring Program Criterion",
				[{"criterion": "Industry", "weight": 1} for _number in self.each],
			),
		}
		for program in (*self.programs, self.pairs, self.circles):
			for field, (doctype, rows) in tables.items():
				first = program in (self.programs[0], self.pairs, self.circles)
				self.records.children(doctype, (PROGRAM, program), field, rows if first else rows[:1])

	def _put_people(self) -> None:
		told = {"career_stage": "Senior", "job_title": "Engineer", "country": "Germany", "city": "Berlin"}
		told |= {"time_zone": "Europe/Berlin", "biography": "I like to help. " * 10}
		self.records.rows(
			PROFILE,
			(
				{
					**{"name": name, "full_name": f"Person {name}", "email": f"{name}@example.org"},
					**{"user": self.user if name == self.me else None, "employer": f"Firm {name}", **told},
				}
				for name in (self.me, *self.others)
			),
		)
		self.records.rows("Mentoring Topic", ({"name": topic, "topic": topic} for topic in self.topics))
		self._put_topics(PROFILE, self.me, self.topics)
		languages = ({"language": "de"} for _number in self.each)
		self.records.children("Mentoring Profile Language", (PROFILE, self.me), "languages", languages)
		self.records.rows(
			"Membership Roll Entry",
			(
				{
					**{"name": self._name(f"roll-{year}"), "member_number": self._name(f"roll-{year}")},
					**{"full_name": self.me, "email": self.user, "membership_type": "Regular"},
					**{"from_date": self.records.day(-365 * year - 100)},
					**{"to_date": self.records.day(-365 * year + 265)},
				}
				for year in self.each
			),
		)

	def _put_topics(self, doctype: str, name: str, topics: list[str]) -> None:
		self.records.children(TOPIC_ITEM, (doctype, name), "topics", ({"topic": topic} for topic in topics))

	def _put_library(self) -> None:
		words = {"audience": "Everyone", "published": 1, "public": 0, "summary": "<p>Read this.</p>"}
		words |= {"url": "https://example.org/read", "content": "<p>Long.</p>", "phase": "Any Time"}
		words |= {"program": self.programs[0]}
		self.records.rows(RESOURCE, ({"name": name, "title": name, **words} for name in self.resources))
		for name in self.resources:
			self._put_topics(RESOURCE, name, self.topics[:3])
		when = {"starts_on": self.records.moment(20), "duration_minutes": 60, "mode": "Online"}
		for_whom = {"program": self.programs[0], "audience": "Everyone", "status": "Planned"}
		for name in self.records.rows(
			WORKSHOP, ({"title": "Training", **for_whom, **when} for _ in self.each)
		):
			people = [{"profile": person, "status": "Signed Up"} for person in (self.me, *self.others[:3])]
			self.records.children("Mentoring Workshop Participant", (WORKSHOP, name), "participants", people)

	def _put_applications(self) -> None:
		"""The member's parts in every cycle but those open to apply, drafts there, and mentors to choose from."""
		running, applied = self.of_each("running"), self.of_each("applied")
		alone = [f"{self.pairs}-running", f"{self.circles}-running"]
		self._put_parts("Mentee", [(cycle, self.me) for cycle in (*running, *alone)], "Active")
		self._put_parts("Mentor", [(cycle, self.me) for cycle in running], "Active")
		self._put_parts("Mentee", [(cycle, self.me) for cycle in applied], "Applied")
		self._put_parts("Mentor", [(cycle, self.me) for cycle in applied], "Applied")
		self._put_parts("Mentor", [(cycle, self.others[0]) for cycle in (*running, alone[0])], "Active")
		self._put_parts("Mentor", [(applied[0], person) for person in self.others], "Approved")
		self._put_parts("Mentee", [(running[0], person) for person in self.others], "Active")
		self._put_parts("Mentee", [(alone[1], person) for person in self.others], "Active")
		draft = {"profile": self.me, "answers": '{"Mentee": {"goals": "Half"}}'}
		self.records.rows(
			"Mentoring Application Draft",
			(
				{"name": queries.draft_name(self.me, cycle), "cycle": cycle, **draft}
				for cycle in self.of_each("open")
			),
		)

	def _put_parts(self, doctype: str, parts: list[tuple[str, str]], status: str) -> None:
		"""Applications of (cycle, profile)."""
		own = {"seats_offered": 60, "seats_taken": 1} if doctype == "Mentor" else {"willing_to_moderate": 1}
		own |= {"status": status, "goals": "Learn", "applied_on": self.records.moment(-120)}
		own |= {"answer_by": self.records.day(7)}
		names = self.records.rows(
			doctype,
			(
				{
					**{"name": record_name(doctype, profile, cycle), "profile": profile, "cycle": cycle},
					**{"full_name": f"Person {profile}", "program": cycle.rpartition("-")[0], **own},
				}
				for cycle, profile in parts
			),
		)
		for name in names:
			self._put_topics(doctype, name, self.topics[:3])
