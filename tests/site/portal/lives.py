"""People in every state there is: their side, how far they got, their membership, what is due; all records real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import frappe
from frappe.utils import add_days, getdate, now_datetime, nowdate

from mentor_ispe.roles import COORDINATOR, MEMBER
from mentor_ispe.services.applications import commands as applications
from mentor_ispe.services.conversation import writing
from mentor_ispe.services.feedback import asking
from mentor_ispe.services.groups import charter, commands, ending, extension, pauses
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.membership.commands import suspend_person
from mentor_ispe.services.polls import polling
from mentor_ispe.services.sessions import action_items
from tests import factories as make

SIDES = ("mentor", "mentee", "mentor of a group", "moderator", "member", "peer", "both", "coordinator")
BEFORE = ("nothing", "draft", "applied", "rejected", "withdrawn", "approved")
ASKED = ("proposed", "accepted", "all accepted", "declined", "expired")
RUNNING = ("active", "away", "suspended")
OVER = ("left", "ended", "goals met", "goals met, done", "completed", "extended", "declined to go on")
STAGES = (*BEFORE, *ASKED, *RUNNING, *OVER)
MEMBERSHIPS = ("Active", "Grace", "Lapsed", "Never")
DUE = ("everything", "nothing", "first half", "second half")
DUES = (
	*("charter", "poll", "invitation", "action", "to record", "message"),
	*("extension", "feedback", "agreement", "training", "training later"),
)
FORMATS = {"mentor of a group": "Group", "moderator": "Group", "member": "Group", "peer": "Peer Circle"}


@dataclass(frozen=True)
class Life:
	"""One state that somebody can be in."""

	side: str
	stage: str
	membership: str = "Active"
	due: str = "everything"

	def __str__(self) -> str:
		return ", ".join((self.side, self.stage, self.membership, self.due))

	@property
	def dues(self) -> tuple[str, ...]:
		parts = {"everything": DUES, "nothing": (), "first half": DUES[:6], "second half": DUES[6:]}
		return parts[self.due]


def lives() -> list[Life]:
	"""Every side at every stage, with every membership and everything due at every side and every stage."""
	return [
		Life(side, stage, MEMBERSHIPS[(nth + of) % 4], DUE[(nth + of + nth // 4) % 4])
		for nth, stage in enumerate(STAGES)
		for of, side in enumerate(SIDES)
	]


class Person:
	"""Somebody who has lived this; `profile` and `user` are theirs."""

	def __init__(self, life: Life):
		self.life, self.format = life, FORMATS.get(life.side, "One-on-One")
		self.mentors = life.side in ("mentor", "mentor of a group")
		user = make.make_user(roles=[MEMBER, *([COORDINATOR] if life.side == "coordinator" else [])])
		self.user = user.name
		self.profile = make.make_profile(email=user.name, user=user.name, full_name="Pat Person").name
		self.program = make.make_program(
			format=self.format, may_be_both=1, may_extend=1, feedback_every_months=1, closing_feedback=1
		).name
		self.cycle = make.make_cycle(self.program).name
		self.group = ""
		if life.side == "both":
			self._lead_another_pair()
		self._live()
		self._change_membership()

	def _lead_another_pair(self) -> None:
		mentor = make.make_mentor(self.cycle, profile=self.profile).name
		group = propose(self.cycle, [make.make_mentee(self.cycle).name], mentor).name
		make.accept_all(group)
		commands.activate(group)

	def _live(self) -> None:
		stage = self.life.stage
		if stage == "nothing":
			return
		if stage == "draft":
			role = "Mentor" if self.mentors else "Mentee"
			applications.keep_draft(self.profile, self.cycle, {role: {}})
			return
		self.part = self._apply(approved=stage in ("approved", *ASKED, *RUNNING, *OVER))
		if stage == "rejected":
			applications.reject(self.part.doctype, self.part.name, "Too many applied.")
		elif stage == "withdrawn":
			applications.withdraw(self.part.doctype, self.part.name, "No time.")
		elif stage not in BEFORE:
			self._be_matched()

	def _apply(self, approved: bool):
		if self.mentors:
			return make.make_mentor(self.cycle, approved, self.profile, seats_offered=4)
		return make.make_mentee(self.cycle, approved, self.profile, willing_to_moderate=1)

	def _be_matched(self) -> None:
		members = {"One-on-One": 1, "Group": 3, "Peer Circle": 4}[self.format]
		mentees = [] if self.mentors else [self.part.name]
		mentees += [make.make_mentee(self.cycle).name for _number in range(members - len(mentees))]
		mentor = self.part.name if self.mentors else None
		if not mentor and self.format != "Peer Circle":
			mentor = make.make_mentor(self.cycle, seats_offered=members).name
		self.group = propose(self.cycle, mentees, mentor).name
		stage = self.life.stage
		if stage == "accepted":
			commands.accept(self.group, self.profile)
		elif stage == "declined":
			commands.decline(self.group, self.profile, "Not for me.")
		elif stage == "expired":
			self._set_seat(status="Expired")
		elif stage != "proposed":
			make.accept_all(self.group)
			if stage != "all accepted":
				self._meet()

	def _set_seat(self, **values) -> None:
		doc = commands.open_group(self.group)
		commands.seat_of(doc, self.profile).update(values)
		doc.save()

	def _meet(self) -> None:
		commands.activate(self.group)
		if self.life.side == "moderator":
			self._set_seat(is_moderator=1)
		self.others = [
			row.profile for row in commands.open_group(self.group).seats if row.profile != self.profile
		]
		for due in self.life.dues:
			getattr(self, "_due_" + due.replace(" ", "_"))()
		_STEPS[self.life.stage](self)

	def _due_charter(self) -> None:
		known = charter.read(self.group)["version"]
		charter.write(self.group, self.others[0], {"charter_place": "Online"}, known)

	def _due_poll(self) -> None:
		times = [now_datetime().replace(microsecond=0) + timedelta(days=30 + day) for day in range(3)]
		polling.open_poll(self.group, self.others[0], times)

	def _due_invitation(self) -> None:
		self.meeting = make.make_session(self.group)

	def _due_action(self) -> None:
		for whose in (self.profile, self.others[0]):
			item = {"words": "Read", "assigned_to": whose, "due_on": add_days(nowdate(), 3)}
			action_items.add(self.meeting.name, self.others[0], [item])

	def _due_to_record(self) -> None:
		made = make.make_session(self.group, f"{add_days(nowdate(), 11)} 17:00:00")
		frappe.db.set_value(
			"Mentoring Session", made.name, "starts_on", f"{add_days(nowdate(), -1)} 17:00:00"
		)
		frappe.db.set_value("Mentoring Group", self.group, "start_date", add_days(nowdate(), -40))

	def _due_message(self) -> None:
		writing.send(self.group, self.others[0], "Hello")

	def _due_extension(self) -> None:
		start = add_days(nowdate(), 400)
		self.next = make.make_cycle(self.program, start_date=start, end_date=add_days(start, 360)).name
		frappe.db.set_value("Mentoring Cycle", self.cycle, "status", "Running")

	def _due_feedback(self) -> None:
		frappe.db.set_value("Mentoring Group", self.group, "start_date", add_days(nowdate(), -40))
		asking.ask_in([self.group], getdate(nowdate()))

	def _due_agreement(self) -> None:
		self._require(agreements=[{"agreement": make.make_agreement(), "required_of": "Everyone"}])

	def _due_training(self) -> None:
		self._require(training_for_mentors=1, training_for_mentees=1)
		workshop = frappe.new_doc("Mentoring Workshop")
		workshop.update({"title": "Training", "program": self.program, "audience": "Everyone"})
		workshop.update({"is_training": 1, "link": "https://example.org/room"})
		workshop.update({"starts_on": f"{add_days(nowdate(), 5)} 12:00:00"})
		workshop.insert()

	def _due_training_later(self) -> None:
		self._require(training_for_moderators=1)

	def _require(self, **values) -> None:
		program = frappe.get_doc("Mentoring Program", self.program)
		program.update(values)
		program.save()

	def _leave(self) -> None:
		if self.format == "One-on-One" or self.life.side == "mentor of a group":
			applications.withdraw(self.part.doctype, self.part.name, "No time.")
		else:
			ending.leave(self.group, self.profile, "No time.")

	def _end(self, kind: str, finished: bool = False) -> None:
		may = self.format == "One-on-One" or self.mentors
		finished = finished and may and not self.mentors
		ending.end(self.group, kind, "So be it.", self.profile if may else None, finished)
		asking.ask_in([self.group], getdate(nowdate()))

	def _complete(self) -> None:
		commands.complete(self.group)
		asking.ask_in([self.group], getdate(nowdate()))

	def _go_on(self, answer: str) -> None:
		if not hasattr(self, "next"):
			self._due_extension()
		for profile in (*self.others, self.profile):
			said = answer if profile == self.profile else "Yes"
			if not frappe.db.get_value("Mentoring Group", self.group, "extended_to"):
				extension.say(self.group, profile, said)

	def _change_membership(self) -> None:
		email = frappe.db.get_value("Mentoring Profile", self.profile, "email")
		rows = frappe.get_all("Membership Roll Entry", {"email": email}, pluck="name")
		if self.life.membership == "Never":
			for name in rows:
				frappe.delete_doc("Membership Roll Entry", name, force=True)
		elif self.life.membership != "Active":
			days = 5 if self.life.membership == "Grace" else 100
			frappe.db.set_value("Membership Roll Entry", rows[0], "to_date", add_days(nowdate(), -days))
		if self.life.membership in ("Lapsed", "Never"):
			suspend_person(self.profile, "Unpaid.")


_STEPS = {
	"active": lambda person: None,
	"away": lambda person: pauses.pause(person.group, person.profile, getdate(add_days(nowdate(), 20))),
	"suspended": lambda person: suspend_person(person.profile, "Unpaid."),
	"left": Person._leave,
	"ended": lambda person: person._end("Not Working"),
	"goals met": lambda person: person._end("Goals Met"),
	"goals met, done": lambda person: person._end("Goals Met", finished=True),
	"completed": Person._complete,
	"extended": lambda person: person._go_on("Yes"),
	"declined to go on": lambda person: person._go_on("No"),
}
