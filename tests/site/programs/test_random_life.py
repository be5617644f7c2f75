"""Random sequences of allowed actions: rules 1 to 8 hold after each, and every mail goes out once.

Hypothesis plays the members, the staff and the calendar of a small program; what a rule refuses is
refused, everything else happens. After each step the tables are looked at from outside. Of a life that breaks a
rule it finds the shortest that does.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

import frappe
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.services import concerns
from mentor_ispe.services.applications import commands
from mentor_ispe.services.feedback import commands as feedback
from mentor_ispe.services.feedback import queries
from mentor_ispe.services.groups import charter, ending, extension, goals
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import accept, decline, propose
from mentor_ispe.services.sessions import planning, recording
from tests.effort import times
from tests.site.programs.invariants import broken_rules
from tests.site.programs.world import World, seats_waiting

NUMBERS = st.integers(0, 9_999)


class Life(RuleBasedStateMachine):
	"""One cycle of one program, and whatever people come up with."""

	def __init__(self, program: str, happened: Counter[str]):
		super().__init__()
		start_over()
		self.happened = happened  # how often each action was done rather than refused
		self.world = World(program)
		self.cycles = [self.world.open_cycle(starts_in=30)]
		self.people = [
			self.world.person(career_stage="Senior" if number < 3 else "Mid-Level")
			for number in range(2 * self.world.program.group_size_min + 8)
		]
		for person in self.people[:-3]:
			self.world.sign_everything(person)
		mentors, mentees = [], []
		has_mentors = self.world.program.format != "Peer Circle"
		for number, person in enumerate(self.people[:-2]):
			if has_mentors and number < 2:
				mentors.append(self.world.join(self.cycles[0], "Mentor", person, sign=False, seats_offered=4))
			else:
				mentees.append(
					self.world.join(self.cycles[0], "Mentee", person, sign=False, willing_to_moderate=1)
				)
		self.world.set_status(self.cycles[0], "Matching")
		size = self.world.program.group_size_min
		mentor = mentors[0] if mentors else None
		self.world.start_group(self.cycles[0], mentor, mentees[:size], moderator=mentees[0])

	# What is there to choose from

	def tried(self, call, *args, **kwargs):
		"""Do it, or be refused, by a rule or since it isn't theirs to do: then nothing of it is left."""
		frappe.db.savepoint("random_life")
		try:
			with self.world.now():
				result = call(*args, **kwargs)
			self.happened[call.__name__] += 1
			return result
		except (RuleViolation, frappe.PermissionError):
			self.happened["refused"] += 1
			frappe.db.rollback(save_point="random_life")
			frappe.clear_messages()
			return None

	def pick(self, number: int, things: list):
		return things[number % len(things)] if things else None

	def groups(self, *statuses: str) -> list[str]:
		return frappe.get_all(
			"Mentoring Group",
			{"cycle": ("in", self.cycles), "status": ("in", statuses)},
			pluck="name",
			order_by="creation, name",
		)

	def members(self, group: str) -> list[str]:
		return frappe.get_all("Mentoring Group Member", {"parent": group}, pluck="profile", order_by="idx")

	# Actions

	def applies(self, who: int, other: int):
		role = ("Mentor", "Mentee")[other % 2]
		self.tried(commands.apply, self.pick(who, self.people), self.cycles[-1], role)

	def is_approved(self, who: int, other: int):
		role = ("Mentor", "Mentee")[other % 2]
		row = frappe.db.get_value(
			role, {"profile": self.pick(who, self.people), "cycle": self.cycles[-1], "status": "Applied"}
		)
		if row:
			self.tried(commands.approve, role, row)

	def staff_propose(self, first: int, second: int):
		anybody, size = second % 4 == 0, 1 + second % 5
		cycle = self.cycles[-1]
		free = {} if anybody else {"status": "Approved", "mentoring_group": ("is", "not set")}
		mentees = frappe.get_all("Mentee", {"cycle": cycle, **free}, pluck="name", order_by="name")
		mentors = frappe.get_all("Mentor", {"cycle": cycle}, pluck="name", order_by="name")
		if mentees:
			size = size if anybody else self.world.program.group_size_min
			chosen = [mentees[(first + step) % len(mentees)] for step in range(min(size, len(mentees)))]
			self.tried(propose, cycle, chosen, self.pick(second, mentors), moderator=chosen[0])

	def somebody_answers(self, which: int, other: int):
		asked = [each for cycle in self.cycles for each in seats_waiting(cycle)]
		if asked:
			group, profile = self.pick(which, asked)
			if other % 4:
				self.tried(accept, group, profile)
			else:
				self.tried(decline, group, profile, "No time")

	def everybody_accepts_and_groups_start(self, which: int, other: int):
		for cycle in self.cycles:
			for group, profile in seats_waiting(cycle):
				self.tried(accept, group, profile)
		for group in self.groups("Proposed"):
			self.tried(group_commands.activate, group)

	def a_meeting_is_planned(self, which: int, other: int):
		if group := self.pick(which, self.groups("Active", "Completed")):
			day = datetime.combine(self.world.day + timedelta(days=other % 40), time(17))
			self.tried(planning.plan, group, day)

	def a_meeting_is_recorded(self, which: int, who: int):
		planned = frappe.get_all(
			"Mentoring Session",
			{"mentoring_group": ("in", self.groups("Active") or [""]), "status": "Planned"},
			["name", "mentoring_group"],
			order_by="starts_on, name",
		)
		if session := self.pick(which, planned):
			writer = self.pick(who, self.members(session.mentoring_group))
			everybody = dict.fromkeys(self.members(session.mentoring_group)[:3], 60)
			self.tried(
				recording.record,
				session.name,
				writer,
				everybody if who % 2 else None,
				summary="A secret of ours",
				new_items=[{"words": "Another secret"}],
			)

	def a_meeting_is_moved_or_cancelled(self, which: int, other: int):
		planned = frappe.get_all(
			"Mentoring Session", {"status": "Planned"}, pluck="name", order_by="starts_on, name"
		)
		if session := self.pick(which, planned):
			if which % 2:
				self.tried(planning.cancel, session, "Nobody has time")
			else:
				self.tried(
					planning.change,
					session,
					starts_on=datetime.combine(self.world.day + timedelta(days=9), time(18)),
				)

	def somebody_signs(self, who: int, other: int):
		self.world.sign_everything(self.pick(who, self.people))

	def a_membership_lapses(self, who: int, other: int):
		self.world.lapse(self.pick(who, self.people))

	def a_membership_is_renewed(self, who: int, other: int):
		self.world.renew(self.pick(who, self.people))

	def somebody_answers_what_is_asked(self, who: int, other: int):
		person = self.pick(who, self.people)
		for row in queries.my_requests(person):
			self.tried(feedback.give, person, {"rating": 0.4, "comment": "So so"}, row["name"])

	def somebody_writes_the_charter_or_a_goal(self, which: int, who: int):
		if group := self.pick(which, self.groups("Active")):
			person = self.pick(who, self.people)
			version = charter.read(group)["version"]
			self.tried(charter.write, group, person, {"charter_place": f"Room {who}"}, version)
			self.tried(charter.agree, group, person, charter.read(group)["version"])
			self.tried(goals.save_goal, person, {"title": "A goal"}, group=group)

	def somebody_goes(self, which: int, who: int):
		how = ("end", "leave", "withdraw", "complete", "concern")[which % 5]
		group, person = self.pick(which, self.groups("Active", "Proposed")), self.pick(who, self.people)
		if how == "withdraw":
			role = "Mentor" if who % 2 else "Mentee"
			row = frappe.db.get_value(role, {"profile": person, "cycle": self.cycles[-1]})
			if row:
				self.tried(commands.withdraw, role, row, "I move away")
		elif group and how == "end":
			self.tried(ending.end, group, "Not Working", "It doesn't work out", by=person)
		elif group and how == "leave":
			self.tried(ending.leave, group, person, "No time any more")
		elif group and how == "complete":
			self.tried(group_commands.complete, group)
		elif group:
			self.tried(concerns.raise_concern, group, person, "Conduct", "Comment for the coordinators only")

	def the_next_cycle_opens(self, which: int, other: int):
		if len(self.cycles) < 2:
			self.cycles.append(self.world.open_cycle(starts_in=40))

	def somebody_would_go_on(self, which: int, who: int):
		says = "No" if which % 4 == 0 else "Yes"
		if group := self.pick(which, self.groups("Active")):
			for person in self.members(group) if who % 3 else [self.pick(who, self.people)]:
				self.tried(extension.say, group, person, says)
			mentor = frappe.db.get_value("Mentoring Group", group, "mentor")
			if mentor:
				self.tried(extension.say, group, frappe.db.get_value("Mentor", mentor, "profile"), says)

	def time_passes(self, which: int, other: int):
		days = (1, 7, 20, 35)[which % 4]
		self.world.pass_until(self.world.day + timedelta(days=days), timedelta(days=max(1, days // 4)))

	# What holds at any time

	@invariant()
	def check(self):
		"""Every rule, and nothing secret in a mail."""
		assert broken_rules(self.cycles) == []
		for doctype, field in (("Mentoring Notice", "context"), ("Email Queue", "message")):
			for words in ("secret", "coordinators only"):
				assert not frappe.get_all(doctype, {field: ("like", f"%{words}%")}, limit=1)

	def teardown(self):
		start_over()


OFTEN = (
	"everybody_accepts_and_groups_start",
	"staff_propose",
	"a_meeting_is_planned",
	"a_meeting_is_recorded",
	"a_meeting_is_recorded",
	"time_passes",
)
NO_ACTIONS = ("tried", "pick", "groups", "members", "check", "teardown")
ACTIONS = [name for name in vars(Life) if not name.startswith("_") and name not in NO_ACTIONS]


class AnyLife(Life):
	"""One rule for all actions: of many rules Hypothesis leaves some out, and a life needs them all."""

	@rule(action=st.sampled_from([*ACTIONS, *OFTEN]), first=NUMBERS, second=NUMBERS)
	def next(self, action, first, second):
		getattr(self, action)(first, second)


@pytest.mark.parametrize("program", ["ISPE One-to-One", "Mentor ISPE: Women in Pharma", "Professional Moai"])
def test_no_sequence_of_actions_breaks_a_rule_or_loses_a_mail(program):
	happened: Counter[str] = Counter()
	run_state_machine_as_test(
		lambda: AnyLife(program, happened),
		settings=settings(
			max_examples=times(5),
			stateful_step_count=40,
			deadline=None,
			derandomize=True,
			database=None,
			suppress_health_check=list(HealthCheck),
		),
	)
	# Sequences in which everything is refused would prove nothing.
	assert {"plan", "record", "refused"} <= set(happened), happened
	assert len(happened) >= 10, happened


def start_over() -> None:
	"""Nothing of the sequence before is there."""
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.local.cache = {}
	frappe.local.message_log = []
	frappe.db.value_cache.clear()
