"""Which parts of a score say something of these people: what nobody gave can't tell them apart."""

from __future__ import annotations

from collections.abc import Sequence

from mentor_ispe.domain.matching.criteria import CAREER_STAGE, KINDS, TOPICS
from mentor_ispe.domain.matching.people import MAX_WISHES, Candidate
from mentor_ispe.domain.matching.rules import MENTEE_WISH, MENTOR_WISH, WAITING, Rules


def unanswered(rules: Rules, mentees: Sequence[Candidate], mentors: Sequence[Candidate]) -> tuple[str, ...]:
	"""Parts of the score that nobody of one side gave anything for: criteria, wishes, waiting.

	Without them (`Rules.uncounted`) full marks in what is left are 100 %. For peers, give the same people twice.
	"""
	return tuple(part for part in rules.points if not _is_answered(part, rules, mentees, mentors))


def _is_answered(part: str, rules: Rules, mentees: Sequence[Candidate], mentors: Sequence[Candidate]) -> bool:
	if part == MENTEE_WISH:
		return _rank(mentees, mentors)
	if part == MENTOR_WISH:
		return _rank(mentors, mentees)
	if part == WAITING:
		return any(person.waited for person in mentees)
	if part == TOPICS:
		taught = {topic for person in mentors for topic in (*person.offers, *person.knows)}
		return bool(taught) and any(person.wants for person in mentees)
	if part == CAREER_STAGE:
		return all(any(person.career_stage in rules.stages for person in side) for side in (mentees, mentors))
	value = KINDS[part].value
	return all(any(value(person) not in ("", (), None) for person in side) for side in (mentees, mentors))


def _rank(choosers: Sequence[Candidate], chosen: Sequence[Candidate]) -> bool:
	"""Whether anybody ranks anybody who is there."""
	there = {person.name for person in chosen}
	return any(name in there for person in choosers for name in person.wishes[:MAX_WISHES])
