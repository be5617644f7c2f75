"""Goals and their steps: how far they are, and when a change of one is refused."""

from __future__ import annotations

from collections.abc import Iterable

from mentor_ispe.domain.violations import N_, Violation

REVIEWED = ("Achieved", "Partly Achieved", "Dropped")
# Groups in which new goals may be set, and seats whose holders may set them.
GROUPS_FOR_GOALS = ("Proposed", "Active")
SEATS_FOR_GOALS = ("Accepted", "Active", "Suspended")
APPLICANTS_FOR_GOALS = ("Approved", "Active")


def progress(status: str, steps: Iterable[bool], given: float) -> float:
	"""How far a goal is, in percent: all of it when achieved, else by its steps, else as was said."""
	done = list(steps)
	if status == "Achieved":
		return 100.0
	if done:
		return round(100 * sum(done) / len(done), 0)
	return given


def check_words(title: str, steps: Iterable[str]) -> list[Violation]:
	broken = []
	if not title.strip():
		broken.append(Violation("title", N_("Describe the goal in a few words.")))
	if any(not step.strip() for step in steps):
		broken.append(Violation("step", N_("Describe each step in a few words, or remove it.")))
	return broken


def check_progress(given: float) -> list[Violation]:
	if 0 <= given <= 100:
		return []
	return [Violation("progress", N_("Progress must be between 0 and 100 percent."))]


def check_review(status: str, review: str) -> list[Violation]:
	"""A review needs words: what was reached is what the two look back on."""
	if status in REVIEWED and not review.strip():
		return [Violation("review", N_("Describe in a few words what came of this goal."))]
	return []


def check_group(group_status: str, seat: str | None) -> list[Violation]:
	"""Whether somebody with this seat (None: none) may set a new goal in the group."""
	if seat is None:
		return [Violation("stranger", N_("Only people in the group can have goals there."))]
	if group_status not in GROUPS_FOR_GOALS:
		return [
			Violation(
				"group_closed",
				N_(
					"This group has closed. You can still review its goals; new ones belong to the next group."
				),
			)
		]
	if seat not in SEATS_FOR_GOALS:
		return [Violation("seat", N_("Accept your place in the group first, then set your goals."))]
	return []


def check_carried(carried: bool) -> list[Violation]:
	if not carried:
		return []
	return [Violation("carried", N_("This goal continues in the next group. Change it there."))]
