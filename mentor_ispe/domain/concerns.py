"""The path of a concern, from open through mediation to its end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mentor_ispe.domain.events import Event
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.domain.violations import N_, Violation

CLOSED = frozenset({"Resolved", "Reassigned", "Ended"})
# Whoever was asked and sat down, however it went; whoever was only asked or said no, was never in the group.
SAT_IN_THE_GROUP = frozenset({"Accepted", "Active", "Suspended", "Withdrawn", "Ended", "Completed"})


@dataclass(frozen=True)
class ConcernRaised(Event):
	"""Somebody raised a concern."""


@dataclass(frozen=True)
class ConcernUpdated(Event):
	"""The person who raised it sees something new of it."""


@dataclass(frozen=True)
class Step:
	"""What is about to happen to a concern; `old` is None when it is raised."""

	old: str | None
	new: str
	words: str = ""
	answer: str = ""
	note: str = ""
	answer_changed: bool = False

	@property
	def taken(self) -> bool:
		"""Whether anything happens that is a step: another save leaves no trace."""
		return self.old != self.new or self.answer_changed or bool(self.note.strip())

	@property
	def events(self) -> list[Event]:
		"""What happens; of a note for coordinators nobody is told."""
		if self.old is None:
			return [ConcernRaised()]
		return [ConcernUpdated()] if self.old != self.new or self.answer_changed else []


def check_raised(step: Step, seats: Collection[str]) -> list[Violation]:
	"""What keeps somebody with these seats in the group from raising the concern."""
	broken = check_transition("Mentoring Concern", None, step.new)
	if not step.words.strip():
		broken.append(Violation("no_words", N_("Describe in a few words what is wrong.")))
	if not SAT_IN_THE_GROUP & set(seats):
		broken.append(
			Violation("not_in_group", N_("Only someone who is or was in the group can raise a concern."))
		)
	return broken


def check_step(step: Step) -> list[Violation]:
	"""What keeps a coordinator from taking the step. A concern is never closed without a word to the person."""
	broken = check_transition("Mentoring Concern", step.old, step.new)
	if step.new in CLOSED and step.old not in CLOSED and not step.answer.strip():
		broken.append(
			Violation("no_answer", N_("Tell the person who raised it in a few words what came of it."))
		)
	return broken
