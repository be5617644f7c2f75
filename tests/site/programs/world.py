"""A program that lives: its people, its clock, and the nights in which the jobs run.

Days are simulated; only the services and the scheduled jobs act, as they do on a site. Each program is
the demo's own file, so what is tested runs by configuration alone.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from email.policy import default
from html import unescape
from typing import Any

import frappe

from mentor_ispe import hooks
from mentor_ispe.demo import clock
from mentor_ispe.jobs import matching as matching_jobs
from mentor_ispe.jobs.mails import flush_notices
from mentor_ispe.mails import email_templates
from mentor_ispe.program_templates import read_agreements, read_programs
from mentor_ispe.readings.seats import seats
from mentor_ispe.services.applications import commands
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.feedback import queries
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import accept, propose
from mentor_ispe.services.matching import publish, runs
from mentor_ispe.services.programs.commands import set_cycle_status
from mentor_ispe.services.readiness import agreements
from mentor_ispe.services.sessions import planning, recording
from tests import factories as make
from tests.site.membership.records import make_email_account

BEGINNING = date(2031, 1, 6)
"""The Monday on which every world begins; years away, so that nothing of today gets into it."""
STEP = timedelta(days=4)
"""Nights between two that are simulated: the jobs must cope with nights in which they didn't run."""


class World:
	"""One program, one cycle after the other, and everybody in it."""

	def __init__(self, program: str, **values: Any):
		make.use_membership_roll()
		use_own_wording()
		make_email_account()
		self.day = BEGINNING
		self.agreements: dict[str, str] = {}
		with self.now():
			self.program = self._make_program(program, values)

	# Time

	@contextmanager
	def now(self, hour: int = 10) -> Iterator[None]:
		"""Let what follows happen on the world's day."""
		with clock.at(datetime.combine(self.day, time(hour))):
			yield

	def pass_until(self, day: date, step: timedelta = STEP) -> None:
		"""Live through the nights until the morning of `day`."""
		while self.day < day:
			self.day = min(self.day + step, day)
			self.night()

	def pass_days(self, days: int) -> None:
		self.pass_until(self.day + timedelta(days=days))

	def night(self) -> None:
		"""Run every scheduled job of the app, as hooks.py names them, then the mails."""
		with self.now(hour=3):
			for job in scheduled_jobs():
				frappe.get_attr(job)()
		with self.now(hour=8):  # what a night brings in several pieces goes out in the morning
			flush_notices()
		frappe.set_user("Administrator")

	# The program and its cycles

	def _make_program(self, name: str, values: dict[str, Any]) -> Any:
		wanted = next(each for each in read_programs().values() if each["program_name"] == name)
		texts = read_agreements()
		for row in wanted.get("agreements", ()):
			self.agreements[row["agreement"]] = self._publish(texts[row["agreement"]])
		for recipient in wanted.get("recipients", ()):
			if not frappe.db.exists("User", recipient):
				make.make_user(email=recipient, roles=["Mentoring Committee"])
		doc = frappe.get_doc(
			{
				"doctype": "Mentoring Program",
				"status": "Published",
				**wanted,
				"program_name": make.unique(name),
				"agreements": [
					{**row, "agreement": self.agreements[row["agreement"]]}
					for row in wanted.get("agreements", ())
				],
				"membership_types": [
					{"membership_type": each} for each in wanted.get("membership_types", ())
				],
				"recipients": [{"email": each, "user": each} for each in wanted.get("recipients", ())],
				**values,
			}
		)
		return doc.insert()

	@staticmethod
	def _publish(text: dict[str, str]) -> str:
		doc = frappe.get_doc(
			{"doctype": "Mentoring Agreement", **text, "title": make.unique(text["title"])}
		).insert()
		return agreements.publish(doc.name).name

	def open_cycle(self, starts_in: int = 60, months: int | None = None, **values: Any) -> str:
		"""Open a cycle today: four weeks of applications, matches announced before the start."""
		start = self.day + timedelta(days=starts_in)
		end = start + timedelta(days=round(30.44 * (months or self.program.length_months)) + 1)
		values = {
			"status": "Draft",
			"application_from": self.day,
			"application_until": self.day + timedelta(days=28),
			"kickoff_on": datetime.combine(start, time(17)),
			"start_date": start,
			"end_date": end,
		} | values
		with self.now():
			cycle = make.make_cycle(self.program.name, **values).name
			set_cycle_status(cycle, "Open")
		return cycle

	def set_status(self, cycle: str, status: str) -> None:
		with self.now():
			set_cycle_status(cycle, status)

	# People

	def person(self, until: date | None = None, **values: Any) -> str:
		"""A member of the association, on the roll until the day given (by default for ten years)."""
		types = [row.membership_type for row in self.program.membership_types]
		values.setdefault("chapter", self.program.chapter)
		with self.now():
			profile = make.make_profile(member=False, **values)
			make.make_roll_entry(
				profile.email,
				from_date=self.day - timedelta(days=400),
				to_date=until or self.day + timedelta(days=3650),
				membership_type=types[0] if types else "Regular",
			)
		return profile.name

	def lapse(self, profile: str) -> None:
		"""End a membership yesterday."""
		self._set_end(profile, self.day - timedelta(days=1))

	def renew(self, profile: str) -> None:
		self._set_end(profile, self.day + timedelta(days=3650))

	def _set_end(self, profile: str, day: date) -> None:
		email = frappe.db.get_value("Mentoring Profile", profile, "email")
		for name in frappe.get_all("Membership Roll Entry", {"email": email}, pluck="name"):
			frappe.db.set_value("Membership Roll Entry", name, "to_date", day)

	def sign_everything(self, profile: str, cycle: str | None = None) -> None:
		with self.now():
			for agreement in self.agreements.values():
				agreements.sign(agreement, profile, *([cycle] if cycle else []))

	def join(
		self, cycle: str, role: str, profile: str | None = None, sign: bool = True, **values: Any
	) -> str:
		"""Apply, sign, and be approved; returns the Mentor's or Mentee's name."""
		stage = "Senior" if role == "Mentor" else "Student"
		profile = profile or self.person(career_stage=stage)
		with self.now():
			name = commands.apply(profile, cycle, role, values).name
		if sign:
			self.sign_everything(profile)
		with self.now(hour=12):
			commands.approve(role, name)
		return name

	def start_group(self, cycle: str, mentor: str | None, mentees: list[str], **values: Any) -> str:
		"""Propose, accept by everyone, start."""
		with self.now():
			group = propose(cycle, mentees, mentor, **values).name
		with self.now(hour=14):
			for profile in people(mentor, mentees):
				accept(group, profile)
		with self.now(hour=15):
			group_commands.activate(group)
		return group


