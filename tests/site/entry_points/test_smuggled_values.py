"""What the groups keep (seats taken, where someone sits, who declined) can't be brought in by a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
import pytest

from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.site.entry_points.cases import VALUES, Step, make_draft, new_group, pair
from tests.site.entry_points.entry_points import ENTRY_POINTS

UPDATING = [
	name for name, entry_point in ENTRY_POINTS.items() if VALUES in entry_point.kinds and name != "own_api"
]


def seats_taken() -> tuple[str, str, dict[str, Any], Step]:
	cycle, mentor, mentee = pair()
	propose(cycle, [mentee.name], mentor.name)
	second = new_group(cycle, mentor.name, make.make_mentee(cycle).name, "of 1 places", lambda: None)
	return "Mentor", mentor.name, {"seats_taken": 0}, second


def mentoring_group() -> tuple[str, str, dict[str, Any], Step]:
	cycle, mentor, mentee = pair()
	propose(cycle, [mentee.name], mentor.name)
	other = make.make_mentor(cycle).name
	second = new_group(cycle, other, mentee.name, "already has a place", lambda: None)
	return "Mentee", mentee.name, {"mentoring_group": None}, second


def declined_mentors() -> tuple[str, str, dict[str, Any], Step]:
	cycle, mentor, mentee = pair()
	commands.decline(propose(cycle, [mentee.name], mentor.name).name, mentee.profile, "Another field")
	again = new_group(cycle, mentor.name, mentee.name, "one of them declined", lambda: None)
	return "Mentee", mentee.name, {"declined_mentors": "[]"}, again


@pytest.mark.parametrize("kept", [seats_taken, mentoring_group, declined_mentors])
@pytest.mark.parametrize("entry_point", UPDATING)
def test_entry_point_ignores_smuggled(entry_point: str, kept: Callable):
	doctype, name, values, attempt = kept()
	field = next(iter(values))
	before = frappe.db.get_value(doctype, name, field)
	other = {"training_completed": 1}  # so that there is something to save
	step = Step(doctype, name, {**values, **other}, "", lambda: None, cycle=attempt.cycle)
	assert ENTRY_POINTS[entry_point].enter(step).accepted
	assert frappe.db.get_value(doctype, name, field) == before
	refused = ENTRY_POINTS["own_api"].enter(attempt)
	assert not refused.accepted
	assert attempt.words in refused.words


@pytest.mark.parametrize("entry_point", UPDATING)
def test_entry_point_ignores_smuggled_places_of_a_cycle(entry_point):
	cycle = make.make_cycle(places=1).name
	make.make_mentee(cycle)
	step = Step("Mentoring Cycle", cycle, {"places_taken": 0, "places": 1}, "", lambda: None, cycle=cycle)
	ENTRY_POINTS[entry_point].enter(step)
	assert frappe.db.get_value("Mentoring Cycle", cycle, "places_taken") == 1


@pytest.mark.parametrize("entry_point", UPDATING)
def test_entry_point_ignores_a_smuggled_standing(entry_point):
	cycle, profile = make.make_cycle().name, make.make_profile()
	make.lapse(profile.name)
	values = {"membership_state": "Active", "active_until": "2099-12-31", "city": "Boston"}
	step = Step("Mentoring Profile", profile.name, values, "", lambda: None, cycle=cycle)
	assert ENTRY_POINTS[entry_point].enter(step).accepted
	stored = frappe.db.get_value(
		"Mentoring Profile", profile.name, ["city", "membership_state", "active_until"]
	)
	assert stored == ("Boston", profile.membership_state, None)


@pytest.mark.parametrize("entry_point", UPDATING)
@pytest.mark.parametrize("field", ["profile", "cycle"])
def test_entry_point_refuses_another_person_or_cycle_in_an_application(entry_point, field):
	cycle, mentor, _ = pair()
	other = {"profile": make.make_profile().name, "cycle": make.make_cycle().name}[field]
	step = Step("Mentor", mentor.name, {field: other}, "", lambda: None, cycle=cycle)
	assert not ENTRY_POINTS[entry_point].enter(step).accepted
	assert frappe.db.get_value("Mentor", mentor.name, field) == mentor.get(field)


@pytest.mark.parametrize("entry_point", UPDATING)
@pytest.mark.parametrize("status", ["Active", "Completed"])
def test_entry_point_refuses_a_status_that_only_a_group_gives(entry_point, status):
	cycle, mentor, _ = pair()
	step = Step("Mentor", mentor.name, {"status": status}, "", lambda: None, cycle=cycle)
	refused = ENTRY_POINTS[entry_point].enter(step)
	assert not refused.accepted
	assert "Approved" in refused.words or "with the group" in refused.words
	assert frappe.db.get_value("Mentor", mentor.name, "status") == "Approved"


@pytest.mark.parametrize("entry_point", UPDATING)
def test_entry_point_ignores_another_program_and_person_in_a_group(entry_point):
	cycle, mentor, mentee = pair()
	group = make_draft(cycle, mentor.name, mentee.name)
	rows = [
		{
			"name": row.name,
			**make.seat(row.participant, row.role, status="Draft"),
			"profile": make.make_profile().name,
		}
		for row in group.seats
	]
	values = {"program": make.make_program().name, "title": "Another title", "seats": rows}
	step = Step("Mentoring Group", group.name, values, "", lambda: None, cycle=cycle)
	assert ENTRY_POINTS[entry_point].enter(step).accepted
	stored = frappe.get_doc("Mentoring Group", group.name)
	assert (stored.title, stored.program) == ("Another title", group.program)
	assert stored.members[0].profile == mentee.profile


@pytest.mark.parametrize("entry_point", UPDATING)
def test_entry_point_refuses_a_seat_that_skips_its_answer(entry_point):
	cycle, mentor, mentee = pair()
	group = propose(cycle, [mentee.name], mentor.name)
	rows = [
		{"name": row.name, **make.seat(row.participant, row.role, status=status)}
		for row, status in zip(group.seats, ("Proposed", "Active"), strict=True)
	]
	row = rows[1]
	step = Step("Mentoring Group", group.name, {"seats": rows}, "", lambda: None, cycle=cycle)
	refused = ENTRY_POINTS[entry_point].enter(step)
	assert not refused.accepted
	assert "Proposed can't become Active" in refused.words
	assert frappe.db.get_value("Mentoring Group Member", row["name"], "status") == "Proposed"
