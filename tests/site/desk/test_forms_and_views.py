"""What the forms of a cycle and a group show beside their fields, and the views that set-up makes."""

from __future__ import annotations

from datetime import date, datetime

import frappe
import pytest
from frappe.desk.doctype.kanban_board.kanban_board import update_order_for_single_card

from mentor_ispe.api import desk
from mentor_ispe.demo import clock
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.patches import delete_awaiting_filter
from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups import group_history
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.programs import overview
from mentor_ispe.setup import desk as setup
from tests import factories as make
from tests.site.desk.world import NOW, make_world
from tests.site.membership.records import counted_queries
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import store


@pytest.fixture
def world(site):
	with clock.at(NOW):
		yield make_world()


def test_each_number_of_the_funnel_is_that_of_the_list_it_opens(world):
	with logged_in(world.coordinator):
		shown = desk.cycle_overview(world.running)["stages"]
		for doctype, stages in shown.items():
			for stage in stages:
				listed = frappe.get_list(doctype, stage["filters"], pluck="name", limit=0)
				assert len(listed) == stage["count"], stage
	counts = {doctype: [stage["count"] for stage in stages] for doctype, stages in shown.items()}
	# Seven groups of three; a moderator and a mentor have left; of the three proposed ones four people haven't
	# answered.
	assert counts == {"Mentor": [7, 7, 6, 5, 7, 0], "Mentee": [14, 14, 13, 11, 14, 0]}


def test_nobody_is_further_in_the_funnel_than_before(site):
	make.use_membership_roll()
	group = make.make_active_group(members=2)
	make.make_mentee(group.cycle, approved=False)
	stages = overview.stages(group.cycle)["Mentee"]
	assert [(stage.stage, stage.count) for stage in stages] == [
		("Applied", 3),
		("Approved", 2),
		("Matched", 2),
		("Accepted", 2),
		("Active", 2),
		("Completed", 0),
	]


def test_the_cycle_says_what_is_next_at_each_stage(site):
	make.use_membership_roll()
	cycle = make.make_cycle(make.make_program().name, status="Draft").name
	assert overview.next_step(cycle).status == "Open"
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Open")
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle, approved=False)
	assert overview.next_step(cycle).list == ("Mentee", {"cycle": cycle, "status": "Applied"})
	commands.approve("Mentee", mentee.name)
	assert not overview.next_step(cycle).label, "applications close by themselves"
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Matching")
	assert overview.next_step(cycle).match
	run = store("Mentoring Match Run", cycle=cycle, status="Ready", ended_on=datetime(2031, 1, 1))
	assert overview.next_step(cycle).record == ("Mentoring Match Run", run.name)
	frappe.db.set_value(
		"Mentoring Match Run", run.name, {"status": "Published", "published_on": datetime(2031, 1, 2)}
	)
	group = propose(cycle, [mentee.name], mentor.name).name
	assert overview.next_step(cycle).list[1]["unanswered"] == [">", 0]
	for part in (mentor, mentee):
		group_commands.accept(group, part.profile)
	assert overview.next_step(cycle).status == "Running"
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Running")
	assert overview.next_step(cycle).list[1]["unanswered"] == 0
	frappe.db.set_value("Mentoring Group", group, {"status": "Active", "alarm": "Nobody meets."})
	assert overview.next_step(cycle).list[1]["alarm"] == ["is", "set"]
	frappe.db.set_value("Mentoring Group", group, "alarm", None)
	assert not overview.next_step(cycle).label
	assert overview.next_step(cycle, date(2099, 1, 1)).status == "Completed"


def happened(group: str) -> list[tuple[str, str]]:
	return [(str(event.on), event.kind) for event in group_history.history(group)]


@pytest.fixture
def told(world) -> str:
	"""The group that meets, with everything that may happen to one."""
	group, person = world.well.name, world.well.people[1].profile
	frappe.db.set_value(
		"Mentoring Group",
		group,
		{
			"proposed_on": datetime(2031, 6, 10),
			"charter_agreed_on": date(2031, 7, 20),
			"charter": "our private charter",
		},
	)
	rows = frappe.get_all("Mentoring Group Member", {"parent": group}, pluck="name", order_by="idx")
	frappe.db.set_value(
		"Mentoring Group Member", rows[0], {"responded_on": datetime(2031, 6, 12), "full_name": "Ada"}
	)
	rows = rows[1:]
	frappe.db.set_value("Mentoring Group Member", rows[0], "responded_on", datetime(2031, 6, 13))
	left = {"responded_on": datetime(2031, 6, 14), "status": "Withdrawn", "left_on": date(2031, 8, 1)}
	frappe.db.set_value("Mentoring Group Member", rows[1], {**left, "reason": "a private reason"})
	meeting = {"mentoring_group": group, "cycle": world.running, "program": world.program}
	store("Mentoring Session", status="Planned", starts_on=datetime(2031, 9, 20, 17), **meeting)
	store("Mentoring Session", status="Cancelled", starts_on=datetime(2031, 9, 21, 17), **meeting)
	given = store(
		"Mentoring Feedback", profile=person, kind="Group Update", comment="a private comment", **meeting
	)
	store(
		"Mentoring Private Answer",
		feedback=given.name,
		profile=person,
		going="Not Working",
		comment="a private answer",
		mentoring_group=group,
		cycle=world.running,
	)
	for number in range(2):
		store(
			"Mentoring Notice",
			notice_key=f"{group} {number}",
			template="Mentoring: Group Needs You",
			recipient="a@example.org",
			context='{"alarm": "Missed Sessions", "words": "private words"}',
			reference_doctype="Mentoring Group",
			reference_name=group,
		)
	return group


