"""Participation, capacity, waiting and membership, against plain counts of the same records."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest

from tests.site.reports.asking import figures, rows, total
from tests.site.reports.counting import all_of, day_of, number, of_program, percent
from tests.site.reports.world import NOW

PLACED = ("Approved", "Active", "Completed")
FIELDS = {"Chapter": "chapter", "Country": "country", "Industry": "industry", "Career Stage": "career_stage"}


def running(cycles) -> list:
	"""Those that aren't over; the world has no others but completed ones."""
	return [cycle for cycle in cycles if cycle.status == "Running"]


def parts_of(cycles, statuses=None) -> list[tuple[str, str, str]]:
	"""(side, person, cycle)"""
	return [
		(side, part.profile, part.cycle)
		for side in ("Mentor", "Mentee")
		for part in all_of(side, cycles)
		if statuses is None or part.status in statuses
	]


@pytest.mark.parametrize("by", FIELDS)
@pytest.mark.parametrize("who", ["", "Applied"])
def test_participation_counts_each_person_once(world, by, who):
	program = world.programs[0]
	cycles = of_program(world, program)
	parts = parts_of(cycles, None if who else PLACED)
	people = {doc.name: doc.get(FIELDS[by]) or "not given" for doc in world.profiles}
	year = {cycle.name: day_of(cycle.start_date).year for cycle in cycles}
	found = {
		row["value"]: row for row in rows("Mentoring Participation", program=program.name, by=by, who=who)
	}
	assert set(found) == {people[person] for _side, person, _cycle in parts}
	everybody = {person for _side, person, _cycle in parts}
	for value, row in found.items():
		here = [part for part in parts if people[part[1]] == value]
		assert row["people"] == len({person for _side, person, _cycle in here})
		assert row["mentors"] == len({person for side, person, _cycle in here if side == "Mentor"})
		assert row["mentees"] == len({person for side, person, _cycle in here if side == "Mentee"})
		assert row["share"] == percent(row["people"], len(everybody))
		for each in (2030, 2031):
			assert row[f"year_{each}"] == len({person for _s, person, cycle in here if year[cycle] == each})
	assert total("Mentoring Participation", program=program.name, by=by, who=who)["people"] == len(everybody)


def test_participation_over_the_years(world):
	parts = parts_of(of_program(world, world.programs[1]), PLACED)
	found = rows("Mentoring Participation", program=world.programs[1].name, by="Year")
	assert {row["value"]: row["people"] for row in found} == {
		year: len({person for _side, person, cycle in parts if cycle.endswith(year)})
		for year in ("2030", "2031")
	}


def test_participation_of_the_cycles_that_start_in_a_time(world):
	found = rows(
		"Mentoring Participation", program=world.programs[1].name, by="Program", from_date="2031-01-01"
	)
	late = [cycle for cycle in of_program(world, world.programs[1]) if str(cycle.start_date) > "2031"]
	assert [row["people"] for row in found] == [len({person for _s, person, _c in parts_of(late, PLACED)})]


@pytest.mark.parametrize("by", ["Cycle", "Country"])
def test_capacity_adds_up_seats(world, by):
	cycles = running(of_program(world, world.programs[0]))
	mentors = [row for row in all_of("Mentor", cycles) if row.status in ("Approved", "Active")]
	waiting = [
		row for row in all_of("Mentee", cycles) if row.status == "Approved" and not row.mentoring_group
	]
	country = {doc.name: doc.country or "not given" for doc in world.profiles}

	def value(part):
		return part.cycle if by == "Cycle" else country[part.profile]

	found = {row["value"]: row for row in rows("Mentor Capacity", program=world.programs[0].name, by=by)}
	assert set(found) == {value(part) for part in (*mentors, *waiting)}
	for name, row in found.items():
		here = [mentor for mentor in mentors if value(mentor) == name]
		assert row["mentors"] == len(here)
		assert row["offered"] == sum(mentor.seats_offered for mentor in here)
		assert row["taken"] == sum(mentor.seats_taken for mentor in here)
		assert row["free"] == row["offered"] - row["taken"]
		assert row["used"] == percent(row["taken"], row["offered"])
		assert row["full"] == number(here, lambda mentor: mentor.seats_taken >= mentor.seats_offered)
		assert row["waiting"] == len([mentee for mentee in waiting if value(mentee) == name])
	summed = total("Mentor Capacity", program=world.programs[0].name, by=by)
	assert summed["used"] == percent(
		sum(mentor.seats_taken for mentor in mentors), sum(mentor.seats_offered for mentor in mentors)
	)


def test_mentors_with_a_free_seat(world):
	cycles = running(of_program(world, world.programs[0]))
	free = [
		row
		for row in all_of("Mentor", cycles)
		if row.status in ("Approved", "Active") and row.seats_taken < row.seats_offered
	]
	found = rows("Mentor Places", program=world.programs[0].name, free_only=1)
	assert {row["mentor"] for row in found} == {row.name for row in free}
	assert [row["free"] for row in found] == sorted((row["free"] for row in found), reverse=True)
	shown = figures("Mentor Places", program=world.programs[0].name, free_only=1)
	assert shown["Open places"] == sum(row.seats_offered - row.seats_taken for row in free)