def use_own_wording() -> None:
	"""The mails as the app brings them, whatever an earlier version left on the site."""
	email_templates.delete_ours()


def mail_to(profile: str, template: str) -> Any:
	"""The last mail that was queued for a person by a template, parsed."""
	queued = frappe.get_last_doc(
		"Mentoring Notice", {"profile": profile, "template": template, "status": "Queued"}
	).email_queue
	message = frappe.db.get_value("Email Queue", queued, "message")
	return email.message_from_string(message, policy=default)


def words_of(html: str) -> str:
	"""What a reader sees of a page or a mail, on one line."""
	return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def people(mentor: str | None, mentees: list[str]) -> list[str]:
	"""Their profiles, the mentor's first."""
	named = [("Mentor", mentor)] if mentor else []
	named += [("Mentee", mentee) for mentee in mentees]
	return [frappe.db.get_value(doctype, name, "profile") for doctype, name in named]


def scheduled_jobs() -> list[str]:
	"""Every job that hooks.py gives to the scheduler, but for the mails, which come last."""
	jobs: list[str] = []
	for event, names in hooks.scheduler_events.items():
		jobs += [name for each in names.values() for name in each] if event == "cron" else names
	return [job for job in jobs if not job.endswith("flush_notices")]


def told(profile: str, template: str) -> int:
	"""How often a person was told something, by notices that were handed to the mail queue."""
	return frappe.db.count("Mentoring Notice", {"profile": profile, "template": template, "status": "Queued"})


def meet(
	world: World, group: str, day: date, writer: str, summary: str = "We talked.", **recorded: Any
) -> str:
	"""Plan a meeting a week ahead, live until it is over, and record it as one of the group."""
	world.pass_until(day - timedelta(days=7))
	with world.now():
		session = planning.plan(group, datetime.combine(day, time(17)), **recorded.pop("planned", {})).name
	world.pass_until(day)
	with world.now(hour=20):
		recording.record(session, writer, summary=summary, **recorded)
	return session


def answer_requests(world: World, profile: str, rating: float = 0.8, **values: Any) -> list[str]:
	"""Give the feedback that is asked of a person now, whatever it is; returns the kinds."""
	with world.now(hour=19):
		asked = [row for row in queries.my_requests(profile) if row["status"] == "Open"]
		for row in asked:
			going = {"going": "On Track"} if row["kind"] in ("Check-in", "Group Update") else {}
			feedback.give(profile, {"rating": rating, "comment": "Well.", **going, **values}, row["name"])
	return sorted(row["kind"] for row in asked)


def match_and_publish(world: World, cycle: str) -> str:
	"""Run the engine over everyone who waits, as its jobs do, and publish what it proposes."""
	with world.now():
		run = frappe.get_doc({"doctype": "Mentoring Match Run", "cycle": cycle}).insert().name
		runs.start(run)
		assert matching_jobs.carry_out(run) == "Ready", frappe.db.get_value(
			"Mentoring Match Run", run, "message"
		)
		publish.start(run)
		matching_jobs.publish_run(run)
	return run


def seats_waiting(cycle: str) -> list[tuple[str, str]]:
	"""(group, profile) of every seat of the cycle that waits for an answer."""
	asked = seats(statuses=["Proposed"], cycle=cycle, status="Proposed")
	return [(seat.group, seat.profile) for seat in asked]
