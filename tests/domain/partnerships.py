"""Partnerships as the credit rules see them: made by hand, and by hypothesis."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from mentor_ispe.domain.months import Rhythm
from mentor_ispe.domain.partnership import Employment, Partner, Partnership, StatedGoal
from mentor_ispe.domain.sessions.attendance import MeetingRecord

START = date(2031, 1, 15)
ANA, BEN = "ana", "ben"


def meeting(
	day: date, *people: str, held: bool = True, in_person: bool = False, minutes: int = 60
) -> MeetingRecord:
	there = people or (ANA, BEN)
	return MeetingRecord(
		session=f"session-{day}",
		starts=datetime.combine(day, time(17)),
		minutes=minutes,
		in_person=in_person,
		held=held,
		attended=dict.fromkeys(there, minutes) if held else {},
	)


def partner(profile: str = ANA, role: str = "Mentor", *employers: Employment) -> Partner:
	return Partner(
		profile, profile.title(), role, employers or (Employment(None, f"Works of {profile.title()}"),)
	)


def pair(**values) -> Partnership:
	"""A pair that runs for a year from 15 January, in the rhythm of a month."""
	return Partnership(
		**{
			"format": "One-on-One",
			"partners": (partner(ANA, "Mentor"), partner(BEN, "Mentee")),
			"start": START,
			"ended": None,
			"planned_end": date(2032, 1, 14),
			"may_go_on": False,
			"rhythm": Rhythm(1, "Month"),
			**values,
		}
	)


DAYS = st.integers(0, 420).map(lambda number: START + timedelta(days=number))
EMPLOYERS = st.sampled_from(["Acme", " acme", "Borealis", "Cygnus", ""])


@st.composite
def employments(draw) -> tuple[Employment, ...]:
	days = sorted(draw(st.lists(DAYS, max_size=2, unique=True)))
	return tuple(Employment(day, draw(EMPLOYERS)) for day in (None, *days))


@st.composite
def meetings(draw, days=DAYS) -> MeetingRecord:
	return meeting(
		draw(days),
		*draw(st.sampled_from([(ANA, BEN), (ANA, BEN), (ANA, BEN), (ANA,), (BEN,)])),
		held=draw(st.sampled_from([True, True, True, False])),
		in_person=draw(st.booleans()),
	)


@st.composite
def goals(draw) -> StatedGoal:
	reviewed_on = draw(st.none() | DAYS)
	return StatedGoal(open=reviewed_on is None or draw(st.booleans()), reviewed_on=reviewed_on)


@st.composite
def partnerships(draw) -> Partnership:
	spread = draw(st.sampled_from([7, 21, 31, 45, 70]))
	first = draw(st.integers(0, 60))
	often = [
		meeting(START + timedelta(days=first + spread * number))
		for number in range(draw(st.integers(0, 14)))
		if draw(st.integers(0, 9))
	]
	return pair(
		format=draw(st.sampled_from(["One-on-One"] * 4 + ["Group"])),
		partners=(
			Partner(ANA, "Ana", "Mentor", draw(employments())),
			Partner(BEN, "Ben", "Mentee", draw(employments())),
		),
		ended=draw(st.none() | DAYS),
		planned_end=draw(st.integers(60, 400).map(lambda number: START + timedelta(days=number))),
		may_go_on=draw(st.booleans()),
		rhythm=draw(st.sampled_from([Rhythm(1, "Month"), Rhythm(2, "Week"), Rhythm(2, "Month")])),
		meetings=(*often, *draw(st.lists(meetings(), max_size=3))),
		goals=tuple(draw(st.lists(goals(), max_size=3))),
	)
