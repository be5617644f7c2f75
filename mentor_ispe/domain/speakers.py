"""Requests for guest speakers: how many a group may make, what each step needs, who fits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentor_ispe.domain.events import Event
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.domain.time_zones import hours_ahead
from mentor_ispe.domain.violations import N_, Violation

# Requests that count against the program's number a year; what was declined or cancelled may be tried again.
COUNTED = ("Requested", "Approaching", "Arranged", "Held")
# How long one counts, in days.
YEAR_DAYS = 365


@dataclass(frozen=True)
class Request:
	"""What the rules look at; `old` is the status before, None for a new request."""

	old: str | None
	new: str
	speaker: str = ""
	session: str = ""
	answer: str = ""
	wished_from: date | None = None
	wished_until: date | None = None


@dataclass(frozen=True)
class Circumstances:
	"""`others` counts the group's other requests of the last year; `by_one_in_charge`: see `in_charge`.

	`session` is the one that was arranged, as it stands; `session_fits`: the one that was asked for is planned in
	this group with this speaker.
	"""

	group_status: str
	most_a_year: int
	others: int
	by_one_in_charge: bool
	session: str = ""
	session_status: str = ""
	session_fits: bool = True


@dataclass(frozen=True)
class SpeakerRequested(Event):
	"""A group asks for a speaker."""


@dataclass(frozen=True)
class SpeakerNeededAgain(Event):
	"""The session that had been arranged was cancelled."""


@dataclass(frozen=True)
class RequestAnswered(Event):
	"""A request has another status than before, which its group doesn't see by itself."""


@dataclass(frozen=True)
class Step:
	"""What becomes of a request: its session, the rules that are broken, what happened."""

	session: str
	violations: list[Violation]
	events: list[Event]


@dataclass(frozen=True)
class Speaker:
	"""Somebody of the pool."""

	name: str
	full_name: str
	expertise: frozenset[str]
	time_zone: str = ""


@dataclass(frozen=True)
class Suggestion:
	"""A speaker and why: knows the topic itself, or others; hours between their clock and the group's."""

	speaker: Speaker
	knows_topic: bool
	hours_apart: float | None


def in_charge(profile: str, active: Collection[Seat]) -> bool:
	"""Whether this person may ask for the group: a mentor or the moderator; in a circle without, anybody."""
	leading = [seat for seat in active if seat.is_mentor or seat.is_moderator]
	return any(seat.profile == profile for seat in leading or active)


def step(request: Request, facts: Circumstances) -> Step:
	"""The step of a request; its session is arranged once, and given up with the arrangement."""
	arranges = request.new == "Arranged" and request.old != "Arranged"
	kept = facts.session if request.new in ("Arranged", "Held") else ""
	return Step(request.session if arranges else kept, check(request, facts), _events(request, facts))


def _events(request: Request, facts: Circumstances) -> list[Event]:
	if request.old is None:
		return [SpeakerRequested()]
	if request.old == request.new or request.new == "Held":
		return []
	again = request.old == "Arranged" and facts.session_status == "Cancelled"
	return [*([SpeakerNeededAgain()] if again else []), RequestAnswered()]


def check(request: Request, facts: Circumstances) -> list[Violation]:
	"""Every rule that the step breaks."""
	broken = check_transition("Guest Speaker Request", request.old, request.new)
	if request.wished_from and request.wished_until and request.wished_from > request.wished_until:
		broken.append(Violation("days", N_("The last day is before the first.")))
	if request.old is None and not facts.by_one_in_charge:
		broken.append(
			Violation(
				"not_in_charge",
				N_("Only the mentor or the moderator of a group can ask for a guest speaker."),
			)
		)
	counts = request.new in COUNTED and request.old not in COUNTED
	if counts and facts.group_status != "Active":
		broken.append(
			Violation(
				"not_active",
				N_("This group is {status}. Guest speakers are for active groups."),
				{"status": [facts.group_status]},
			)
		)
	if counts and facts.others >= facts.most_a_year:
		broken.append(_too_many(facts))
	arranges = request.new == "Arranged" and request.old != "Arranged"
	if arranges and not (request.speaker and request.session and facts.session_fits):
		broken.append(
			Violation("no_session", N_("A speaker is arranged together with the meeting. Choose both."))
		)
	if request.new == "Declined" and request.old != "Declined" and not request.answer.strip():
		broken.append(Violation("no_answer", N_("Tell the group in a few words why it can't be arranged.")))
	return broken


def _too_many(facts: Circumstances) -> Violation:
	if not facts.most_a_year:
		return Violation("no_speakers", N_("This program has no guest speakers."))
	return Violation(
		"too_many",
		N_("A group can ask for {most} guest speakers a year, and this one already has."),
		{"most": facts.most_a_year},
	)


def suggest(
	topic: str,
	related: Collection[str],
	zones: Sequence[str],
	pool: Sequence[Speaker],
	on: datetime,
) -> list[Suggestion]:
	"""The speakers who know the topic, else one of `related`, whose clocks are nearest to the group's first.

	`on` is the moment at which the clocks are compared, aware; a speaker without a zone comes after those
	with one.
	"""
	offsets = [offset for zone in zones if (offset := hours_ahead(zone, on)) is not None]
	found = []
	for speaker in pool:
		knows = topic in speaker.expertise
		if not knows and not speaker.expertise & set(related):
			continue
		own = hours_ahead(speaker.time_zone, on)
		apart = (
			round(sum(_distance(own, offset) for offset in offsets) / len(offsets), 1)
			if own is not None and offsets
			else None
		)
		found.append(Suggestion(speaker, knows, apart))
	return sorted(
		found,
		key=lambda one: (
			not one.knows_topic,
			one.hours_apart is None,
			one.hours_apart or 0.0,
			one.speaker.full_name,
			one.speaker.name,
		),
	)


def _distance(one: float, other: float) -> float:
	"""Hours between two clocks, the short way round the day."""
	apart = abs(one - other) % 24
	return min(apart, 24 - apart)
