"""Rules 3 and 4 on arbitrary histories: many groups, many steps, in any order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from mentor_ispe.domain.effects import effects
from mentor_ispe.domain.group_rules import check
from mentor_ispe.domain.groups import Facts, Group, GroupRules, Person, Seat, advance, seats_held, settle

MENTORS = [f"mentor-{n}" for n in range(3)]
MENTEES = [f"mentee-{n}" for n in range(6)]
FORMATS = {
	"One-on-One": GroupRules("One-on-One", 1, 1),
	"Group": GroupRules("Group", 2, 4),
}


class Association(RuleBasedStateMachine):
	"""An association in memory: it stores what `effects` says and nothing that `check` refuses."""

	def __init__(self):
		super().__init__()
		self.groups: dict[str, tuple[Group, str]] = {}
		self.declined: set[tuple[str, str]] = set()
		self.seats = dict.fromkeys(MENTORS, 2)
		self.taken = dict.fromkeys(MENTORS, 0)
		self.sits: dict[str, str | None] = dict.fromkeys(MENTEES)
		self.apart: dict[str, frozenset[str]] = {name: frozenset() for name in MENTEES}
		self.status = dict.fromkeys(MENTORS + MENTEES, "Approved")

	groups_made = Bundle("groups_made")

	@rule(
		target=groups_made,
		format=st.sampled_from(sorted(FORMATS)),
		mentor=st.sampled_from(MENTORS),
		mentees=st.lists(st.sampled_from(MENTEES), min_size=1, max_size=4),
	)
	def propose(self, format, mentor, mentees):
		return self._propose(format, mentor, mentees)

	def _propose(self, format, mentor, mentees):
		name = f"group-{len(self.groups)}"
		group = Group(
			cycle="cycle",
			status="Proposed",
			mentor=Seat(mentor),
			members=tuple(Seat(person) for person in mentees),
			name=name,
		)
		return name if self._step(None, group, format) else multiple()

	@rule(target=groups_made, data=st.data())
	def propose_who_declined(self, data):
		if not self.declined:
			return multiple()
		mentor, mentee = data.draw(st.sampled_from(sorted(self.declined)))
		return self._propose("One-on-One", mentor, [mentee])

	@rule(
		name=groups_made,
		index=st.integers(0, 3),
		answer=st.sampled_from(["Accepted", "Declined", "Withdrawn"]),
	)
	def member_answers(self, name, index, answer):
		before, format = self.groups[name]
		if index < len(before.members):
			members = list(before.members)
			members[index] = replace(members[index], status=answer)
			self._step(before, replace(before, members=tuple(members)), format)

	@rule(
		name=groups_made, answer=st.sampled_from(["Accepted", "Declined", "Withdrawn", "Suspended", "Active"])
	)
	def mentor_answers(self, name, answer):
		before, format = self.groups[name]
		self._step(before, replace(before, mentor=replace(before.mentor, status=answer)), format)

	@rule(name=groups_made, mentor=st.sampled_from(MENTORS))
	def another_mentor(self, name, mentor):
		before, format = self.groups[name]
		if before.mentor.person != mentor:
			self._step(before, replace(before, mentor=Seat(mentor)), format)

	@rule(name=groups_made, mentee=st.sampled_from(MENTEES))
	def one_more(self, name, mentee):
		before, format = self.groups[name]
		self._step(before, replace(before, members=(*before.members, Seat(mentee))), format)

	@rule(
		name=groups_made,
		index=st.integers(0, 3),
		status=st.sampled_from(["Suspended", "Active", "Withdrawn"]),
		suspended_from=st.sampled_from(["Accepted", "Active"]),
	)
	def member_lapses_or_leaves(self, name, index, status, suspended_from):
		before, format = self.groups[name]
		if index < len(before.members):
			members = list(before.members)
			kept = suspended_from if status == "Suspended" else ""
			members[index] = replace(members[index], status=status, suspended_from=kept)
			self._step(before, replace(before, members=tuple(members)), format)

	@rule(name=groups_made)
	def start_with_everyone(self, name):
		before, format = self.groups[name]
		if before.status != "Proposed":
			return
		accepted = tuple(
			replace(seat, status="Accepted") if seat.status == "Proposed" else seat for seat in before.members
		)
		mentor = (
			replace(before.mentor, status="Accepted") if before.mentor.status == "Proposed" else before.mentor
		)
		self._step(before, replace(before, mentor=mentor, members=accepted), format)
		before, format = self.groups[name]
		self._step(before, replace(before, status="Active"), format)

	@rule(name=groups_made)
	def start(self, name):
		before, format = self.groups[name]
		self._step(before, replace(before, status="Active"), format)

	@rule(name=consumes(groups_made), status=st.sampled_from(["Completed", "Ended Early", "Cancelled"]))
	def close(self, name, status):
		before, format = self.groups[name]
		self._step(before, replace(before, status=status, end_reason="because"), format)

	@rule(mentor=st.sampled_from(MENTORS), seats=st.integers(1, 4))
	def offer(self, mentor, seats):
		if seats >= self.taken[mentor]:
			self.seats[mentor] = seats

	def _step(self, before: Group | None, asked: Group, format: str) -> bool:
		rules = FORMATS[format]
		facts = self._facts(before, rules)
		after = settle(advance(before, asked), rules)
		if check(before, asked, after, facts):
			return False
		mentors, mentees = effects(before, after, facts)
		for effect in mentors:
			self.taken[effect.name], self.status[effect.name] = effect.seats_taken, effect.status
		for effect in mentees:
			self.sits[effect.name], self.status[effect.name] = effect.group, effect.status
			self.apart[effect.name] = effect.declined
		self.groups[after.name] = (after, format)
		met = before.live_members if before else ()
		for seat in met:
			mentor = before.mentor.person
			now = after.member(seat.person)
			same = after.mentor.person == mentor
			declines = now.status == "Declined" or after.mentor.status == "Declined"
			if same and (declines or self._part_early(before, after, seat, now)):
				self.declined.add((mentor, seat.person))
		if before is None or before.mentor.person != after.mentor.person or before.mentor.live:
			self._nobody_meets_again(before, after)
		return True

	@staticmethod
	def _part_early(before: Group, after: Group, old: Seat, now: Seat) -> bool:
		"""Two who had met in a running group are no longer together, and the group wasn't completed."""
		met = before.status == "Active" and before.mentor.live and old.status in ("Active", "Suspended")
		met = met and old.suspended_from != "Accepted"
		together = now.live and after.mentor.live
		return met and after.status != "Completed" and not together

	def _nobody_meets_again(self, before: Group | None, after: Group) -> None:
		old = {seat.person for seat in before.live_members} if before else set()
		same = before is not None and before.mentor.person == after.mentor.person
		for seat in after.live_members:
			fresh = not (same and seat.person in old)
			assert not (fresh and after.mentor.live and (after.mentor.person, seat.person) in self.declined)

	def _facts(self, before: Group | None, rules: GroupRules) -> Facts:
		held = {before.mentor.person: seats_held(before)} if before else {}
		own = before.name if before else None
		return Facts(
			rules=rules,
			cycle_status="Matching",
			mentors={
				name: Person(
					name,
					name,
					f"p-{name}",
					"cycle",
					self.status[name],
					seats_offered=self.seats[name],
					seats_taken=self.taken[name] - held.get(name, 0),
				)
				for name in MENTORS
			},
			mentees={
				name: Person(
					name,
					name,
					f"p-{name}",
					"cycle",
					self.status[name],
					group=None if self.sits[name] == own else self.sits[name],
					declined=self.apart[name],
				)
				for name in MENTEES
			},
		)

	@invariant()
	def no_mentor_holds_more_than_offered(self):
		for mentor in MENTORS:
			live = sum(
				seats_held(group) for group, _ in self.groups.values() if group.mentor.person == mentor
			)
			assert live == self.taken[mentor] <= self.seats[mentor]

	@invariant()
	def nobody_sits_twice(self):
		for mentee in MENTEES:
			sits = [
				name
				for name, (group, _) in self.groups.items()
				for seat in group.live_members
				if seat.person == mentee
			]
			assert len(sits) <= 1
			assert self.sits[mentee] == (sits[0] if sits else None)

	@invariant()
	def those_who_declined_or_parted_are_known_and_nobody_else(self):
		kept = {(mentor, mentee) for mentee in MENTEES for mentor in self.apart[mentee]}
		assert kept == self.declined

	@invariant()
	def closed_groups_hold_nobody(self):
		for group, _ in self.groups.values():
			if group.status in ("Completed", "Ended Early", "Cancelled"):
				assert not group.live_members
				assert not group.mentor.live

	@invariant()
	def who_holds_no_seat_is_not_active(self):
		for mentee in MENTEES:
			assert self.status[mentee] != "Active" or self.sits[mentee]


Association.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAssociation = Association.TestCase
