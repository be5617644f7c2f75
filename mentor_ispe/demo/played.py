"""One cycle of the demo, played day by day through the app's own services."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import now_datetime

from mentor_ispe.demo import clock
from mentor_ispe.demo.casting import shared_topics
from mentor_ispe.demo.manifest import made, make
from mentor_ispe.demo.people import DemoPerson
from mentor_ispe.domain.application_fields import Role
from mentor_ispe.readings import readiness
from mentor_ispe.services.applications import commands
from mentor_ispe.services.applications.commands import apply
from mentor_ispe.services.feedback import asking, queries, reminding
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import goals
from mentor_ispe.services.health import health
from mentor_ispe.services.matching import runs
from mentor_ispe.services.programs.commands import set_cycle_status
from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import action_items, planning, recording

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

CYCLE = "Mentoring Cycle"


class PlayedCycle:
	"""A cycle and what people do in it. Days count from the day of loading, as in cycles.toml."""

	def __init__(self, plan: dict[str, Any], today: date):
		self.plan = plan
		self.today = today
		self.name: str = plan["name"]
		self.program = frappe.get_cached_doc("Mentoring Program", plan["program"])
		self.applications: dict[tuple[str, str], str] = {}

	@property
	def played(self) -> bool:
		"""Whether this cycle was made before; a cycle is made whole or not at all."""
		return made(CYCLE, self.name)

	def on(self, day: int, hour: int = 10) -> AbstractContextManager[None]:
		"""Let what follows happen on this day, or now where that is still to come."""
		return clock.at(min(datetime.combine(self.date(day), time(hour)), now_datetime()))

	def date(self, day: int) -> date:
		return self.today + timedelta(days=day)

	def begin(self) -> None:
		"""Draft the cycle some days before applications open, but not in the future."""
		plan = self.plan
		with self.on(min(plan["opens"] - 14, 0)):
			make(
				{
					"doctype": CYCLE,
					"cycle_name": self.name,
					"program": self.program.name,
					"places": plan.get("places", 0),
					"application_from": self.date(plan["opens"]),
					"application_until": self.date(plan["closes"]),
					"announcement_date": self.date(plan["announced"]),
					"kickoff_on": datetime.combine(self.date(plan["starts"]), time(17)),
					"start_date": self.date(plan["starts"]),
					"end_date": self.date(plan["ends"]),
				}
			)

	def become(self, status: str, day: int) -> None:
		with self.on(day):
			set_cycle_status(self.name, status)

	def sign_up(self, person: DemoPerson, role: Role, day: int, **values: Any) -> str:
		"""Let a person apply, with words of their own; return the name of the application."""
		topics = person.profile["topics"]
		values.setdefault("topics", topics)
		if role == "Mentor":
			values.setdefault("motivation", f"I'd like to share what I learned about {topics[0].lower()}.")
		else:
			values.setdefault("goals", f"To find my next step in {topics[0].lower()}.")
		with self.on(day, hour=9 + person.number % 9):
			name = apply(self._profile(person), self.name, role, values).name
		self.applications[role, person.email] = name
		return name

	def sign_up_all(self, people: Sequence[DemoPerson], role: Role, **values: Any) -> None:
		"""Let people apply on days spread over the window, or over what has passed of it."""
		first, last = self.plan["opens"] + 1, min(self.plan["closes"] - 1, -1)
		for index, person in enumerate(people):
			self.sign_up(person, role, first + index * (last - first) // max(len(people), 1), **values)

	def approve_all(self, people: Sequence[DemoPerson], role: Role, day: int) -> None:
		with self.on(day):
			for person in people:
				commands.approve(
					role, self.application(person, role), "Welcome! We'll contact you about your match."
				)

	def reject(self, person: DemoPerson, role: Role, day: int, note: str) -> None:
		with self.on(day):
			commands.reject(role, self.application(person, role), note)

	def application(self, person: DemoPerson, role: Role) -> str:
		return self.applications[role, person.email]

	def propose(
		self,
		mentor: DemoPerson | None,
		members: Sequence[DemoPerson],
		day: int,
		moderator: DemoPerson | None = None,
		title: str | None = None,
	) -> str:
		"""Propose a group, with the reasons why these people fit; return its name."""
		names = [self.application(person, "Mentee") for person in members]
		with self.on(day):
			return group_commands.propose(
				self.name,
				names,
				mentor=self.application(mentor, "Mentor") if mentor else None,
				reasons={name: why(person, mentor) for name, person in zip(names, members, strict=True)},
				moderator=self.application(moderator, "Mentee") if moderator else None,
				title=title,
			).name

	def match(self, day: int) -> None:
		"""Run the engine for those who wait; what it proposes is the coordinator's to publish."""
		with self.on(day):
			run = frappe.get_doc({"doctype": "Mentoring Match Run", "cycle": self.name}).insert()
			runs.start(run.name)
			if runs.mark_running(run.name):  # its job finds it done
				runs.carry_out(run.name)

	def accept(self, group: str, people: Sequence[DemoPerson], day: int) -> None:
		with self.on(day, hour=18):
			for person in people:
				group_commands.accept(group, self._profile(person))

	def decline(self, group: str, person: DemoPerson, day: int, reason: str) -> None:
		with self.on(day, hour=19):
			group_commands.decline(group, self._profile(person), reason)

	def start(self, group: str, people: Sequence[DemoPerson], day: int, charter: str = "") -> None:
		"""Sign what the program asks for, start the group, agree on its charter at the first meeting."""
		self.sign(group, day - 1)
		with self.on(day):
			doc = group_commands.activate(group)
			if charter:
				doc.update({"charter": f"<p>{charter}</p>", "charter_agreed_on": self.date(day + 5)})
				doc.save(ignore_permissions=True)

	def sign(self, group: str, day: int) -> None:
		"""Let everyone in the group sign what is asked of their part."""
		with self.on(day):
			for profile, lacks in readiness.missing(group, self.date(day)).items():
				for lack in lacks:
					if lack.code == "unsigned":
						agreements.sign(lack.params["agreement"], profile)

	def train(self, people: Sequence[DemoPerson], role: Role, day: int) -> None:
		"""Note that these people took the orientation."""
		with self.on(day):
			for person in people:
				doc = frappe.get_doc(role, self.application(person, role))
				doc.training_completed = 1
				doc.save()

	def meet(
		self,
		group: str,
		day: int,
		focus: str,
		absent: DemoPerson | None = None,
		place: str | None = None,
		minutes: int = 60,
	) -> str:
		"""Plan a session some days before; record it, with notes, when its day has passed. Returns its name."""
		with self.on(min(day - 3, 0), hour=12):
			session = planning.plan(
				group,
				datetime.combine(self.date(day), time(17)),
				duration_minutes=minutes,
				mode="In Person" if place else "Online",
				location=place or "",
				link="" if place else "https://meet.example.org/mentoring",
				focus=focus,
			)
		if day <= 0:
			with self.on(day, hour=19):
				self._record(session, self._profile(absent) if absent else None)
		return session.name

	def _record(self, session: MentoringSession, absent: str | None) -> None:
		"""What the group writes down; one action item is carried to the next meeting."""
		there = [row.profile for row in session.attendance if row.profile != absent]
		recording.record(
			session.name,
			there[0],
			dict.fromkeys(there, session.duration_minutes),
			summary=f"{session.focus}: everyone told of their own experience, and we found two things to try.",
			next_focus="Results of the two things we tried",
			new_items=[
				{
					"words": f"Try one thing from “{session.focus}” and report back",
					"assigned_to": there[-1],
					"due_on": session.starts_on.date() + timedelta(days=28),
				}
			],
			closed_items={
				item["name"]: "Done"
				for item in action_items.carried_into(session.name)
				if item["status"] == "Open"
			},
		)

	def tell(
		self,
		person: DemoPerson,
		kind: str,
		group: str,
		day: int,
		comment: str,
		stars: int = 4,
		session: str | None = None,
		may_publish: bool = False,
		**private: Any,
	) -> None:
		"""Let a person give feedback; a rating of five stars is stored as 1.0."""
		values = {"rating": stars / 5, "comment": comment, "may_publish": int(may_publish), **private}
		with self.on(day, hour=20):
			feedback.give(self._profile(person), values, kind=kind, group=group, session=session)

	def ask_for_feedback(self, groups: Sequence[str], day: int) -> None:
		"""What the nightly job asks in these groups on that day."""
		with self.on(day, hour=2):
			asking.ask_in(list(groups), self.date(day))

	def remind_of_feedback(self, *days: int) -> None:
		"""What the nightly job does to the open requests of the cycle on these days."""
		for day in days:
			with self.on(day, hour=2):
				reminding.remind_in(self.name, self.date(day))

	def rate_sessions(self, people: Sequence[DemoPerson], day: int) -> None:
		"""Let these people rate the sessions that they were asked about, with four or five stars."""
		with self.on(day, hour=21):
			for person in people:
				profile = self._profile(person)
				for number, request in enumerate(queries.my_requests(profile)):
					if request.cycle == self.name and request.kind == "Session":
						stars = 4 + (person.number + number) % 2
						feedback.give(profile, {"rating": stars / 5}, request=request.name)

	def look_at_health(self, groups: Sequence[str]) -> None:
		"""Work out the health of these groups as it is today."""
		for group in groups:
			health.refresh(group)

	def set_goal(
		self, person: DemoPerson, group: str, day: int, title: str | None = None, done: int = 0
	) -> str:
		"""Let a person set a goal with three steps, the first `done` of which are done; return its name."""
		topic = person.profile["topics"][0].lower()
		steps = [f"Find out who knows {topic}", "Try it in a small project", "Show it to the team"]
		values = {
			"title": title or f"Become independent in {topic}",
			"target_date": self.date(day + 150),
			"steps": [{"step": step, "done": int(number < done)} for number, step in enumerate(steps)],
		}
		with self.on(day, hour=20):
			return goals.save_goal(self._profile(person), values, group=group).name

	def review(self, person: DemoPerson, goal: str, day: int, status: str, words: str) -> None:
		"""Let a person look at a goal again."""
		with self.on(day, hour=20):
			goals.review_goal(self._profile(person), goal, status, words)

	def _profile(self, person: DemoPerson) -> str:
		return frappe.db.get_value("Mentoring Profile", {"email": person.email})


def why(person: DemoPerson, mentor: DemoPerson | None) -> str:
	"""Say in words what two people have in common, or what somebody brings to a circle."""
	if mentor is None:
		return f"Likes to talk about {' and '.join(topic.lower() for topic in person.profile['topics'])}."
	shared = shared_topics(person, mentor)
	reasons = []
	if person.profile["industry"] == mentor.profile["industry"]:
		reasons.append(f"both work in {person.profile['industry'].lower()}")
	if shared:
		reasons.append(f"both named {' and '.join(topic.lower() for topic in shared)}")
	if person.profile["country"] == mentor.profile["country"]:
		reasons.append("both live in one country")
	if not reasons:
		reasons.append(f"{mentor.stage.lower()} and {person.stage.lower()}, with a language in common")
	words = "; ".join(reasons)
	return f"{words[0].upper()}{words[1:]}."
