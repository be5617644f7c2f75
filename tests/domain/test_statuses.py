"""The tables of statuses, and what a refused step says."""

from __future__ import annotations

import pytest

from mentor_ispe.domain.statuses import INITIAL, LIVE_SEATS, SEAT, TABLES, check_transition

STEPS = [(doctype, old, new) for doctype, table in TABLES.items() for old in table for new in table]


@pytest.mark.parametrize(("doctype", "old", "new"), STEPS)
def test_a_step_is_allowed_exactly_when_the_table_says_so(doctype, old, new):
	broken = check_transition(doctype, old, new)
	assert (not broken) == (old == new or new in TABLES[doctype][old])


@pytest.mark.parametrize("doctype", TABLES)
def test_every_status_that_a_step_leads_to_is_in_the_table(doctype):
	table = TABLES[doctype]
	assert {new for steps in table.values() for new in steps} <= set(table)
	assert set(INITIAL[doctype]) <= set(table)


@pytest.mark.parametrize("doctype", TABLES)
def test_every_status_can_be_reached(doctype):
	table, reached = TABLES[doctype], set(INITIAL[doctype])
	while new := {step for status in reached for step in table[status]} - reached:
		reached |= new
	assert reached == set(table)


def test_a_refused_step_names_what_is_allowed():
	(broken,) = check_transition("Mentoring Cycle", "Draft", "Running")
	assert "Open" in str(broken)
	assert "Cancelled" in str(broken)


def test_a_final_status_says_that_it_is_final():
	(broken,) = check_transition("Mentoring Group", "Completed", "Active")
	assert broken.code == "status_final"


def test_a_new_record_starts_where_the_table_says():
	assert check_transition("Mentee", None, "Applied") == []
	(broken,) = check_transition("Mentee", None, "Active")
	assert broken.code == "status_initial"


def test_a_seat_that_is_gone_never_comes_back():
	for gone in ("Declined", "Expired", "Withdrawn", "Ended", "Completed"):
		assert SEAT[gone] == ()
		assert gone not in LIVE_SEATS
