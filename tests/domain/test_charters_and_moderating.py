"""What a charter says and who agreed; what whoever keeps a group going has to do."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentor_ispe.domain import charters, moderating
from mentor_ispe.domain.moderating import Meeting, Situation, tasks
from mentor_ispe.domain.seats import Seat

NOW = datetime(2031, 6, 1, 12)
texts = st.text(max_size=5)
written = st.fixed_dictionaries(
	{},
	optional={
		**{field: st.none() | texts for field in charters.FIELDS if "meet_every" not in field},
		"charter_meet_every": st.none() | st.integers(0, 3),
		"charter_meet_every_unit": st.sampled_from([None, "", "Week", "Month"]),
	},
)


@given(written, written)
def test_two_charters_have_one_version_when_they_say_the_same(one, other):
	same = charters.contents(one) == charters.contents(other)
	assert (charters.version(one) == charters.version(other)) == same
	assert (charters.changed_fields(one, other) == []) == same


@given(written)
def test_reading_and_writing_it_back_changes_nothing(values):
	assert charters.changed_fields(values, charters.contents(values)) == []


@given(st.lists(st.none() | st.dates(), max_size=5))
def test_agreed_when_the_last_one_has(days):
	people = [Seat(str(number), charter_agreed_on=day) for number, day in enumerate(days)]
	agreed = charters.agreed_on(people)
	assert agreed == (max(days) if days and None not in days else None)


def test_a_unit_without_a_number_says_nothing():
	assert charters.is_empty({"charter_meet_every": 0, "charter_meet_every_unit": "Week"})
	assert not charters.is_empty({"charter_meet_every": 1})
	assert charters.agreed_on([Seat("a", charter_agreed_on=date(2031, 1, 1)), Seat("b")]) is None


PEOPLE = {"a": "Ana", "b": "Ben", "c": "Cal"}


def held(days_ago: int, absent: str = "", attended: str = "abc") -> Meeting:
	come = frozenset(attended) - frozenset(absent)
	moment = NOW - timedelta(days=days_ago)
	return Meeting(f"held-{days_ago}", "Held", moment, 60, absent=frozenset(absent), attended=come)


def planned(in_days: float, **values) -> Meeting:
	return Meeting("planned", "Planned", NOW + timedelta(days=in_days), 60, **values)


def kinds(*meetings: Meeting, **values) -> list[str]:
	return [task.kind for task in tasks(Situation(PEOPLE, meetings, **values), NOW)]


def test_schedule_prepare_record():
	assert kinds() == ["Schedule"]
	assert kinds(planned(20)) == []
	assert kinds(planned(14)) == ["Prepare"]
	assert kinds(planned(3, prepared=True)) == []
	assert kinds(planned(-0.01)) == ["Schedule"], "it is going on"
	assert kinds(planned(-2)) == ["Record", "Schedule"]
	assert kinds(planned(-2), planned(20)) == ["Record"]


def test_quiet_after_two_missed_meetings_and_no_answer():
	ahead = planned(20)
	assert kinds(held(30, "a"), ahead) == []
	assert kinds(held(60, "a"), held(30, "a"), ahead) == ["Quiet"]
	assert kinds(held(60, "a"), held(30), ahead) == []
	assert kinds(held(90, "a"), held(60), held(30, "a"), ahead) == []
	answered = planned(20, answered=frozenset("a"))
	assert kinds(held(60, "a"), held(30, "a"), answered) == []


def test_meetings_before_somebody_came_do_not_count_against_them():
	ahead = planned(20)
	assert kinds(held(60, "", "ab"), held(30, "c"), ahead) == []
	assert kinds(held(90, "c"), held(60, "", "ab"), held(30, "c"), ahead) == ["Quiet"]


def test_only_people_who_are_active_are_named():
	situation = Situation(PEOPLE, [planned(20)], feedback=["x", "b"], unsigned=["x"], not_agreed=["c", "a"])
	assert [(task.kind, task.people) for task in tasks(situation, NOW)] == [
		("Agree Charter", ("a", "c")),
		("Remind Feedback", ("b",)),
	]
	assert all(task.kind in moderating.KINDS for task in tasks(situation, NOW))


def test_reminding_others_rests_for_a_week_after_a_message_to_them():
	owing = {"feedback": ["b"], "unsigned": ["a"], "not_agreed": ["c"]}
	lately, long_ago = NOW - timedelta(days=6), NOW - timedelta(days=7)
	assert kinds(planned(20), **owing, wrote_on=long_ago) == ["Agree Charter", "Sign", "Remind Feedback"]
	assert kinds(planned(20), **owing, wrote_on=lately) == []
	assert kinds(planned(-2), **owing, wrote_on=lately) == ["Record", "Schedule"]


def test_an_empty_charter_is_written_before_anybody_is_asked_to_agree():
	assert kinds(planned(20), not_agreed=["a"], charter=False) == ["Write Charter"]
	assert kinds(planned(20), not_agreed=["a"]) == ["Agree Charter"]


def test_no_meeting_is_asked_for_on_the_last_day():
	assert kinds(ends_on=NOW.date()) == []
	assert kinds(ends_on=NOW.date() + timedelta(days=1)) == ["Schedule"]
