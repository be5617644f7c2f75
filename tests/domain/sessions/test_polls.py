"""Polls of times: what may be asked, and which time is chosen."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain.sessions import polls
from mentor_ispe.domain.sessions.slots import slot

NOW = datetime(2031, 3, 3, 12)
ZONES = {"la": ZoneInfo("America/Los_Angeles"), "ae": ZoneInfo("Asia/Dubai"), "de": ZoneInfo("Europe/Berlin")}
SLOTS = {
	number: slot(datetime(2031, 3, 10 + number, hour, tzinfo=timezone.utc), 60, ZONES)
	for number, hour in enumerate((16, 4, 9, 17, 22, 15), start=1)
}
answers = st.dictionaries(st.sampled_from(list(ZONES)), st.sets(st.sampled_from(list(SLOTS))))
possible = st.sets(st.sampled_from(list(SLOTS)))


@given(answers, possible, st.dictionaries(st.sampled_from(list(ZONES)), st.integers(0, 9)))
def test_no_other_time_suits_more_people(said, there, borne):
	slots = {number: SLOTS[number] for number in there}
	chosen = polls.decide(slots, said, list(ZONES), borne)
	coming = {number: sum(number in said.get(who, ()) for who in ZONES) for number in there}
	assert chosen is None or coming[chosen] == max(coming.values())
	assert (chosen is None) == (max(coming.values(), default=0) < 2)


@given(answers)
def test_answers_of_those_who_left_count_for_nothing(said):
	assert polls.decide(SLOTS, said, ["la"], {}) is None


def test_of_two_times_the_fairer_one_is_chosen():
	said = {"la": {1, 2}, "ae": {1, 2}}
	zones = {who: ZONES[who] for who in said}
	slots = {number: slot(SLOTS[number].starts_at, 60, zones) for number in (1, 2)}
	assert (slots[1].off_hours, slots[2].off_hours) == (("ae",), ("la",))
	assert polls.decide(slots, said, list(said), {"la": 0, "ae": 9}) == 2
	assert polls.decide(slots, said, list(said), {"la": 9, "ae": 0}) == 1


@pytest.mark.parametrize(
	("starts", "ends_on", "code"),
	[
		([1, 2], 1, None),
		([1], 0.5, "slots"),
		([1, 1], 0.5, "slots"),
		([1, 2, 3, 4, 5, 6, 7], 1, "slots"),
		([-1, 2], 1, "past"),
		([1, 300], 1, "after_the_end"),
		([1, 2], -1, "ends_on"),
		([1, 2], 2, "ends_on"),
	],
)
def test_what_a_poll_may_ask(starts, ends_on, code):
	times = [NOW + timedelta(days=days) for days in starts]
	broken = polls.check(times, NOW + timedelta(days=ends_on), NOW, date(2031, 12, 1))
	assert [violation.code for violation in broken] == ([code] if code else [])


def test_everybody_has_answered_also_who_can_come_at_none():
	assert polls.has_everybody({"a": {1}, "b": set()}, ["a", "b"])
	assert not polls.has_everybody({"a": {1}}, ["a", "b"])
