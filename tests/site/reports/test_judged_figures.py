"""The two reports that ask a rule: credit, and what is owed; against the rule asked group by group."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.demo import clock
from mentor_ispe.readings.readiness import missing
from mentor_ispe.services.credit import record
from tests.site.permissions.records import store
from tests.site.reports.asking import ask, figures, rows
from tests.site.reports.world import NOW, World


@pytest.fixture
def world(site):
	with clock.at(NOW):
		yield World(5)


def groups_of(world, program, statuses: tuple[str, ...]) -> list[str]:
	return frappe.get_all(
		"Mentoring Group", {"program": program.name, "status": ("in", statuses)}, pluck="name"
	)


def test_credit_of_each_pair(world):
	program = world.programs[1]
	frappe.db.set_value("Mentoring Program", program.name, "credit_scheme", "HRCI")
	frappe.clear_document_cache("Mentoring Program", program.name)
	found = {row["mentoring_group"]: row for row in rows("Mentoring Credit Records", program=program.name)}
	assert set(found) == set(groups_of(world, program, ("Active", "Completed", "Ended Early")))
	judged = 0
	for group, row in found.items():
		rules = record.evaluate_many([group])[group]
		state = record.overall(rules) if rules else "Not assessed"
		assert row["state"] == state
		assert row["rules_met"] == len([rule for rule in rules if rule.finding.state == "Met"])
		judged += bool(rules)
	assert judged
	shown = figures("Mentoring Credit Records", program=program.name)
	assert shown["Not met"] == len([row for row in found.values() if row["state"] == "Not Met"])
	only = rows("Mentoring Credit Records", program=program.name, state="Not Met")
	assert {row["mentoring_group"] for row in only} == {
		group for group, row in found.items() if row["state"] == "Not Met"
	}


def test_programs_without_a_scheme_have_no_credit_records(world):
	assert not rows("Mentoring Credit Records", program=world.programs[0].name)


@pytest.fixture
def demanding(world):
	"""A program that asks for a signature of everybody and for training of mentees."""
	program = world.programs[0]
	agreement = store(
		"Mentoring Agreement",
		title="Code of Conduct",
		version=1,
		status="Published",
		text="Be kind.",
		published_on="2030-01-01 00:00:00",
	)
	frappe.db.set_value("Mentoring Program", program.name, "training_for_mentees", 1)
	frappe.db.bulk_insert(
		"Mentoring Program Agreement",
		["name", "parent", "parenttype", "parentfield", "agreement", "required_of"],
		[
			(
				frappe.generate_hash(length=10),
				*(program.name, "Mentoring Program", "agreements", agreement.name, "Everyone"),
			)
		],
	)
	for person in world.profiles[::2]:
		store(
			"Mentoring Agreement Acceptance",
			agreement=agreement.name,
			version=1,
			profile=person.name,
			accepted_on="2030-02-01 00:00:00",
		)
	return program


def test_what_is_owed_in_each_group(world, demanding):
	expected = {
		(group, profile, violation.code)
		for group in groups_of(world, demanding, ("Proposed", "Active"))
		for profile, violations in missing(group, NOW.date()).items()
		for violation in violations
	}
	assert {code for _group, _profile, code in expected} == {"unsigned", "untrained"}
	codes = {"Signature": "unsigned", "Training": "untrained"}
	found = rows("Outstanding Agreements and Training", program=demanding.name)
	assert {(row["mentoring_group"], row["profile"], codes[row["owes"]]) for row in found} == expected
	assert len(found) == len(expected)
	shown = figures("Outstanding Agreements and Training", program=demanding.name)
	assert shown["People"] == len({profile for _group, profile, _code in expected})
	assert shown["Signatures"] == len([each for each in expected if each[2] == "unsigned"])
	only = rows("Outstanding Agreements and Training", program=demanding.name, owes="Training")
	assert len(only) == len([each for each in expected if each[2] == "untrained"])


def test_report_says_that_it_asked_only_some_groups(world, demanding):
	groups = groups_of(world, demanding, ("Proposed", "Active"))
	message = ask("Outstanding Agreements and Training", program=demanding.name, shown=2)["message"]
	assert f"first 2 of {len(groups)} groups" in message
