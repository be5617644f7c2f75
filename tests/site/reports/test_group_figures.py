"""Health, meetings, hours and the overview, against plain counts of the same records."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from types import SimpleNamespace

import frappe
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentor_ispe.domain.hours import Asked, hours_of
from mentor_ispe.readings.sql import months_begun, months_missed
from tests.site.permissions.records import store
from tests.site.reports.asking import figures, rows, total
from tests.site.reports.counting import all_of, day_of, number, of_program, percent, rows_of
from tests.site.reports.world import NOW

TODAY = NOW.date()


@pytest.fixture(params=[0, 1], ids=["groups", "pairs"])
def scene(world, request) -> SimpleNamespace:
	"""One program with everything in its groups."""
	program = world.programs[request.param]
	cycles = of_program(world, program)
	groups, sessions = all_of("Mentoring Group", cycles), all_of("Mentoring Session", cycles)
	return SimpleNamespace(
		program=program,
		cycles=cycles,
		groups={group.name: group for group in groups},
		active=[group for group in groups if group.status == "Active"],
		sessions=sessions,
		held=[session for session in sessions if session.status == "Held"],
		met={session.mentoring_group for session in sessions if session.status == "Held"},
		members=rows_of("Mentoring Group Member", [group.name for group in groups]),
		attendance=rows_of("Mentoring Session Attendance", [session.name for session in sessions]),
	)


def overdue(scene, group) -> bool:
	"""Whether the group hasn't met in the days that it has for that."""
	days = (TODAY - day_of(group.start_date)).days
	return group.name not in scene.met and days > scene.program.first_meeting_days


def test_health_of_the_active_groups(scene):
	found = {row["cycle"]: row for row in rows("Mentoring Group Health", program=scene.program.name)}
	assert set(found) == {group.cycle for group in scene.active}
	threshold = scene.program.health_threshold
	for cycle, row in found.items():
		groups = [group for group in scene.active if group.cycle == cycle]
		known = [group.health for group in groups if group.health_on]
		assert row["groups"] == len(groups)
		assert row["low"] == number(known, lambda health: health < threshold)
		assert row["fair"] == number(known, lambda health: threshold <= health < (threshold + 100) / 2)
		assert row["good"] == number(known, lambda health: health >= (threshold + 100) / 2)
		assert row["unknown"] == len(groups) - len(known)
		assert row["mean"] == (round(sum(known) / len(known)) if known else None)
		assert row["alarms"] == number(groups, lambda group: group.alarm)
		assert row["never_met"] == number(groups, lambda group: group.name not in scene.met)
		assert row["late"] == number(groups, lambda group: overdue(scene, group))


def test_groups_to_look_after_come_with_the_most_pressing_first(scene):
	found = rows("Groups Needing Attention", program=scene.program.name)
	assert {row["mentoring_group"] for row in found} == {group.name for group in scene.active}
	kinds = []
	for row in found:
		group = scene.groups[row["mentoring_group"]]
		low = group.health_on and group.health < scene.program.health_threshold
		kinds.append(
			0 if group.alarm else 1 if overdue(scene, group) else 2 if low else 3 if group.health_on else 4
		)
		held = [session for session in scene.held if session.mentoring_group == group.name]
		assert row["health"] == (group.health if group.health_on else None)
		assert row["meetings"] == (len(held) or None)
		assert row["last_met"] == max((day_of(session.starts_on) for session in held), default=None)
		assert row["next_meeting"] == min(
			(
				day_of(session.starts_on)
				for session in scene.sessions
				if session.mentoring_group == group.name
				and session.status == "Planned"
				and session.starts_on >= NOW
			),
			default=None,
		)
		assert row["members"] == number(
			scene.members,
			lambda seat, group=group: (
				(seat.parent, seat.status) == (group.name, "Active") and seat.role != "Mentor"
			),
		)
	assert kinds == sorted(kinds)
	needing = rows("Groups Needing Attention", program=scene.program.name, needing=1)
	assert len(needing) == number(kinds, lambda kind: kind <= 2)