def test_history_of_a_group_is_one_line_of_dated_events(world, told):
	with logged_in(world.coordinator):
		assert happened(told) == [
			("2031-01-01", "feedback"),
			("2031-01-01", "alarm"),
			("2031-06-10", "proposed"),
			("2031-06-12", "answer"),
			("2031-06-13", "answer"),
			("2031-06-14", "answer"),
			("2031-07-01", "start"),
			("2031-07-20", "charter"),
			("2031-07-20", "meeting"),
			("2031-08-01", "left"),
			("2031-09-20", "meeting"),
			("2032-06-30", "end"),
		]
		assert [event.planned for event in group_history.history(told)][-2:] == [True, True]


def test_committee_asks_how_far_the_people_of_a_cycle_have_come(world):
	"""Its lists name people's records; the committee has the figures in Mentoring Overview."""
	with logged_in(world.committee), pytest.raises(frappe.PermissionError):
		desk.cycle_overview(world.running)


def test_history_says_nothing_that_somebody_wrote_and_is_not_for_the_committee(world, told):
	with logged_in(world.coordinator):
		said = frappe.as_json(desk.group_history(told)).lower()
	assert "private" not in said
	assert "not working" not in said
	with logged_in(world.committee), pytest.raises(frappe.PermissionError):
		desk.group_history(told)


def test_history_takes_as_many_statements_for_many_meetings_as_for_few(world, told):
	with logged_in(world.coordinator):
		group_history.history(told)
		with counted_queries() as few:
			group_history.history(told)
		frappe.set_user("Administrator")
		for number in range(1, 20):
			store(
				"Mentoring Session",
				mentoring_group=told,
				cycle=world.running,
				program=world.program,
				status="Held",
				starts_on=datetime(2031, 7, number, 17),
			)
		frappe.set_user(world.coordinator)
		with counted_queries() as many:
			assert len(group_history.history(told)) == 31
		assert len(many) == len(few)


def test_calendar_colors_tell_a_meeting_that_nobody_recorded(world):
	common = {"mentoring_group": world.well.name, "cycle": world.running, "program": world.program}
	for status, day in (("Planned", 19), ("Planned", 21), ("Cancelled", 22)):
		store("Mentoring Session", status=status, starts_on=datetime(2031, 8, day, 17), **common)
	filters = [["Mentoring Session", "mentoring_group", "=", world.well.name]]
	with logged_in(world.coordinator):
		events = desk.session_events("Mentoring Session", "2031-07-01", "2031-09-01", filters)
	colors = {event["starts_on"].day: event["color"] for event in events}
	assert colors == {
		20: desk.SESSION_COLORS["Held"],
		19: desk.NOT_RECORDED,
		21: desk.SESSION_COLORS["Planned"],
		22: desk.SESSION_COLORS["Cancelled"],
	}
	assert len(set(colors.values())) == 4


def drag(doctype: str, name: str, old: str, new: str) -> None:
	setup.create_views()
	board = frappe.get_doc("Kanban Board", setup.boards()[doctype])
	for column in board.columns:
		column.order = frappe.as_json([name] if column.column_name == old else [])
	board.save()
	update_order_for_single_card(board.name, name, old, new, 0, 0)


def test_dragging_a_card_is_the_step_itself_with_its_rules_and_its_mail(site):
	make.use_membership_roll()
	mentee = make.make_mentee(make.make_cycle().name, approved=False)
	drag("Mentee", mentee.name, "Applied", "Approved")
	assert frappe.db.get_value("Mentee", mentee.name, "status") == "Approved"
	assert frappe.db.exists(
		"Mentoring Notice", {"reference_name": mentee.name, "template": ["like", "%Approved"]}
	)


@pytest.mark.parametrize("column", ["Rejected", "Active", "Completed"])
def test_a_card_that_the_rules_refuse_is_refused_to_the_board(site, column):
	make.use_membership_roll()
	mentee = make.make_mentee(make.make_cycle().name, approved=False)
	with pytest.raises(RuleViolation):
		drag("Mentee", mentee.name, "Applied", column)


def test_board_has_a_column_for_every_status_and_those_who_are_through_are_folded(site):
	setup.create_views()
	for doctype, name in setup.boards().items():
		board = frappe.get_doc("Kanban Board", name)
		statuses = frappe.get_meta(doctype).get_field("status").options.split("\n")
		assert [column.column_name for column in board.columns] == statuses
		assert {column.column_name for column in board.columns if column.status == "Archived"} == {
			"Completed",
			"Withdrawn",
		}


def test_saved_filters_open_lists_and_are_made_once(site):
	setup.create_views()
	before = frappe.db.count("List Filter"), frappe.db.count("Kanban Board")
	setup.create_views()
	assert (frappe.db.count("List Filter"), frappe.db.count("Kanban Board")) == before
	for doctype, filters in setup.saved_filters().items():
		for name in filters:
			saved = frappe.db.get_value(
				"List Filter", {"reference_doctype": doctype, "filter_name": name, "for_user": ""}, "filters"
			)
			frappe.get_list(doctype, frappe.parse_json(saved), limit=1)


def test_a_saved_filter_that_counts_unannounced_matches_goes_where_nobody_changed_it(site):
	changed = [*delete_awaiting_filter.CONDITIONS, ["Mentoring Group", "format", "=", "Group"]]
	kept, gone = (
		frappe.get_doc(
			{
				"doctype": "List Filter",
				"reference_doctype": "Mentoring Group",
				"filter_name": make.unique("Awaiting answers"),
				"for_user": "",
				"filters": frappe.as_json(conditions),
			}
		).insert()
		for conditions in (changed, delete_awaiting_filter.CONDITIONS)
	)
	for _again in range(2):
		delete_awaiting_filter.execute()
		assert frappe.db.exists("List Filter", kept.name)
		assert not frappe.db.exists("List Filter", gone.name)
