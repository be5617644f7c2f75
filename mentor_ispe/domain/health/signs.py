"""The health of a group, 0 to 100: the weighted mean of named signs, each 0 to 100 and with its words.

A sign about which nothing can be said yet is left out of the mean; it doesn't count as good or bad.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

from mentor_ispe.domain.health.facts import Answer, Facts, Goal
from mentor_ispe.domain.violations import N_

# What each sign counts, unless the program says otherwise.
WEIGHTS: Mapping[str, int] = {
	"Contact": 5,
	"First Meeting": 10,
	"Rhythm": 25,
	"Attendance": 15,
	"Feedback Given": 10,
	"How It Sounded": 20,
	"Agreement": 5,
	"Goals": 10,
}
# How far the signs of meetings look back, in intervals and in sessions.
LOOK_BACK = 4
# Silence so long after the start says something; twice as long says everything.
DAYS_TO_SAY_HELLO = 14
# Goals may take so long to be written down, in days from the start.
DAYS_FOR_GOALS = 60
GOING = {"On Track": 100.0, "Needs Attention": 40.0, "Not Working": 0.0}


@dataclass(frozen=True)
class Sign:
	"""One sign: its score, None while nothing can be said, and why, as a template with its values."""

	name: str
	score: float | None
	words: str
	params: dict[str, Any] = field(default_factory=dict)
	weight: int = 0


@dataclass(frozen=True)
class Health:
	"""The health of a group, None while no sign can be read; all signs, also those of no weight."""

	score: int | None
	signs: tuple[Sign, ...]


def health_of(facts: Facts, weights: Mapping[str, int] | None = None) -> Health:
	"""Read every sign that has a weight; `weights` are the program's, by default the app's."""
	chosen = {name: weight for name, weight in (weights or WEIGHTS).items() if weight > 0}
	signs = []
	for name, weight in chosen.items():
		score, words, params = SIGNS[name](facts)
		signs.append(Sign(name, score, words, params, weight))
	return Health(weighted(signs), tuple(signs))


def weighted(signs: Collection[Sign]) -> int | None:
	"""The weighted mean of the signs that say something, rounded; None when none does."""
	known = [(sign.score, sign.weight) for sign in signs if sign.score is not None and sign.weight > 0]
	if not known:
		return None
	total = sum(weight for _score, weight in known)
	return round(sum(score * weight for score, weight in known) / total)


Reading = tuple[float | None, str, dict[str, Any]]


def contact(facts: Facts) -> Reading:
	"""Silence after the start, falling to 0; once they are in touch, the other signs tell more."""
	if facts.in_touch:
		return None, N_("They are in touch."), {}
	days = facts.days_between(facts.started_on, facts.on)
	if days < DAYS_TO_SAY_HELLO:
		return None, N_("There is still time to say hello."), {}
	words = N_("Nobody has written a message or scheduled a meeting in {days} days.")
	score = 100.0 * (1 - (days - DAYS_TO_SAY_HELLO) / DAYS_TO_SAY_HELLO)
	return max(0.0, score), words, {"days": days}


def first_meeting(facts: Facts) -> Reading:
	"""In time, late by so many days, or not yet."""
	limit = max(1, facts.first_meeting_days)
	if facts.held:
		days = max(0, facts.days_between(facts.started_on, facts.held[0].on))
		if days <= limit:
			return 100.0, N_("The first meeting was {days} days after the start."), {"days": days}
		late = days - limit
		score = max(40.0, 100.0 - 60.0 * late / limit)
		return (
			score,
			N_("The first meeting was {days} days after the start, {late} days late."),
			{"days": days, "late": late},
		)
	left = limit - facts.days_between(facts.started_on, facts.on)
	if left >= 0:
		return None, N_("There are {days} days left for the first meeting."), {"days": left}
	return 0.0, N_("No meeting in the last {days} days."), {"days": limit - left}


def rhythm(facts: Facts) -> Reading:
	"""Meetings held against those that the rhythm asks for, over the last few intervals."""
	starts = [facts.interval.after(facts.on, -back) for back in range(LOOK_BACK + 1)]
	spans = [(start, end) for end, start in pairwise(starts) if start >= facts.started_on]
	if not spans:
		return None, N_("It's too early to tell how often they meet."), {}
	days, possible = (facts.on - spans[-1][0]).days, facts.days_between(spans[-1][0], facts.on)
	expected = len(spans) * possible // days
	if not expected:
		return None, N_("People were away, so no meeting was expected."), {}
	since = spans[-1][0]
	# One that comes a few days late still belongs to its interval.
	since -= timedelta(days=7 if facts.interval.unit == "Month" else 2)
	held = sum(since <= session.on for session in facts.held)
	span = len(spans) * max(1, facts.interval.every)
	words = (
		N_("{held} of {expected} meetings held in the last {span} months.")
		if facts.interval.unit == "Month"
		else N_("{held} of {expected} meetings held in the last {span} weeks.")
	)
	score = 100.0 * min(1.0, held / expected)
	return score, words, {"held": held, "expected": expected, "span": span}


def attendance(facts: Facts) -> Reading:
	"""Who was there against who was expected, at the last few meetings."""
	last = facts.held[-LOOK_BACK:]
	expected = sum(len(session.expected) for session in last)
	if not expected:
		return None, N_("No meeting was held yet."), {}
	there = sum(len(session.there & session.expected) for session in last)
	params = {"there": there, "expected": expected, "meetings": len(last)}
	return (
		100.0 * there / expected,
		N_("{there} of {expected} attended the last {meetings} meetings."),
		params,
	)


def feedback_given(facts: Facts) -> Reading:
	"""What came of the feedback that was due; late is better than never."""
	if not facts.owed:
		return None, N_("No feedback was due yet."), {}
	given = min(facts.given, facts.owed)
	return (
		100.0 * given / facts.owed,
		N_("{given} of {owed} feedback requests answered."),
		{"given": given, "owed": facts.owed},
	)


def how_it_sounded(facts: Facts) -> Reading:
	"""What everybody said last. Names nobody: what was said in private shows in the number only."""
	last: dict[str, Answer] = {}
	for answer in sorted(facts.answers, key=lambda answer: (answer.given_on, answer.name)):
		if _tone(answer) is not None:
			last[answer.profile] = answer
	if not last:
		return None, N_("Nobody has rated anything yet."), {}
	tones = [tone for answer in last.values() if (tone := _tone(answer)) is not None]
	params = {"people": len(last), "all": max(len(last), len(facts.people))}
	words = N_("{people} of {all} people have said how it is going. Each person's latest answer counts.")
	return sum(tones) / len(tones), words, params


def _tone(answer: Answer) -> float | None:
	"""The worst that this answer says, 0 to 100."""
	tones = [25.0 * (stars - 1) for stars in (answer.stars, answer.staff_stars) if stars > 0]
	if answer.going in GOING:
		tones.append(GOING[answer.going])
	return min(100.0, max(0.0, min(tones))) if tones else None


def agreement(facts: Facts) -> Reading:
	"""Signatures that the program requires, and the charter once the group has met."""
	parts = []
	if facts.to_sign:
		parts.append(min(facts.signed, facts.to_sign) / facts.to_sign)
	if facts.held or facts.charter_agreed:
		parts.append(1.0 if facts.charter_agreed else 0.0)
	params = {"signed": min(facts.signed, facts.to_sign), "to_sign": facts.to_sign}
	if not parts:
		return None, N_("There is nothing to sign, and the charter comes at the first meeting."), params
	if facts.to_sign:
		words = (
			N_("{signed} of {to_sign} signatures; everyone agreed to the charter.")
			if facts.charter_agreed
			else N_("{signed} of {to_sign} signatures; not everyone has agreed to the charter.")
		)
	else:
		words = (
			N_("Everyone agreed to the charter.")
			if facts.charter_agreed
			else N_("Not everyone has agreed to the charter.")
		)
	return 100.0 * sum(parts) / len(parts), words, params


def goals(facts: Facts) -> Reading:
	"""Mentees with a goal, and how far they are for the time that has passed."""
	mentees = {person.profile for person in facts.people if not person.is_mentor}
	theirs: dict[str, list[Goal]] = {}
	for goal in facts.goals:
		if goal.profile in mentees:
			theirs.setdefault(goal.profile, []).append(goal)
	if not mentees:
		return None, N_("There are no mentees."), {}
	if not theirs and facts.days_between(facts.started_on, facts.on) < DAYS_FOR_GOALS:
		return None, N_("There is still time to write down goals."), {}
	whole = facts.days_between(facts.started_on, facts.ends_on) if facts.ends_on else 0
	share = min(1.0, facts.days_between(facts.started_on, facts.on) / whole) if whole > 0 else 1.0

	def score(profile: str) -> float:
		if profile not in theirs:
			return 0.0
		done = [100.0 if goal.achieved else min(100.0, max(0.0, goal.progress)) for goal in theirs[profile]]
		mean = sum(done) / len(done)
		return 60.0 + 40.0 * (min(1.0, mean / (100.0 * share)) if share > 0 else 1.0)

	scores = [score(profile) for profile in sorted(mentees)]
	params = {"with_goals": len(theirs), "people": len(mentees)}
	return sum(scores) / len(scores), N_("{with_goals} of {people} people have goals."), params


SIGNS: Mapping[str, Callable[[Facts], Reading]] = {
	"Contact": contact,
	"First Meeting": first_meeting,
	"Rhythm": rhythm,
	"Attendance": attendance,
	"Feedback Given": feedback_given,
	"How It Sounded": how_it_sounded,
	"Agreement": agreement,
	"Goals": goals,
}
