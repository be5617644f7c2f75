"""What waits for a coordinator: each number is that of the list it opens, for whoever asks."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

import frappe
import pytest
from frappe.desk.reportview import get_count

from mentor_ispe.api import desk
from mentor_ispe.demo import clock
from mentor_ispe.jobs import cycles
from mentor_ispe.services.desk import worklist as needs
from tests.site.desk.world import NOW, WAITING, make_world
from tests.site.membership.records import counted_queries
from tests.site.permissions.entry_points import logged_in


@pytest.fixture
def world(site):
	with clock.at(NOW):
		yield make_world()


def listed(doctype: str, filters: list) -> int:
	"""How many records the Desk says are in the list with these filters."""
	frappe.local.form_dict = frappe._dict(
		doctype=doctype, filters=json.dumps(filters, default=str), fields="[]", distinct="false"
	)
	return get_count()


def as_opened(route: str) -> list:
	"""The filters that the Desk reads out of a list's address."""
	doctype = {frappe.scrub(name).replace("_", "-"): name for name in frappe.get_all("DocType", pluck="name")}
	parts = urlsplit(route)
	name = doctype[parts.path.split("/")[2]]
	return [[name, field, *json.loads(value)] for field, value in parse_qsl(parts.query)]


def test_each_thing_that_waits_is_counted_with_its_earliest_day_and_those_that_are_late(world):
	with logged_in(world.coordinator):
		found = {need.code: (need.count, need.oldest, need.late) for need in needs.worklist(world.program)}
	assert found == WAITING


def test_every_figure_opens_exactly_the_list_it_counted(world):
	with logged_in(world.coordinator):
		for need in needs.worklist(world.program):
			assert listed(need.doctype, need.filters) == need.count, need.code
			assert listed(need.doctype, as_opened(need.route)) == need.count, need.code
			if need.late_filters:
				assert listed(need.doctype, need.late_filters) == need.late, need.code
				opened = as_opened(needs.list_route(need.doctype, need.late_filters))
				assert listed(need.doctype, opened) == need.late, need.code


def test_match_that_is_not_announced_waits_for_nobodys_answer(world):
	asked = world.unanswered.name
	for announce_on, found in (("2031-08-25 10:00:00", 1), ("2031-08-19 10:00:00", 2)):
		frappe.db.set_value("Mentoring Group", asked, "announce_on", announce_on)
		with logged_in(world.coordinator):
			need = next(each for each in needs.worklist(world.program) if each.code == "matches_unanswered")
			assert need.count == found == listed(need.doctype, as_opened(need.route))


def test_applications_follow_their_cycle_and_leave_the_list_when_it_is_over(world):
	frappe.db.set_value("Mentoring Cycle", world.open, "status", "Completed")
	assert cycles.follow_cycles() >= 3
	assert cycles.follow_cycles() == 0
	with logged_in(world.coordinator):
		found = {need.code: need.count for need in needs.worklist(world.program)}
	assert found["mentee_applications"] == WAITING["mentee_applications"][0] - 1
	assert "mentor_applications" not in found


def test_mails_link_the_list_or_the_workspace_when_it_names_too_many():
	few, many = (
		needs.Need("x", "X", size, None, "Mentoring Group", [["Mentoring Group", "name", "in", names]])
		for size in (2, 500)
		for names in [[f"MG-{number:08}" for number in range(size)]]
	)
	assert few.url.endswith(few.route)
	assert many.url.endswith("/app/mentoring")


def test_all_programs_together_have_at_least_these_and_the_mails_that_failed(world):
	frappe.db.delete("Mentoring Notice")
	for key in ("one", "two"):
		frappe.get_doc(
			{
				"doctype": "Mentoring Notice",
				"notice_key": key,
				"template": "x",
				"recipient": "a@example.org",
				"status": "Failed",
			}
		).insert()
	with logged_in(world.coordinator):
		everywhere = {need.code: need.count for need in needs.worklist()}
	assert everywhere.pop("mails_failed") == 2
	assert all(everywhere[code] >= count for code, (count, _oldest, _late) in WAITING.items())


def test_what_the_committee_may_not_read_is_not_counted_for_it(world):
	with logged_in(world.committee):
		found = {need.code for need in needs.worklist(world.program)}
		with pytest.raises(frappe.PermissionError):
			desk.needs_you(world.program)
	assert found == {"cycles_to_match"}


def test_concern_about_the_coordinators_own_group_is_not_counted(world):
	frappe.db.set_value("Mentoring Profile", world.well.people[0].profile, "user", world.coordinator)
	with logged_in(world.coordinator):
		assert "open_concerns" not in {need.code for need in needs.worklist(world.program)}
	asked_by_the_digest = needs.worklist(world.program, user=world.coordinator)
	assert "open_concerns" not in {need.code for need in asked_by_the_digest}


def test_person_restricted_to_another_program_counts_nothing_of_this_one(world):
	other = make_world()
	for program in (other.program,):
		frappe.get_doc(
			{
				"doctype": "User Permission",
				"user": world.coordinator,
				"allow": "Mentoring Program",
				"for_value": program,
				"apply_to_all_doctypes": 1,
			}
		).insert()
	with logged_in(world.coordinator):
		groups = [need for need in needs.worklist(world.program) if need.doctype == "Mentoring Group"]
		assert groups == []


def test_number_of_statements_does_not_grow_with_what_waits(world):
	with logged_in(world.coordinator):
		needs.worklist(world.program)
		with counted_queries() as few:
			needs.worklist(world.program)
		frappe.set_user("Administrator")
		more = [make_world() for _ in range(2)]
		for table in (
			"Mentor",
			"Mentee",
			"Mentoring Group",
			"Mentoring Feedback Request",
			"Mentoring Workshop",
		):
			frappe.db.set_value(table, {"program": more[0].program}, "program", world.program)
		frappe.set_user(world.coordinator)
		with counted_queries() as many:
			found = {need.code: need.count for need in needs.worklist(world.program)}
	assert found["alarms"] == 2
	assert len(many) == len(few) <= 70
