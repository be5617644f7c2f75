"""Who looks after what waits, what is put off until a day, and how far a morning has come."""

from __future__ import annotations

from datetime import timedelta

import frappe
import pytest
from frappe.desk.form import assign_to
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentor_ispe.api import desk
from mentor_ispe.demo import clock
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.desk import bulk, progress, snoozing, worklist
from mentor_ispe.services.desk.worklist_kinds import KINDS
from tests.site.desk.world import DAY, NOW, WAITING, make_world
from tests.site.membership.records import counted_queries
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import make_user, store

LATER = DAY + timedelta(days=5)


@pytest.fixture
def world(site):
	with clock.at(NOW):
		yield make_world()


def counts(world, whose: str = "") -> dict[str, int]:
	return {need.code: need.count for need in worklist.worklist(world.program, whose=whose)}


def waiting(code: str, world) -> list[str]:
	"""The names in the list that the worklist opens for this kind."""
	(found,) = (need for need in worklist.worklist(world.program) if need.code == code)
	return sorted(frappe.get_list(found.doctype, filters=found.filters, pluck="name", limit=0))


def assign(doctype: str, name: str, user: str) -> None:
	assign_to.add({"assign_to": [user], "doctype": doctype, "name": name, "description": "Please"})


def test_everyone_sees_what_is_theirs_and_what_is_nobodys(world):
	colleague = make_user("colleague", COORDINATOR, user_type="System User")
	with logged_in(world.coordinator):
		first, _second = waiting("mentee_applications", world)
		assign("Mentee", first, world.coordinator)
		assign("Mentoring Group", world.never_met.name, world.coordinator)
		assert counts(world, "mine") == {
			"mentee_applications": 1,
			"alarms": 1,
			"no_first_meeting": 1,
			"without_moderator": 1,
		}
		assert counts(world, "nobodys")["mentee_applications"] == 1
		assert "alarms" not in counts(world, "nobodys")
		assign_to.remove("Mentee", first, world.coordinator)
		assert "mentee_applications" not in counts(world, "mine")
		assert counts(world, "nobodys")["mentee_applications"] == 2
	with logged_in(colleague):
		assert counts(world, "mine") == {}
		assert counts(world)["alarms"] == 1


def test_what_is_put_off_is_in_nobodys_list_until_its_day_and_says_whose_it_is(world):
	colleague = make_user("colleague", COORDINATOR, user_type="System User")
	with logged_in(world.coordinator):
		first, second = waiting("mentee_applications", world)
		done = bulk.carry_out("snooze", "Mentee", [first], {"until": str(LATER)})
		assert done.done == [first]
		assert waiting("mentee_applications", world) == [second]
		snoozing.snooze("Mentoring Group", world.never_met.name, LATER)
	with logged_in(colleague):
		found = counts(world)
		assert found["mentee_applications"] == 1
		assert {"alarms", "no_first_meeting"} & set(found) == set()
		named = {each.name: each for each in snoozing.shown(DAY)}
		assert (named[first].until, named[first].by) == (LATER, world.coordinator)
	with clock.at(NOW + timedelta(days=5)), logged_in(colleague):
		assert first in waiting("mentee_applications", world)
		assert first not in {each.name for each in snoozing.shown(LATER)}


def test_put_off_again_it_has_the_new_day_and_anybody_brings_it_back(world):
	colleague = make_user("colleague", COORDINATOR, user_type="System User")
	with logged_in(world.coordinator):
		first, _second = waiting("mentee_applications", world)
		for days in (3, 9):
			snoozing.snooze("Mentee", first, DAY + timedelta(days=days))
		(found,) = (each for each in snoozing.shown(DAY) if each.name == first)
		assert found.until == DAY + timedelta(days=9)
	with logged_in(colleague):
		assert bulk.carry_out("wake", "Mentee", [first], {}).done == [first]
		assert first in waiting("mentee_applications", world)
		assert frappe.get_all("ToDo", {"reference_name": first, "status": "Open"}) == []


def test_task_from_a_colleague_with_a_day_to_be_done_by_hides_nothing(world):
	colleague = make_user("colleague", COORDINATOR, user_type="System User")
	with logged_in(world.coordinator):
		first, _other = waiting("mentee_applications", world)
		task = {"reference_type": "Mentee", "reference_name": first, "status": "Open", "date": LATER}
		store("ToDo", allocated_to=colleague, assigned_by=world.coordinator, **task)
		assert first in waiting("mentee_applications", world)