def waiting_of(cycles) -> list[frappe._dict]:
	return [
		row
		for row in all_of("Mentee", running(cycles))
		if row.status == "Applied" or (row.status == "Approved" and not row.mentoring_group)
	]


def lost_seats(cycles) -> list[frappe._dict]:
	groups = [group.name for group in all_of("Mentoring Group", cycles)]
	return frappe.get_all(
		"Mentoring Group Member",
		{
			"parent": ("in", groups),
			"status": ("in", ("Declined", "Expired", "Withdrawn", "Ended")),
			"role": ("!=", "Mentor"),
		},
		["participant", "status", "parent"],
	)


def test_waiting_times(world):
	cycles = of_program(world, world.programs[0])
	lost = {seat.participant for seat in lost_seats(cycles)}
	waiting = waiting_of(cycles)
	weeks = [(NOW.date() - day_of(row.waiting_since or row.applied_on)).days / 7 for row in waiting]
	found = total("Mentoring Waiting Times", program=world.programs[0].name)
	assert found["waiting"] == len(waiting)
	assert found["applied"] == number(waiting, lambda row: row.status == "Applied")
	assert found["approved"] == number(waiting, lambda row: row.status == "Approved")
	assert found["overdue"] == number(waiting, lambda row: row.answer_by < NOW.date())
	assert found["again"] == number(waiting, lambda row: row.name in lost)
	assert found["days"] == round(max(weeks) * 7)
	assert [found[f"weeks_{name}"] for name in (2, 4, 8, "more")] == [
		number(weeks, lambda each: each <= 2),
		number(weeks, lambda each: 2 < each <= 4),
		number(weeks, lambda each: 4 < each <= 8),
		number(weeks, lambda each: each > 8),
	]


def test_rematches(world):
	for cycle in of_program(world, world.programs[0]):
		seats = lost_seats([cycle])
		people = {seat.participant for seat in seats}
		mentees = {row.name: row for row in all_of("Mentee", [cycle])}
		again = [
			name for name in people if mentees[name].mentoring_group or mentees[name].status == "Completed"
		]
		(row,) = (
			row
			for row in rows("Mentoring Waiting Times", program=cycle.program)
			if row["cycle"] == cycle.name
		)
		for status in ("Declined", "Expired", "Withdrawn", "Ended"):
			assert row[status.lower()] == number(seats, lambda seat, status=status: seat.status == status)
		assert (row["people"], row["rematched"]) == (len(people), len(again))


def test_mentees_who_wait(world):
	cycles = of_program(world, world.programs[0])
	waiting, lost = waiting_of(cycles), lost_seats(cycles)
	found = rows("Mentees Waiting", program=world.programs[0].name)
	assert [row["mentee"] for row in found] == [
		row.name for row in sorted(waiting, key=lambda row: (row.waiting_since or row.applied_on, row.name))
	]
	by_name = {row.name: row for row in waiting}
	for row in found:
		mentee = by_name[row["mentee"]]
		assert row["days"] == (NOW.date() - day_of(mentee.waiting_since or mentee.applied_on)).days
		assert row["late"] == max(0, (NOW.date() - mentee.answer_by) // timedelta(days=1))
		assert row["seats_before"] == number(lost, lambda seat, row=row: seat.participant == row["mentee"])
	late = rows("Mentees Waiting", program=world.programs[0].name, overdue=1)
	assert {row["mentee"] for row in late} == {row.name for row in waiting if row.answer_by < NOW.date()}


@pytest.mark.parametrize("state", ["", "Lapsed", "Grace"])
def test_membership_exceptions(world, state):
	cycles = running(of_program(world, world.programs[1]))
	standing = {doc.name: doc.membership_state for doc in world.profiles}
	wanted = [
		part
		for side in ("Mentor", "Mentee")
		for part in all_of(side, cycles)
		if part.status in ("Applied", "Approved", "Active")
		and standing[part.profile] != "Active"
		and (not state or standing[part.profile] == state)
	]
	asked = {"program": world.programs[1].name, "state": state}
	found = rows("Membership Exceptions", **asked)
	assert {row["part"] for row in found} == {part.name for part in wanted}
	shown = figures("Membership Exceptions", **asked)
	assert shown["People"] == len({part.profile for part in wanted})
	assert shown["Lapsed"] == len({part.profile for part in wanted if standing[part.profile] == "Lapsed"})
	assert shown["Active in a group"] == number(wanted, lambda part: part.status == "Active")


def test_peers_of_a_circle_wait_for_no_mentor(world):
	cycle = world.cycles[1].name
	frappe.db.set_value("Mentoring Cycle", cycle, "format", "Peer Circle")
	found = {row["value"]: row for row in rows("Mentor Capacity", program=world.programs[0].name)}
	assert cycle not in found or found[cycle]["waiting"] == 0
