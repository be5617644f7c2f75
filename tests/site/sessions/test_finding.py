"""Times that suit everyone's clock, offered to whoever plans."""

from __future__ import annotations

from datetime import datetime

import frappe
import pytest
from frappe.utils import add_days, get_datetime, now_datetime, nowdate

from mentor_ispe.domain.sessions import slots as slots_domain
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import calendar_events
from mentor_ispe.mentor_ispe.doctype.mentoring_session import transition
from mentor_ispe.services.groups import charter
from mentor_ispe.services.sessions import finding, planning, queries
from tests import factories as make


@pytest.fixture
def group(monkeypatch):
	"""A mentor in New York, signed in, and a mentee in Kolkata; the site's clock is UTC."""
	for module in (calendar_events, finding, queries, transition):
		monkeypatch.setattr(module, "get_system_timezone", lambda: "UTC")
	cycle = make.make_cycle(make.make_program(format="Group", group_size_min=1).name, end_date="2032-01-01")
	made = make.make_active_group(cycle=cycle.name)
	user = make.make_user(roles=["Mentoring Member"]).name
	frappe.db.set_value("Mentoring Profile", made.people[0], {"user": user, "time_zone": "America/New_York"})
	frappe.db.set_value("Mentoring Profile", made.people[1], "time_zone", "Asia/Kolkata")
	frappe.set_user(user)
	return made


def slot_at(group: str, starts_on, minutes: int) -> slots_domain.Slot:
	"""A moment of the site as it falls for everybody in the group."""
	return slots_domain.slot(calendar_events.aware(starts_on), minutes, finding.planning_of(group).zones)


def test_new_york_and_kolkata_are_offered_hours_of_the_day(group):
	found = queries.suggestions(finding.planning_of(group.name), group.people[0])
	assert len(found) == 6
	assert [one["off_hours"] for one in found] == [[]] * 6
	hours = finding.planning_of(group.name).suggest()
	assert {hour.starts_on.weekday() < 5 for one in hours for hour in one.hours} == {True}
	assert all(one.starts_at > calendar_events.aware(now_datetime()) for one in hours)


def test_no_time_is_offered_on_a_day_that_the_group_excluded(group):
	days = ["Monday", "Tuesday", "Wednesday", "Saturday", "Sunday"]
	version = charter.read(group.name)["version"]
	charter.write(group.name, group.people[0], {"charter_days_off": days}, version)
	found = finding.planning_of(group.name).suggest()
	assert found
	assert {hour.starts_on.weekday() for one in found for hour in one.hours} <= {3, 4}
	proposed = slot_at(group.name, finding.propose_next(group.name).starts_on, 60)
	assert {hour.starts_on.weekday() for hour in proposed.hours} <= {3, 4}


def test_no_time_is_offered_before_the_start(group):
	start = add_days(nowdate(), 9)
	frappe.db.set_value("Mentoring Group", group.name, "start_date", start)
	found = finding.planning_of(group.name).suggest()
	assert found
	assert min(str(hour.starts_on.date()) for one in found for hour in one.hours) >= start


def test_the_next_meeting_is_never_proposed_into_somebodys_night(group):
	"""Six in the evening in New York is half past three in Kolkata."""
	make.make_session(group.name, f"{add_days(nowdate(), 2)} 23:00:00")
	proposed = slot_at(group.name, finding.propose_next(group.name).starts_on, 60)
	assert proposed.at_night == ()


def test_who_bore_early_hours_before_gets_the_day_now(group):
	frappe.db.set_value("Mentoring Profile", group.people[0], "time_zone", "America/Los_Angeles")
	frappe.db.set_value("Mentoring Profile", group.people[1], "time_zone", "Asia/Dubai")
	late_in_dubai = datetime(2031, 1, 7, 16, 30)
	for week in range(3):
		make.make_session(group.name, str(late_in_dubai.replace(day=7 + 7 * week)))
	borne = finding.planning_of(group.name).borne()
	assert borne[group.people[1]] > borne[group.people[0]]
	one = finding.planning_of(group.name).suggest(most=1)[0]
	assert group.people[1] not in one.off_hours


def test_a_series_takes_turns(group):
	frappe.db.set_value("Mentoring Profile", group.people[0], "time_zone", "America/Los_Angeles")
	frappe.db.set_value("Mentoring Profile", group.people[1], "time_zone", "Asia/Dubai")
	planned = planning.plan_series(
		group.name, "2031-01-07 18:00:00", times=6, every=1, unit="Week", take_turns=True
	)
	slots = [slot_at(group.name, doc.starts_on, 60) for doc in planned]
	borne = {who: sum(one.burden[who] for one in slots) for who in group.people[:2]}
	assert not any(one.at_night for one in slots)
	assert abs(borne[group.people[0]] - borne[group.people[1]]) <= 1
	assert len({get_datetime(doc.starts_on).hour for doc in planned}) > 1


def test_someone_who_shows_their_time_zone_to_nobody_is_not_named(group):
	frappe.db.set_value(
		"Mentoring Profile", group.people[1], {"time_zone": "Pacific/Auckland", "show_time_zone": "Nobody"}
	)
	name = frappe.db.get_value("Mentoring Profile", group.people[1], "full_name")
	found = queries.suggestions(finding.planning_of(group.name), group.people[0])
	assert name not in {who for one in found for who, _part, _weekend in one["off_hours"]}
	assert group.people[1] not in {
		each["profile"]
		for each in queries.clocks("2031-01-07 18:00:00", finding.people_in(group.name), group.people[0])
	}


def test_a_day_off_that_is_no_weekday_is_refused(group):
	version = charter.read(group.name)["version"]
	with pytest.raises(RuleViolation):
		charter.write(group.name, group.people[0], {"charter_days_off": ["Someday"]}, version)
