"""The rules and the scores once more, pair by pair and as plainly as they can be said."""

from __future__ import annotations

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.matching.people import Candidate
from mentor_ispe.domain.matching.rules import Rules


def hours_between(one: Candidate, other: Candidate) -> float:
	apart = abs(one.utc_offset - other.utc_offset) % 24
	return min(apart, 24 - apart)


def steps_ahead(mentee: Candidate, mentor: Candidate, rules: Rules) -> int | None:
	stages = rules.stages
	if mentee.career_stage not in stages or mentor.career_stage not in stages:
		return None
	return stages.index(mentor.career_stage) - stages.index(mentee.career_stage)


def holds(kind: str, mentee: Candidate, mentor: Candidate, rules: Rules) -> bool:
	"""Whether a hard criterion of this kind lets the pair be."""
	match kind:
		case "Topics":
			return bool(set(mentee.wants) & {*mentor.offers, *mentor.knows})
		case "Career Stage":
			return (steps_ahead(mentee, mentor, rules) or 0) > 0
		case "Time Zone":
			known = mentee.utc_offset is not None and mentor.utc_offset is not None
			return known and hours_between(mentee, mentor) <= rules.time_window
		case "Languages":
			return bool(set(mentee.languages) & set(mentor.languages))
		case "Employer":
			return not mentee.employer or mentee.employer != mentor.employer
	field = KINDS[kind].field
	return bool(getattr(mentee, field)) and getattr(mentee, field) == getattr(mentor, field)


def may_be(mentee: Candidate, mentor: Candidate, rules: Rules, forbidden=frozenset()) -> bool:
	if (mentee.name, mentor.name) in forbidden:
		return False
	if mentee.person and mentee.person == mentor.person:
		return False
	if mentor.name in mentee.refuses or mentee.name in mentor.refuses:
		return False
	if rules.points and not mentee.is_imagined and score(mentee, mentor, rules) < rules.least_score:
		return False
	return all(holds(kind, mentee, mentor, rules) for kind in rules.hard)


def score(mentee: Candidate, mentor: Candidate, rules: Rules) -> int:
	total = 0
	for part, most in rules.points.items():
		match part:
			case "Topics":
				# Shared evenly in whole fifths; the first topics have what is left over.
				each, left = divmod(most // 5, max(1, len(mentee.wants)))
				for place, topic in enumerate(mentee.wants):
					fifths = 5 if topic in mentor.offers else 3 if topic in mentor.knows else 0
					total += (each + (place < left)) * fifths
			case "Career Stage":
				ahead = steps_ahead(mentee, mentor, rules) or 0
				share = max(1 - 0.2 * abs(ahead - rules.stage_steps), 0.2) if ahead > 0 else 0
				total += round(share * most)
			case "Time Zone":
				if holds(part, mentee, mentor, rules):
					total += round(most * (1 - hours_between(mentee, mentor) / (rules.time_window + 1)))
			case "Mentee's Wish":
				if mentor.name in mentee.wishes:
					total += most * (5 - mentee.wishes.index(mentor.name)) // 5
			case "Mentor's Wish":
				if mentee.name in mentor.wishes:
					total += most * (5 - mentor.wishes.index(mentee.name)) // 5
			case "Waiting":
				total += min(mentee.waited, 2) * most // 2
			case _:
				total += most if holds(part, mentee, mentor, rules) else 0
	return total


def greedy(mentees, mentors, rules: Rules) -> tuple[int, int]:
	"""(matched, score) when the best pair left is taken, again and again."""
	left = {mentor.name: mentor.seats for mentor in mentors}
	open_ = {mentee.name for mentee in mentees}
	pairs = sorted(
		(
			(score(mentee, mentor, rules), mentee.name, mentor.name)
			for mentee in mentees
			for mentor in mentors
			if may_be(mentee, mentor, rules)
		),
		reverse=True,
	)
	matched = total = 0
	for points, mentee, mentor in pairs:
		if mentee in open_ and left[mentor] > 0:
			open_.discard(mentee)
			left[mentor] -= 1
			matched, total = matched + 1, total + points
	return matched, total
