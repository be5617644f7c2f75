"""Hours of people in groups, by month, against what the program asks for."""

from __future__ import annotations

from datetime import date

import frappe
import pytest

from mentor_ispe.domain.months import DAY
from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.hours import hours_of, hours_of_person
from tests import factories as make
from tests.site.credit.pairs import START, meet, on, start_pair

JUNE = date(2031, 6, 1)


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def test_minutes_of_held_meetings_add_up_by_month_and_person():
	pair = start_pair(minimum_hours_per_month=1, minimum_hours=6)
	meet(pair.group, date(2031, 1, 20), minutes=45, stayed={pair.ben: 30})
	meet(pair.group, date(2031, 1, 31), hour=23, minutes=30)
	meet(pair.group, date(2031, 2, 3), minutes=60, absent=pair.ben)
	meet(pair.group, date(2031, 2, 20), status="Planned")
	found = hours_of([pair.group], date(2031, 2, 27))[pair.group]
	assert [(month.month, month.minutes) for month in found[pair.ana].months] == [
		(date(2031, 1, 1), 75),
		(date(2031, 2, 1), 60),
	]
	assert [month.minutes for month in found[pair.ben].months] == [60, 0]
	assert [month.state for month in found[pair.ben].months] == ["Met", "Open"]
	assert found[pair.ben].missing == 5 * 60
	assert "1:00 h more by 2031-02-28" in str(found[pair.ben].says()[0])


def test_month_that_is_over_is_missed_and_the_whole_is_still_open():
	pair = start_pair(minimum_hours_per_month=1, minimum_hours=2)
	found = hours_of([pair.group], date(2031, 3, 2))[pair.group][pair.ben]
	assert [month.state for month in found.months] == ["Missed", "Missed", "Open"]
	assert found.state == "Open"
	with on(date(2031, 3, 2)):
		commands.complete(pair.group)
	assert hours_of([pair.group], date(2031, 3, 3))[pair.group][pair.ben].state == "Missed"


def test_few_days_at_the_edge_of_a_month_ask_for_nothing():
	pair = start_pair(start=date(2031, 1, 20), minimum_hours_per_month=1)
	assert [
		month.asked for month in hours_of([pair.group], date(2031, 2, 5))[pair.group][pair.ana].months
	] == [0, 60]


def test_person_in_several_groups_sees_all_their_hours():
	one, other = start_pair(), start_pair()
	frappe.db.set_value("Mentor", other.mentor, "profile", one.ana)
	frappe.db.set_value("Mentoring Group Member", {"participant": other.mentor}, "profile", one.ana)
	meet(one.group, START + DAY)
	found = hours_of_person(one.ana, START + 2 * DAY)
	assert {group: each.minutes for group, each in found.items()} == {one.group: 60, other.group: 0}
	assert set(hours_of_person(one.ben, START + 2 * DAY)) == {one.group}


def test_many_groups_take_the_queries_of_one(monkeypatch):
	pairs = [start_pair() for _ in range(4)]
	for pair in pairs:
		meet(pair.group, START + DAY)
	counted = []
	sql = frappe.db.sql
	monkeypatch.setattr(frappe.db, "sql", lambda *args, **kwargs: counted.append(1) or sql(*args, **kwargs))
	hours_of([pairs[0].group], JUNE)
	one = len(counted)
	counted.clear()
	assert len(hours_of([pair.group for pair in pairs], JUNE)) == 4
	assert len(counted) == one
