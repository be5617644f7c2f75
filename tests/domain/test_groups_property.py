"""Rules 3 and 4 on arbitrary histories: many groups, many steps, in any order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from mentor_ispe.domain.group_step import step
from mentor_ispe.domain.groups import Facts, Group, GroupRules, Person, seats_held
from mentor_ispe.domain.seats import MENTOR, Seat

MENTORS = [f"mentor-{n}" for n in range(3)]
MENTEES = [f"mentee-{n}" for n in range(6)]
FORMATS = {
	"One-on-One": GroupRules("One-on-One", 1, 1),
	"Group": GroupRules("Group", 2, 4, mentors_max=2),
}


class Association(RuleBasedStateMachine):
	"""An association in memory: it stores what `step` says and nothing that it refuses."""

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
			seats=(Seat(mentor, MENTOR), *(Seat(person) for person in mentees)),
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
			self._step(before, self._with(before, before.members[index], status=answer), format)

	@rule(
		name=groups_made,
		index=st.integers(0, 2),
		answer=st.sampled_from(["Accepted", "Declined", "Withdrawn", "Suspended", "Active"]),
	)
	def mentor_answers(self, name, index, answer):
		before, format = self.groups[name]
		if index < len(before.mentors):
			self._step(before, self._with(before, before.mentors[index], status=answer), format)

	@rule(name=groups_made, mentor=st.sampled_from(MENTORS))
	def another_mentor(self, name, mentor):
		before, format = self.groups[name]
		self._step(before, replace(before, seats=(*before.seats, Seat(mentor, MENTOR))), format)

	@rule(name=groups_made, mentor=st.sampled_from(MENTORS))
	def mentor_takes_over(self, name, mentor):
		before, format = self.groups[name]
		for seat in before.live_mentors[:1]:
			asked = self._with(before, seat, status="Withdrawn")
			self._step(before, replace(asked, seats=(*asked.seats, Seat(mentor, MENTOR))), format)

	@staticmethod
	def _with(group: Group, seat: Seat, **values) -> Group:
		"""The group with another value in this very seat."""
		return replace(
			group, seats=tuple(replace(each, **values) if each is seat else each for each in group.seats)
		)

	@rule(name=groups_made, mentee=st.sampled_from(MENTEES))
	def one_more(self, name, mentee):
		before, format = self.groups[name]
		self._step(before, replace(before, seats=(*before.seats, Seat(mentee))), format)

	@rule(
		name=groups_made,
		index=st.integers(0, 3),
		status=st.sampled_from(["Suspended", "Active", "Withdrawn"]),
		suspended_from=st.sampled_from(["Accepted", "Active"]),
	)
	def member_lapses_or_leaves(self, name, index, status, suspended_from):
		before, format = self.groups[name]
		if index < len(before.members):
			kept = suspended_from if status == "Suspended" else ""
			seat = before.members[index]
			self._step(before, self._with(before, seat, status=status, suspended_from=kept), format)

	@rule(name=groups_made)
	def start_with_everyone(self, name):
		before, format = self.groups[name]
		if before.status != "Proposed":
			return
		accepted = tuple(
			replace(seat, status="Accepted") if seat.status == "Proposed" else seat for seat in before.seats
		)
		self._step(before, replace(before, seats=accepted), format)
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
		done = step(before, asked, self._facts(before, FORMATS[format]))
		if done.violations:
			return False
		after = done.after
		for effect in done.mentors:
			self.taken[effect.name], self.status[effect.name] = effect.seats_taken, effect.status
		for effect in done.mentees:
			self.sits[effect.name] = after.name if effect.seated_here else effect.group
			self.status[effect.name] = effect.status
			self.apart[effect.name] = effect.declined
		self.groups[after.name] = (after, format)
		self._nobody_meets_again(before, after)
		self.declined |= self._set_apart(before, after)
		return True

	@staticmethod
	def _set_apart(before: Group | None, after: Group) -> set[tuple[str, str]]:
		"""Who declined whom, and who parted from whom in a group that had started, by looking at the seats."""
		if before is None:
			return set()
		was = {(seat.is_mentor, at): seat for at, seat in enumerate(before.seats)}
		now = {(seat.is_mentor, at): seat for at, seat in enumerate(after.seats)}
		met = [
			key
			for key, seat in was.items()
			if before.status == "Active"
			and (
				seat.status == "Active" or (seat.status == "Suspended" and seat.suspended_from != "Accepted")
			)
		]
		declines = [
			key for key, seat in now.items() if seat.status == "Declined" and was[key].status != "Declined"
		]
		found = set()
		for mentor in (key for key in was if key[0]):
			for mentee in (key for key in was if not key[0]):
				there = was[mentor].live and was[mentee].live
				parted = mentor in met and mentee in met and after.status != "Completed"
				parted = parted and not (now[mentor].live and now[mentee].live)
				if (there and (mentor in declines or mentee in declines)) or parted:
					found.add((now[mentor].person, now[mentee].person))
		return found

	def _nobody_meets_again(self, before: Group | None, after: Group) -> None:
		known = {seat.person for seat in before.seats} if before else set()
		for mentor in after.live_mentors:
			for seat in after.live_members:
				fresh = not {mentor.person, seat.person} <= known
				assert not (fresh and (mentor.person, seat.person) in self.declined)

	def _facts(self, before: Group | None, rules: GroupRules) -> Facts:
		held = {name: seats_held(before, name) for name in MENTORS} if before else {}
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
			live = sum(seats_held(group, mentor) for group, _ in self.groups.values())
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
				assert not any(seat.live for seat in group.seats)

	@invariant()
	def who_holds_no_seat_is_not_active(self):
		for mentee in MENTEES:
			assert self.status[mentee] != "Active" or self.sits[mentee]


Association.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAssociation = Association.TestCase


def test_who_comes_after_the_mentor_declined_was_never_proposed_to_them():
	"""A mentor is set apart from those whom they turned down, not from whoever is added afterwards."""
	life = Association()
	group = life.propose("Group", "mentor-1", ["mentee-0", "mentee-1"])
	life.mentor_answers(group, 0, "Declined")
	life.one_more(group, "mentee-2")
	life.start_with_everyone(group)
	life.those_who_declined_or_parted_are_known_and_nobody_else()
	assert life.declined == {("mentor-1", "mentee-0"), ("mentor-1", "mentee-1")}
	life.close(group, "Cancelled")
	assert life.propose("One-on-One", "mentor-1", ["mentee-2"]) in life.groups
	assert life.propose("One-on-One", "mentor-1", ["mentee-0"]) not in life.groups