def test_meetings_and_attendance(scene):
	found = total("Mentoring Attendance", program=scene.program.name)
	minutes = sum(session.duration_minutes for session in scene.held)
	there = [row for row in scene.attendance if row.parent in {session.name for session in scene.held}]
	assert found["held"] == len(scene.held)
	assert found["groups"] == len(scene.met)
	assert found["planned"] == number(scene.sessions, lambda session: session.status == "Planned")
	assert found["cancelled"] == number(scene.sessions, lambda session: session.status == "Cancelled")
	assert found["in_person"] == number(scene.held, lambda session: session.mode == "In Person")
	assert found["hours"] == round(minutes / 60, 1)
	assert found["attendance"] == percent(number(there, lambda row: row.attended), len(there))


def seats_of(scene) -> list[SimpleNamespace]:
	"""Everybody who took part, with what they spent and what is asked, in minutes; who left is asked by month."""
	spent = defaultdict(int)
	sessions = {session.name: session for session in scene.held}
	for row in scene.attendance:
		if row.attended and row.parent in sessions:
			session = sessions[row.parent]
			spent[session.mentoring_group, row.profile] += row.minutes or session.duration_minutes
	found = []
	for group in scene.groups.values():
		if group.status not in ("Active", "Completed"):
			continue
		for seat in scene.members:
			stayed = seat.status in ("Active", "Suspended", "Completed")
			left = seat.status in ("Withdrawn", "Ended") and seat.joined_on
			if seat.parent != group.name or not (stayed or left):
				continue
			first, last = seat.joined_on or group.start_date, seat.left_on or group.end_date
			asked = 60 * scene.program.minimum_hours_per_month * months_over(first, last or TODAY, TODAY)
			if stayed and last and last < TODAY:
				asked = max(asked, 60 * scene.program.minimum_hours)
			minutes = spent[group.name, seat.profile]
			found.append(SimpleNamespace(spent=minutes, asked=asked, cycle=group.cycle))
	return found


def months_over(first: date, last: date, on: date) -> int:
	"""Months before that of the day `on` that the domain asks hours for."""
	months = hours_of([], "p", first, last, on, Asked(per_month=60)).months
	return number(
		months, lambda month: month.asked and (month.month.year, month.month.month) < (on.year, on.month)
	)


def test_hours_against_the_minimum(scene):
	seats = seats_of(scene)
	short = [seat for seat in seats if seat.spent < seat.asked]
	found = total("Mentoring Attendance", program=scene.program.name)
	assert found["people"] == len(seats)
	assert found["asked"] == number(seats, lambda seat: seat.asked > 0)
	assert found["short"] == len(short)
	assert found["enough"] == found["asked"] - found["short"]
	assert found["spent"] == sum(seat.spent for seat in seats)
	shown = figures("Mentoring Hours by Person", program=scene.program.name, short_only=1)
	assert shown["People"] == len(short)
	assert shown["Hours missing"] == round(sum(seat.asked - seat.spent for seat in short) / 60, 1)
	listed = rows("Mentoring Hours by Person", program=scene.program.name)
	assert [row["missing"] for row in listed] == sorted(
		(round(max(0, seat.asked - seat.spent) / 60, 1) for seat in seats), reverse=True
	)


