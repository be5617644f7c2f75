"""What calls a coordinator to a group: each alarm is named, and tells its occasions apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mentor_ispe.domain.health.facts import Answer, Facts, Session
from mentor_ispe.domain.pauses import is_away
from mentor_ispe.domain.violations import N_

NO_FIRST_MEETING, MISSED_SESSIONS = N_("No First Meeting"), N_("Missed Sessions")
LOW_RATING, NOT_WORKING = N_("Low Rating"), N_("Not Working")
LOW_HEALTH, QUIET = N_("Low Health"), N_("Member Quiet")

# A session is counted as missed when it wasn't recorded so many days after its time.
DAYS_TO_RECORD = 3
IN_A_ROW = 2
# Sessions after which somebody who came to none of them counts as quiet.
QUIET_AFTER = 3
# Points above the threshold at which the alarm for low health ends.
CLEARED_ABOVE = 5


@dataclass(frozen=True)
class Alarm:
	"""One alarm. The same name and occasion are the same alarm, however many days it stands.

	The words never say who rated: they are read by others than coordinators.
	"""

	name: str
	occasion: str
	words: str
	params: dict[str, Any] = field(default_factory=dict)


def alarms_of(facts: Facts, health: int | None, threshold: int, low_since: str | None = None) -> list[Alarm]:
	"""Every alarm of an active group on the day of the facts, most pressing first.

	Days on which the group can't well meet, since people are away, count against nobody; meanwhile nobody is called
	for what they didn't do.

	`low_since` is the occasion of the alarm for low health, if it stood the day before.
	"""
	if is_away(facts.standstill, facts.on):
		return ratings(facts.answers)
	return [
		*ratings(facts.answers),
		*no_first_meeting(facts),
		*missed_sessions(facts),
		*quiet(facts),
		*low_health(health, threshold, facts.on, low_since),
	]


def ratings(answers: Iterable[Answer]) -> list[Alarm]:
	"""People whose last word was bad; it stands until they say something better on another day."""
	last: dict[str, list[Answer]] = {}
	for answer in sorted(answers, key=lambda answer: (answer.given_on, answer.name)):
		if not (answer.stars or answer.staff_stars or answer.going):
			continue
		before = last.get(answer.profile)
		if before and before[-1].given_on == answer.given_on:
			before.append(answer)
		else:
			last[answer.profile] = [answer]
	latest = sorted(
		(each for same_day in last.values() for each in same_day), key=lambda each: (each.given_on, each.name)
	)
	return [
		*(
			Alarm(NOT_WORKING, answer.name, N_("Someone says that it isn't working."))
			for answer in latest
			if answer.going == "Not Working"
		),
		*(
			Alarm(LOW_RATING, answer.name, N_("Someone gave one or two stars."))
			for answer in latest
			if answer.low
		),
	]


def no_first_meeting(facts: Facts) -> list[Alarm]:
	days = facts.days_between(facts.started_on, facts.on)
	if facts.held or days <= facts.first_meeting_days:
		return []
	words = N_("No first meeting in {days} days; the limit is {limit}.")
	params = {"days": days, "limit": facts.first_meeting_days}
	return [Alarm(NO_FIRST_MEETING, str(facts.started_on), words, params)]


def missed_sessions(facts: Facts) -> list[Alarm]:
	"""Two planned sessions in a row that didn't take place, or twice the rhythm without any."""
	past = sorted(
		(
			session
			for session in facts.sessions
			if _is_past(session, facts.on)
			and (session.status == "Held" or not is_away(facts.standstill, session.on))
		),
		key=lambda session: (session.on, session.name),
	)
	missed: list[Session] = []
	for session in reversed(past):
		if session.status == "Held":
			break
		missed.append(session)
	if len(missed) >= IN_A_ROW:
		words = N_("{count} scheduled meetings in a row didn't take place.")
		return [Alarm(MISSED_SESSIONS, missed[-1].name, words, {"count": len(missed)})]
	if not facts.held:
		return []
	last = facts.held[-1].on
	patience = facts.interval.after(last, IN_A_ROW) + timedelta(days=7)
	if facts.days_between(last, facts.on) <= (patience - last).days:
		return []
	words = N_("No meeting since {last}, twice as long as the usual gap.")
	return [Alarm(MISSED_SESSIONS, f"since {last}", words, {"last": last.isoformat()})]


def _is_past(session: Session, on: date) -> bool:
	if session.status == "Planned":
		return session.on + timedelta(days=DAYS_TO_RECORD) <= on
	return session.on <= on


def quiet(facts: Facts) -> list[Alarm]:
	"""Members who came to none of the last meetings since they joined, and said nothing since either."""
	found = []
	for person in sorted(facts.present, key=lambda person: person.profile):
		theirs = [
			session for session in facts.held if person.joined_on is None or session.on >= person.joined_on
		]
		last = theirs[-QUIET_AFTER:]
		if len(last) < QUIET_AFTER or any(person.profile in session.there for session in last):
			continue
		first_missed = last[0].on
		if any(a.profile == person.profile and a.given_on >= first_missed for a in facts.answers):
			continue
		if facts.wrote.get(person.profile, date.min) >= first_missed:
			continue
		seen = [session.on for session in theirs if person.profile in session.there]
		occasion = f"{person.profile} {seen[-1] if seen else ''}".strip()
		words = N_("{person} missed the last {count} meetings.")
		params = {"person": person.full_name or person.profile, "count": QUIET_AFTER}
		found.append(Alarm(QUIET, occasion, words, params))
	return found


def low_health(health: int | None, threshold: int, on: date, since: str | None = None) -> list[Alarm]:
	"""Health below the program's threshold; `since` is the occasion of this alarm if it stands already.

	It stands until the health is some points above, so that going up and down around the threshold
	calls nobody twice.
	"""
	if health is None or health >= threshold + (CLEARED_ABOVE if since else 0):
		return []
	words = N_("Health is {health}, below the limit of {threshold}.")
	return [Alarm(LOW_HEALTH, since or on.isoformat(), words, {"health": health, "threshold": threshold})]
