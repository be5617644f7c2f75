"""The list of participants against an independent count, and what it doesn't say to somebody in a group."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.demo import clock
from mentor_ispe.domain.statuses import LIVE_SEATS
from tests import factories as make
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import store
from tests.site.reports.asking import ask, figures, rows
from tests.site.reports.world import NOW, World

REPORT = "Mentoring Participants"


@pytest.fixture
def world(site):
	with clock.at(NOW):
		yield World(2)


def _applications(**filters) -> list[frappe._dict]:
	return [
		each
		for doctype in ("Mentor", "Mentee")
		for each in frappe.get_all(doctype, filters, ["name", "profile", "status", "cycle", "program"])
	]


def _seats() -> dict[str, set[str]]:
	"""Groups by participant, of the seats that count."""
	found: dict[str, set[str]] = {}
	for seat in frappe.get_all(
		"Mentoring Group Member",
		{"status": ["in", [*LIVE_SEATS, "Completed"]]},
		["participant", "parent", "status"],
	):
		found.setdefault(seat.participant, set()).add(seat.parent)
	return found


def _last_meetings() -> dict[str, object]:
	found: dict[str, object] = {}
	for meeting in frappe.get_all(
		"Mentoring Session", {"status": "Held"}, ["mentoring_group", "starts_on"], order_by="starts_on"
	):
		found[meeting.mentoring_group] = meeting.starts_on.date()
	return found


def test_every_application_is_a_row_with_its_groups_and_their_last_meeting(world):
	program = world.programs[0].name
	store(
		"Mentoring Notice", profile=world.profiles[0].name, status="Queued", queued_on="2020-02-03 10:00:00"
	)
	listed = {row["part"]: row for row in rows(REPORT, program=program, current=0, shown=5000)}
	groups, met = _seats(), _last_meetings()
	expected = _applications(program=program)
	assert set(listed) == {each.name for each in expected}
	for each in expected:
		row, theirs = listed[each.name], groups.get(each.name, set())
		titles = {frappe.db.get_value("Mentoring Group", name, "title") for name in theirs}
		assert set(filter(None, row["groups"].split(", "))) == titles
		assert row["last_met"] == max((met[name] for name in theirs if name in met), default=None)
		profile = frappe.get_doc("Mentoring Profile", each.profile)
		assert (row["email"], row["profile_title"]) == (profile.email, profile.full_name)
	assert figures(REPORT, program=program, current=0)["People"] == len({each.profile for each in expected})
	assert any(str(row["last_mail"]) == "2020-02-03" for row in listed.values())


@pytest.mark.parametrize("group", ["In a group", "Without a group", "Not met yet"])
def test_filter_by_group_leaves_those_of_whom_it_is_true(world, group):
	live = {"status": ["in", sorted(LIVE_SEATS)]}
	seated = frappe.get_all("Mentoring Group Member", live, ["participant", "parent"])
	running = set(frappe.get_all("Mentoring Group", {"status": "Active"}, pluck="name"))
	in_group = {seat.participant for seat in seated}
	expected = {
		"In a group": in_group,
		"Without a group": {each.name for each in _applications()} - in_group,
		"Not met yet": {
			seat.participant for seat in seated if seat.parent in running - set(_last_meetings())
		},
	}[group]
	listed = {row["part"] for row in rows(REPORT, group=group, current=0, shown=5000)}
	everybody = {each.name for each in _applications()}
	assert listed == expected & everybody
	without = everybody - in_group
	assert figures(REPORT, group=group, current=0)["Without a group"] == len(listed & without)
	assert figures(REPORT, current=0)["Without a group"] == len(without)


def test_peers_of_a_circle_are_called_peers(site):
	make.use_membership_roll()
	circle = make.make_active_group(members=3, format="Peer Circle")
	listed = rows(REPORT, cycle=circle.cycle)
	assert {row["part"] for row in listed} == set(circle.parts)
	assert {row["role"] for row in listed} == {"Peer"}
	assert not rows(REPORT, cycle=circle.cycle, role="Mentee")


def test_coordinator_in_a_group_learns_nothing_of_it(site):
	make.use_membership_roll()
	group = make.make_active_group(members=2)
	coordinator = make.make_user(roles=["Mentoring Coordinator"]).name
	frappe.db.set_value("Mentoring Profile", group.mentor, "user", coordinator)
	title = frappe.db.get_value("Mentoring Group", group.name, "title")
	with logged_in(coordinator):
		found = ask(REPORT, cycle=group.cycle)
	assert [(row["profile"], row["groups"], row["last_met"]) for row in found["result"]] == [
		(group.mentor, "", None)
	]
	assert title not in frappe.as_json(found)


def test_coordinator_in_a_group_learns_no_day_of_an_email_about_it(site):
	make.use_membership_roll()
	group = make.make_active_group(members=2)
	coordinator = make.make_user(roles=["Mentoring Coordinator"]).name
	frappe.db.set_value("Mentoring Profile", group.people[1], "user", coordinator)
	frappe.db.delete("Mentoring Notice", {"profile": group.mentor})
	about = {"reference_doctype": "Mentoring Group", "reference_name": group.name}
	for day, of in (("2020-02-03", {}), ("2020-05-06", about)):
		store("Mentoring Notice", profile=group.mentor, status="Queued", queued_on=f"{day} 10:00:00", **of)
	days = {}
	for user in (coordinator, "Administrator"):
		with logged_in(user):
			(row,) = rows(REPORT, cycle=group.cycle, role="Mentor")
			days[user] = str(row["last_mail"])
	assert days == {coordinator: "2020-02-03", "Administrator": "2020-05-06"}