DAYS = st.dates(date(2029, 1, 1), date(2031, 12, 31))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=20), DAYS)
def test_months_that_the_database_counts_are_those_of_the_rule(site, stays, on):
	"""For stays that touch two months or more; within one month the database counts generously."""
	stays = [
		(first, last)
		for first, last in map(sorted, stays)
		if (first.year, first.month) != (last.year, last.month)
	]
	mark = frappe.generate_hash(length=8)
	frappe.db.bulk_insert(
		"Mentoring Group",
		["name", "title", "start_date", "end_date"],
		[(f"{mark}{place:03}", mark, *stay) for place, stay in enumerate(stays)],
	)
	group = frappe.qb.DocType("Mentoring Group")
	since = min((first for first, _last in stays), default=on)
	counted = (
		frappe.qb.from_(group)
		.select(months_begun(group.start_date, since, on), months_missed(group.end_date, since, on))
		.where(group.title == mark)
		.orderby(group.name)
		.run()
	)
	asked = [max(0, begun - missed) for begun, missed in counted]
	assert asked == [months_over(first, last, on) for first, last in stays]


def test_overview(scene):
	found = {row["cycle"]: row for row in rows("Mentoring Overview", program=scene.program.name)}
	assert list(found) == [
		cycle.name for cycle in sorted(scene.cycles, key=lambda cycle: cycle.start_date, reverse=True)
	]
	for cycle, row in found.items():
		mentees = [part for part in all_of("Mentee", scene.cycles) if part.cycle == cycle]
		placed = [part for part in mentees if part.status in ("Approved", "Active", "Completed")]
		groups = [group for group in scene.groups.values() if group.cycle == cycle]
		held = [session for session in scene.held if session.cycle == cycle]
		goals = [goal for goal in all_of("Mentoring Goal", scene.cycles) if goal.cycle == cycle]
		assert row["applied"] == len(mentees)
		assert row["approved"] == len(placed)
		assert row["matched"] == number(
			placed, lambda part: part.mentoring_group or part.status == "Completed"
		)
		assert row["active"] == number(mentees, lambda part: part.status == "Active")
		assert row["completed"] == number(mentees, lambda part: part.status == "Completed")
		assert row["groups_started"] == number(
			groups, lambda group: group.status in ("Active", "Completed", "Ended Early")
		)
		assert row["groups_ended_early"] == number(groups, lambda group: group.status == "Ended Early")
		assert row["meetings_held"] == len(held)
		assert row["hours"] == round(sum(session.duration_minutes for session in held) / 60, 1)
		assert row["goals"] == len(goals)
		assert row["goals_share"] == percent(
			number(goals, lambda goal: goal.status == "Achieved"), len(goals)
		)


def test_overview_leaves_out_cycles_that_are_still_a_draft(world):
	frappe.db.set_value("Mentoring Cycle", world.cycles[0].name, "status", "Draft")
	found = rows("Mentoring Overview", program=world.programs[0].name)
	assert [row["cycle"] for row in found] == [world.cycles[1].name]


def test_group_that_started_today_is_not_overdue_for_its_first_meeting(world):
	group = store(
		"Mentoring Group",
		title="New",
		cycle=world.cycles[1].name,
		program=world.programs[0].name,
		status="Active",
		start_date=TODAY - timedelta(days=30),
	)
	late = {
		row["mentoring_group"] for row in rows("Groups Needing Attention", program=group.program, needing=1)
	}
	assert group.name not in late
	frappe.db.set_value("Mentoring Group", group.name, "start_date", TODAY - timedelta(days=31))
	late = {
		row["mentoring_group"] for row in rows("Groups Needing Attention", program=group.program, needing=1)
	}
	assert group.name in late


def test_health_is_fair_from_the_threshold_to_half_of_the_way_from_there(world):
	cycle = world.cycles[1]
	for health in (0, 49, 50, 74, 75, 100):
		store(
			"Mentoring Group",
			title="New",
			cycle=cycle.name,
			program=cycle.program,
			status="Active",
			start_date=TODAY,
			health=health,
			health_on=NOW,
		)
	frappe.db.delete("Mentoring Group", {"cycle": cycle.name, "title": ("!=", "New")})
	(row,) = (
		row for row in rows("Mentoring Group Health", program=cycle.program) if row["cycle"] == cycle.name
	)
	assert (row["low"], row["fair"], row["good"]) == (2, 2, 2)