def test_task_that_somebody_else_gives_themselves_hides_nothing(world):
	with logged_in(world.coordinator):
		(cycle, *_others) = waiting("cycles_to_match", world)
	with logged_in(world.committee):
		task = {"reference_type": "Mentoring Cycle", "reference_name": cycle, "date": LATER}
		frappe.get_doc(
			{"doctype": "ToDo", "allocated_to": world.committee, "description": "Later", **task}
		).insert()
	with logged_in(world.coordinator):
		assert cycle in waiting("cycles_to_match", world)
		assert cycle not in {each.name for each in snoozing.shown(DAY)}
		snoozing.snooze("Mentoring Cycle", cycle, LATER)
		assert cycle in {each.name for each in snoozing.shown(DAY)}


@pytest.mark.parametrize("until", ["", "tomorrow-ish", str(DAY), "1999-01-01", "2031-02-31"])
def test_day_that_is_not_to_come_is_refused_in_words(world, until):
	with logged_in(world.coordinator):
		first, _second = waiting("mentee_applications", world)
		outcome = bulk.carry_out("snooze", "Mentee", [first], {"until": until})
		assert outcome.done == []
		assert outcome.refused[0]["reason"] == "Choose a date after today."
		assert first in waiting("mentee_applications", world)


def test_who_may_not_read_a_record_neither_puts_it_off_nor_sees_that_it_is(world):
	with logged_in(world.coordinator):
		concern = waiting("open_concerns", world)[0]
		snoozing.snooze("Mentoring Concern", concern, LATER)
	with logged_in(world.committee):
		with pytest.raises(frappe.PermissionError):
			snoozing.snooze("Mentoring Concern", concern, DAY + timedelta(days=9))
		with pytest.raises(frappe.PermissionError):
			snoozing.wake("Mentoring Concern", concern)
		assert concern not in {each.name for each in snoozing.shown(DAY)}
	assert concern in snoozing.names(DAY)["Mentoring Concern"]


def test_every_step_of_a_line_is_one_that_its_records_take():
	for kind in KINDS:
		if kind.action:
			action = bulk.ACTIONS[kind.action]
			assert kind.doctype in action.doctypes, kind.code
			assert not action.needs, kind.code
		assert bool(kind.action) == bool(str(kind.action_label))


def test_worklist_of_the_desk_says_what_was_done_and_what_is_put_off(world):
	with logged_in(world.coordinator):
		assert desk.needs_you(world.program)["done"] == 0
		mentee, _other = waiting("mentee_applications", world)
		frappe.db.set_value("Mentee", mentee, "status", "Rejected")
		other = waiting("mentor_applications", world)[0]
		snoozing.snooze("Mentor", other, LATER)
		answer = desk.needs_you(world.program)
		assert answer["done"] == 2
		assert other in [each["name"] for each in answer["snoozed"]]
		assert (
			sum(need["count"] for need in answer["needs"])
			== sum(count for count, _day, _late in WAITING.values()) - 2
		)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(looks=st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)), min_size=1, max_size=6))
def test_what_went_between_two_looks_was_done_and_what_came_takes_nothing_back(site, looks):
	mark, done = frappe.generate_hash(length=10), 0
	for number, look in enumerate(looks):
		needs = [worklist.Need(code, code, count, None, "Mentee", []) for code, count in look.items()]
		if number:
			before = looks[number - 1]
			done += sum(max(0, count - look.get(code, 0)) for code, count in before.items())
		assert progress.done_today(needs, DAY, mark) == done
	assert progress.done_today([], DAY + timedelta(days=1), mark) == 0


def test_statements_do_not_grow_with_what_is_put_off(world):
	with logged_in(world.coordinator):
		first, _second = waiting("mentee_applications", world)
		snoozing.snooze("Mentee", first, LATER)
		desk.needs_you(world.program)
		with counted_queries() as few:
			desk.needs_you(world.program)
		for name in frappe.get_all("Mentee", {"program": world.program}, pluck="name"):
			snoozing.snooze("Mentee", name, LATER)
		with counted_queries() as many:
			desk.needs_you(world.program)
	assert len(many) <= len(few)
