"""Whether a program's and a cycle's own settings make sense."""

from __future__ import annotations

from datetime import date

from mentor_ispe.domain.violations import N_, Violation

MOST_MENTORS = 10


def check_sizes(format: str, size_min: int, size_max: int, mentors_max: int = 1) -> list[Violation]:
	"""Group sizes count mentees or peers, without the mentors."""
	if format != "Peer Circle" and not 1 <= mentors_max <= MOST_MENTORS:
		words = N_("A group can have one to {most} mentors.")
		return [Violation("mentors_max", words, {"most": MOST_MENTORS})]
	if format == "One-on-One" and mentors_max > 1:
		words = N_(
			"A pair has one mentor. Set “Mentors of a group, at most” to 1, or choose the format Group."
		)
		return [Violation("pair_mentors", words)]
	if format == "One-on-One" and (size_min, size_max) != (1, 1):
		return [Violation("pair_size", N_("Groups in a one-on-one program have exactly one mentee."))]
	broken = []
	lowest = 2 if format == "Peer Circle" else 1
	if size_min < lowest:
		broken.append(
			Violation(
				"size_min", N_("The smallest group must have at least {lowest} members."), {"lowest": lowest}
			)
		)
	if size_max < size_min:
		broken.append(
			Violation(
				"size_max",
				N_("The largest group ({max}) can't be smaller than the smallest one ({min})."),
				{"max": size_max, "min": size_min},
			)
		)
	return broken


def check_program(
	format: str, length_months: int, meet_every: int, default_seats: int, max_seats: int
) -> list[Violation]:
	"""The program's numbers, each with what to do about it."""
	broken = []
	if length_months < 1:
		broken.append(Violation("length", N_("A program must last at least one month.")))
	if meet_every < 1:
		broken.append(
			Violation(
				"rhythm", N_("Enter how often groups meet, for example every 1 month or every 2 weeks.")
			)
		)
	if format != "Peer Circle":
		if default_seats < 1:
			broken.append(Violation("default_seats", N_("Mentors must have at least one place by default.")))
		if max_seats < default_seats:
			broken.append(
				Violation(
					"max_seats",
					N_(
						"The maximum number of places ({max}) can't be lower than the usual number ({usual})."
					),
					{"max": max_seats, "usual": default_seats},
				)
			)
	return broken


def check_least_score(percent: int) -> list[Violation]:
	"""The minimum score of a match, a share of what is possible."""
	if 0 <= percent <= 100:
		return []
	return [
		Violation(
			"least_score",
			N_("{percent} is not a valid minimum match score. Enter a number from 0 to 100."),
			{"percent": percent},
		)
	]


def check_cycle(
	*,
	application_from: date,
	application_until: date,
	start: date,
	end: date,
	announcement: date | None,
	places: int,
	places_taken: int,
) -> list[Violation]:
	"""The cycle's dates in their order, and its places against those that are taken."""
	broken = []
	if application_until < application_from:
		broken.append(Violation("window", N_("Applications can't close before they open.")))
	if end <= start:
		broken.append(Violation("dates", N_("The cycle must end after it starts.")))
	if start < application_from:
		broken.append(Violation("starts_early", N_("The cycle can't start before applications open.")))
	if announcement and announcement < application_from:
		broken.append(Violation("announcement", N_("Matches can't be announced before applications open.")))
	if places and places < places_taken:
		broken.append(
			Violation(
				"places",
				N_("{taken} places are already taken, so the number can't be lower."),
				{"taken": places_taken},
			)
		)
	return broken


def check_closing(status: str, open_groups: int) -> list[Violation]:
	"""A cycle is completed or cancelled once nobody is left in the middle of something."""
	if not open_groups or status not in {"Completed", "Cancelled"}:
		return []
	words = N_("{count} groups of this cycle are still open. Complete, end or cancel them first.")
	if open_groups == 1:
		words = N_("One group of this cycle is still open. Complete, end or cancel it first.")
	return [Violation("open_groups", words, {"count": open_groups})]
