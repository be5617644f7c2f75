"""The nightly look at credit: who is told what, and how often."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.domain.months import DAY
from mentor_ispe.jobs.groups import process_credit
from mentor_ispe.mails.default_templates.credit import CREDIT_AT_RISK, CREDIT_NOT_MET
from mentor_ispe.services.credit import watch
from mentor_ispe.services.groups import commands, ending
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.site.credit.pairs import START, meet, on, start_pair, state_goal

STAFF = "staff@association.example"


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", STAFF)
	# Pairs that earlier runs left on the site are none of these tests' business.
	frappe.db.set_value("Mentoring Program", {"credit_scheme": ("is", "set")}, "credit_scheme", None)


def told(pair, template: str) -> dict[str, list[str]]:
	"""{rule: recipients} of the notices about a pair."""
	rows = frappe.get_all(
		"Mentoring Notice",
		{"reference_name": pair.group, "template": template},
		["recipient", "context"],
		order_by="creation, recipient",
	)
	found: dict[str, list[str]] = {}
	for row in rows:
		found.setdefault(frappe.parse_json(row.context)["rule"], []).append(row.recipient)
	return found


def everyone(pair) -> list[str]:
	return [frappe.db.get_value("Mentoring Profile", pair.ana, "email"), STAFF]


def test_nobody_is_told_while_all_is_well():
	pair = start_pair()
	with on(START + 20 * DAY):
		assert process_credit()["told"] == 0
	assert not told(pair, CREDIT_AT_RISK)


def test_mentor_and_coordinator_are_told_once_of_each_trouble():
	pair = start_pair()
	state_goal(pair, START + DAY)
	meet(pair.group, START + 5 * DAY)
	for late in (40, 41, 45):
		with on(START + late * DAY):
			process_credit()
	title = "Regular meetings, in person preferred"
	assert {rule: sorted(who) for rule, who in told(pair, CREDIT_AT_RISK).items()} == {
		title: sorted(everyone(pair))
	}
	meet(pair.group, START + 47 * DAY)
	for late in (48, 90, 95):
		with on(START + late * DAY):
			process_credit()
	assert len(told(pair, CREDIT_AT_RISK)[title]) == 4, "another gap is another occasion"


def allow_two_mentors(cycle: str) -> None:
	"""As a program from before pairs had one mentor by rule."""
	program = frappe.db.get_value("Mentoring Cycle", cycle, "program")
	frappe.db.set_value("Mentoring Program", program, "mentors_max", 2)
	frappe.clear_document_cache("Mentoring Program", program)


def test_each_of_two_mentors_is_told_and_one_who_left_is_not():
	pair = start_pair()
	allow_two_mentors(pair.cycle)
	with on(START + 5 * DAY):
		second = make.make_mentor(pair.cycle)
		propose(pair.cycle, [], second.name, group=pair.group)
		commands.accept(pair.group, second.profile)
	with on(START + 40 * DAY):
		process_credit()
		process_credit()
	ana, other = (
		frappe.db.get_value("Mentoring Profile", who, "email") for who in (pair.ana, second.profile)
	)
	rule = "Regular meetings, in person preferred"
	assert sorted(told(pair, CREDIT_AT_RISK)[rule]) == sorted([ana, other, STAFF, STAFF]), (
		"staff of each pair"
	)

	with on(START + 41 * DAY):
		doc = frappe.get_doc("Mentoring Group", pair.group)
		row = next(row for row in doc.seats if row.profile == pair.ana)
		row.update({"status": "Withdrawn", "reason": "Moves away"})
		doc.save()
	frappe.db.delete("Mentoring Notice", {"reference_name": pair.group})
	with on(START + 42 * DAY):
		process_credit()
	assert sorted(told(pair, CREDIT_AT_RISK)[rule]) == sorted([other, STAFF])


def test_mentor_hears_that_it_cant_be_met_any_more():
	pair = start_pair()
	with on(START + 50 * DAY):
		doc = frappe.get_doc("Mentoring Profile", pair.ben)
		doc.employer = "Aurora Vaccines"
		doc.save()
		process_credit()
		process_credit()
	assert {rule: sorted(who) for rule, who in told(pair, CREDIT_NOT_MET).items()} == {
		"Different employers": sorted(everyone(pair))
	}


def test_group_that_closed_long_ago_is_left_in_peace():
	pair = start_pair()
	with on(START + 20 * DAY):
		ending.end_early(pair.group, "Moved away")
	with on(START + 120 * DAY):
		assert process_credit()["told"] == 0
	with on(START + 30 * DAY):
		assert process_credit()["told"] > 0


def test_job_that_died_half_way_repeats_nothing():
	pairs = [start_pair() for _ in range(3)]
	with on(START + 40 * DAY):
		first = process_credit()["told"]
		frappe.db.delete("Mentoring Notice", {"reference_name": pairs[1].group})
		again = process_credit()["told"]
	assert (first, again) == (first, first // 3)
	assert again


def test_one_record_that_cant_be_judged_keeps_nobody_else(monkeypatch):
	pairs = [start_pair() for _ in range(3)]
	judge = watch.evaluate
	broken = pairs[1].ben

	def break_one(scheme, pair, day):
		if any(partner.profile == broken for partner in pair.partners):
			raise ValueError("broken")
		return judge(scheme, pair, day)

	monkeypatch.setattr(watch, "evaluate", break_one)
	with on(START + 40 * DAY):
		result = process_credit()
	assert result["failed"] == [pairs[1].group]
	assert told(pairs[0], CREDIT_AT_RISK)
	assert told(pairs[2], CREDIT_AT_RISK)


def test_queries_of_a_night_dont_grow_with_the_groups(monkeypatch):
	counted = []
	sql = frappe.db.sql
	monkeypatch.setattr(
		frappe.db, "sql", lambda *args, **kwargs: counted.append(args[0]) or sql(*args, **kwargs)
	)
	start_pair()
	with on(START + 40 * DAY):
		process_credit()
		counted.clear()
		process_credit()
		one = len(counted)
		for _ in range(4):
			start_pair()
		process_credit()
		counted.clear()
		process_credit()
	assert len(counted) <= one
