"""One step of a meeting: what becomes of what was asked for, which rules it breaks, what happened in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mentor_ispe.domain.events import Event
from mentor_ispe.domain.sessions import events
from mentor_ispe.domain.sessions.host_rotation import next_host
from mentor_ispe.domain.sessions.meetings import UNSURE, Facts, Guest, Meeting, check, invited
from mentor_ispe.domain.violations import Violation


@dataclass(frozen=True)
class Step:
	"""`after` is the meeting as it is to be stored; `in_calendars`: it takes the place of an earlier invitation.

	`asks_anew`: whatever people had answered before was about another time.
	"""

	after: Meeting
	violations: list[Violation]
	events: list[Event]
	in_calendars: bool
	asks_anew: bool = False


def step(before: Meeting | None, asked: Meeting, facts: Facts) -> Step:
	"""Work out the step from `before` (None: it is new) to what was asked for."""
	asks_anew = _asks_anew(before, asked)
	after = _without_answers(asked) if asks_anew else asked
	after = replace(after, people=_people(before, after, facts))
	after = replace(
		after, people=tuple(_planner_comes(guest, before, after, facts) for guest in after.people)
	)
	after = replace(after, host=_host(before, after, facts))
	after = replace(after, people=tuple(_settled(guest, after) for guest in after.people))
	in_calendars = before is not None and _is_other_appointment(before, after)
	return Step(
		after,
		check(before, after, facts),
		list(_events(before, after, facts, in_calendars)),
		in_calendars,
		asks_anew,
	)


def _asks_anew(before: Meeting | None, after: Meeting) -> bool:
	"""An answer was given to a time. Moved to another one, or planned again, the meeting asks everybody anew."""
	if before is None or after.status != "Planned":
		return False
	return before.status != "Planned" or before.starts_on != after.starts_on


def _without_answers(after: Meeting) -> Meeting:
	return replace(after, people=tuple(replace(guest, answer="") for guest in after.people))


def _planner_comes(guest: Guest, before: Meeting | None, after: Meeting, facts: Facts) -> Guest:
	"""Whoever plans a meeting, or plans it again, comes to it, unless they say otherwise."""
	is_planned_now = after.status == "Planned" and (before is None or before.status != "Planned")
	if is_planned_now and guest.profile == facts.planner and not guest.answer:
		return replace(guest, answer="Yes")
	return guest


def _people(before: Meeting | None, after: Meeting, facts: Facts) -> tuple[Guest, ...]:
	"""Who is on the list: of a planned meeting everyone who may come, kept up to date until it starts.

	A meeting that is entered as held without a list is one to which everyone came who could.
	"""
	if after.status == "Held":
		if before is None and not after.people:
			return tuple(
				_guest(profile, facts, attended=True)
				for profile in facts.active
				if profile not in facts.missing and profile in facts.belonging
			)
		return after.people
	if after.status != "Planned" or after.starts_on <= facts.now:
		return after.people
	known = before.profiles if before else frozenset()
	wanted = invited([*known], facts.active, facts.missing)
	stay = [guest for guest in after.people if guest.profile not in known or guest.profile in wanted]
	there = {guest.profile for guest in stay}
	return (*stay, *(_guest(profile, facts) for profile in wanted if profile not in there))


def _guest(profile: str, facts: Facts, attended: bool = False) -> Guest:
	return Guest(profile, facts.names.get(profile, ""), attended)


def _host(before: Meeting | None, after: Meeting, facts: Facts) -> str | None:
	"""In a circle everybody takes a turn; a host who left hands over."""
	if after.status == "Cancelled" or (after.status == "Held" and before is not None):
		return after.host
	left = before is not None and after.host not in facts.active
	host = None if left else after.host
	if host or not facts.circle:
		return host
	may_come = [profile for profile in facts.active if profile in after.profiles]
	return next_host(
		may_come, [other.host for other in facts.others if other.host and other.starts_on < after.starts_on]
	)


def _settled(guest: Guest, after: Meeting) -> Guest:
	if after.status != "Held":
		return replace(guest, attended=False, minutes=0)
	return replace(guest, minutes=(guest.minutes or after.minutes) if guest.attended else 0)


def _is_other_appointment(before: Meeting, after: Meeting) -> bool:
	if (before.status == "Cancelled") != (after.status == "Cancelled"):
		return True
	changed = before.appointment != after.appointment or before.profiles != after.profiles
	return after.status == "Planned" and changed


def _events(before: Meeting | None, after: Meeting, facts: Facts, in_calendars: bool) -> Iterator[Event]:
	was_planned = before is not None and before.status == "Planned"
	if after.status == "Planned" and (before is None or in_calendars):
		yield events.InvitationsChanged(before if was_planned else None, after)
	elif after.status == "Cancelled" and was_planned:
		yield events.InvitationsChanged(before, after)
		yield events.MeetingCancelled()
	elif after.status == "Held" and was_planned:
		yield events.MeetingHeld()
	host_before = before.host if before is not None and was_planned else None
	if after.status == "Planned" and after.host and after.host != host_before:
		yield events.HostChosen(after.host, host_before)
	if before is not None and was_planned and after.status == "Planned":
		said = {guest.profile: guest.answer for guest in before.people}
		for guest in after.people:
			if guest.answer in UNSURE and said.get(guest.profile) != guest.answer:
				yield events.Declined(guest.profile, guest.answer)
	if after.status == "Planned" and not was_planned:
		yield events.MeetingPlanned(
			{profile: facts.missing[profile] for profile in facts.active if profile in facts.missing}
		)
