"""A year is closed, and the next one opened, from the form of a cycle."""

from __future__ import annotations

import frappe
import pytest
from frappe.utils import add_days, add_months, getdate, nowdate

from mentor_ispe.api import bulk, desk
from mentor_ispe.jobs import cycles as jobs
from mentor_ispe.mails.default_templates import extension as mails
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.programs import overview
from tests import factories as make
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import make_user

NOTICE = "Mentoring Notice"


@pytest.fixture(autouse=True)
def coordinator(site):
	make.use_membership_roll()
	with logged_in(make_user("cora", COORDINATOR, user_type="System User")):
		yield


def told(template: str, about: str) -> int:
	return frappe.db.count(NOTICE, {"template": template, "reference_name": about})


def over() -> tuple[str, str]:
	"""A cycle with a running group and somebody without one, and its program."""
	with logged_in("Administrator"):
		group = make.make_active_group(members=1)
		make.make_mentee(group.cycle)
	frappe.db.set_value("Mentoring Cycle", group.cycle, "status", "Running")
	return group.cycle, frappe.db.get_value("Mentoring Cycle", group.cycle, "program")


def test_next_years_cycle_is_filled_in_and_can_be_saved_as_it_is():
	# Without digits: some of those that make names unique look like a year.
	letters = "".join(each for each in frappe.generate_hash(length=30) if each.isalpha())
	name = f"“Quotes”, commas & 100 % Ü {letters} 2026"
	cycle = make.make_cycle(cycle_name=name, places=20, kickoff_on=f"{add_days(nowdate(), 21)} 18:30:00")
	values = desk.planned_cycle(after=cycle.name)
	assert values["cycle_name"] == name.replace("2026", "2027")
	assert (values["places"], values["program"], "status" in values) == (20, cycle.program, False)
	assert str(values["kickoff_on"]).endswith("18:30:00")
	doc = frappe.get_doc({"doctype": "Mentoring Cycle", **values}).insert()
	assert (doc.status, doc.places_taken, doc.invite_last_cycle) == ("Draft", 0, 1)
	assert abs((getdate(doc.start_date) - getdate(add_months(cycle.start_date, 12))).days) <= 2
	again = desk.planned_cycle(after=cycle.name)
	assert again["cycle_name"] == f"{values['cycle_name']} (2)"


@pytest.mark.parametrize("invites", [1, 0])
def test_last_years_people_are_invited_if_the_cycle_says_so(invites):
	before, program = over()
	later = {"start_date": add_days(nowdate(), 400), "end_date": add_days(nowdate(), 760)}
	cycle = make.make_cycle(program, invite_last_cycle=invites, **later).name
	with logged_in("Administrator"):
		jobs.process_next_cycles()
	groups = frappe.get_all("Mentoring Group", {"cycle": before}, pluck="name")
	assert told(mails.INVITATION, cycle) == invites, "who has no group"
	assert [told(mails.EXTENSION_OFFER, group) for group in groups] == [2 * invites]
	assert desk.planned_cycle(after=cycle)["invite_last_cycle"] == invites


def test_open_groups_are_closed_at_once_and_then_the_cycle():
	cycle, program = over()
	with logged_in("Administrator"):
		mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle)
		asked = make.propose(cycle, [mentee.name], mentor.name).name
	groups = desk.groups_to_close(cycle)
	assert len(groups) == 2
	answer = bulk.do("close_groups", "Mentoring Group", groups)
	assert (sorted(answer["done"]), answer["refused"]) == (groups, [])
	states = {name: frappe.db.get_value("Mentoring Group", name, "status") for name in groups}
	assert states.pop(asked) == "Cancelled"
	assert [*states.values()] == ["Completed"]
	assert desk.groups_to_close(cycle) == []
	frappe.get_doc("Mentoring Cycle", cycle).update({"status": "Completed"}).save()
	step = overview.next_step(cycle)
	assert (step.next_cycle, step.label) == (True, "Plan the next cycle")
	make.make_cycle(program, start_date=add_days(nowdate(), 300), end_date=add_days(nowdate(), 600))
	step = overview.next_step(cycle)
	assert (step.next_cycle, step.report, step.label) == (False, True, "View closing report")


def test_next_cycle_begins_as_long_after_this_one_as_this_one_did_after_the_one_before():
	first = make.make_cycle(start_date="2031-02-01", end_date="2031-06-30")
	dates = {"application_from": "2031-06-01", "application_until": "2031-07-02"}
	cycle = make.make_cycle(first.program, start_date="2031-08-01", end_date="2031-12-31", **dates)
	values = desk.planned_cycle(after=cycle.name)
	assert (values["start_date"], values["end_date"]) == ("2032-02-01", "2032-06-30")
	assert values["application_from"] == "2031-12-01"
	assert desk.planned_cycle(after=first.name)["start_date"] == "2032-02-01"


def test_before_a_cycle_starts_or_ends_it_is_said_what_is_unfinished():
	with logged_in("Administrator"):
		cycle = make.make_cycle().name
		assert desk.left_unfinished(cycle, "Running") == []
		make.make_mentor(cycle, approved=False)
		make.make_mentee(cycle)
		make.propose(cycle, [make.make_mentee(cycle).name], make.make_mentor(cycle).name)
	later = "You can still do this after the start."
	assert desk.left_unfinished(cycle, "Running") == [
		"One application needs a decision.",
		"One match is waiting for answers.",
		"One approved person has no match.",
		later,
	]
	with logged_in("Administrator"):
		make.make_mentee(cycle, approved=False)
		make.make_mentee(cycle)
	said = desk.left_unfinished(cycle, "Running")
	assert (said[0], said[2]) == (
		"2 applications need a decision.",
		"2 of 3 approved people have no match.",
	)
	assert desk.left_unfinished(cycle, "Matching") == []


def test_before_a_cycle_is_completed_its_day_and_the_meetings_to_come_are_named():
	cycle, _program = over()
	(group,) = desk.groups_to_close(cycle)
	frappe.db.set_value("Mentoring Cycle", cycle, "end_date", nowdate())
	assert desk.left_unfinished(cycle, "Completed") == []
	frappe.db.set_value("Mentoring Cycle", cycle, "end_date", "2039-01-31")
	with logged_in("Administrator"):
		make.make_session(group)
	assert desk.left_unfinished(cycle, "Completed") == [
		"The cycle ends early: its last day is Jan 31, 2039.",
		"One planned meeting is canceled.",
	]
	with logged_in("Administrator"):
		make.make_session(group, f"{add_days(nowdate(), 12)} 17:00:00")
	assert desk.left_unfinished(cycle, "Completed")[1] == "2 planned meetings are canceled."
	with logged_in("Administrator"):
		frappe.get_doc("Mentoring Group", group).update({"status": "Completed"}).save()
	assert len(desk.left_unfinished(cycle, "Completed")) == 1


def test_fresh_cycle_asks_to_be_shared_not_to_be_closed():
	cycle = make.make_cycle().name
	found = desk.cycle_overview(cycle)
	assert (found["next"]["share"], found["next"]["status"]) == (True, "")
	assert found["shared"]["address"] in found["shared"]["text"]
	assert found["shared"]["qr_code"].startswith("data:image/svg+xml;base64,")
	make.make_mentee(cycle)
	step = overview.next_step(cycle)
	assert (step.share, step.label) == (False, ""), "it closes by itself"
	frappe.db.set_value("Mentoring Cycle", cycle, "status", "Running")
	assert desk.cycle_overview(cycle)["shared"] is None
