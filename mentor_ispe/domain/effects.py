"""What a step of a group changes for the people in it: seats taken, where they sit, their status."""

from __future__ import annotations

from dataclasses import dataclass

from mentor_ispe.domain.groups import Facts, Group, Person, declined_pairs, people_in, seats_held


@dataclass(frozen=True)
class MentorEffect:
	"""New values for one Mentor; `seats_taken` counts all their groups."""

	name: str
	seats_taken: int
	status: str


@dataclass(frozen=True)
class MenteeEffect:
	"""New values for one Mentee; `waits_again` starts the waiting clock, a seat here or in `group` stops it.

	`seated_here`: in the group of this step, which may have no name yet; `group` is where they sit else.
	"""

	name: str
	seated_here: bool
	group: str | None
	status: str
	declined: frozenset[str]
	waits_again: bool

	@property
	def seated(self) -> bool:
		return self.seated_here or self.group is not None


def effects(
	before: Group | None, after: Group, facts: Facts
) -> tuple[list[MentorEffect], list[MenteeEffect]]:
	"""Work out the new values of every mentor and mentee whom the step `before` → `after` touches.

	`facts.mentors[…].seats_taken` and `facts.mentees[…].group` speak of *other* groups only, so the
	results are whole values, not differences, and writing them twice does no harm.
	"""
	mentors, mentees = people_in([before, after])
	apart = declined_pairs(before, after)
	return (
		[_mentor(facts.mentors[name], after) for name in mentors],
		[_mentee(facts.mentees[name], after, apart) for name in mentees],
	)


def _mentor(person: Person, after: Group) -> MentorEffect:
	seat = after.mentor(person.name)
	taken = person.seats_taken + seats_held(after, person.name)
	status = person.status
	if seat and seat.status == "Active":
		status = "Active"
	elif status in {"Approved", "Active"} and not taken:
		status = "Completed" if seat and seat.status == "Completed" else "Approved"
	return MentorEffect(person.name, taken, status)


def _mentee(person: Person, after: Group, apart: list[tuple[str, str]]) -> MenteeEffect:
	seat = after.member(person.name)
	declined = person.declined | {mentor for mentor, mentee in apart if mentee == person.name}
	here = seat is not None and seat.live
	seated = here or person.group is not None
	status = person.status
	if seat is not None and seat.status == "Active":
		status = "Active"
	elif seat is not None and seat.status == "Completed" and not seated:
		status = "Completed" if status == "Active" else status
	elif status == "Active" and not seated:
		status = "Approved"
	waits_again = not seated and status == "Approved"
	return MenteeEffect(person.name, here, person.group, status, frozenset(declined), waits_again)
