"""What a run's page asks of the database doesn't grow with the people in the run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import frappe
import pytest

from mentor_ispe.services.matching import choices, publish, runs, view
from mentor_ispe.services.matching.candidates import pool_of
from tests import factories as make
from tests.site.membership.records import counted_queries

FEW, MANY = 3, 24


@pytest.fixture(autouse=True)
def roll():
	make.use_membership_roll()


def make_run(people: int, program: str) -> tuple[str, str]:
	"""A cycle with that many mentees, seats for all but one of them, and a finished run: (cycle, run)."""
	cycle = make.make_cycle(program, status="Open").name
	topic = frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert().name
	for number in range(people):
		if number:
			make.make_mentor(cycle, topics=[{"topic": topic}])
		make.make_mentee(cycle, topics=[{"topic": topic}])
	make.lapse(make.make_mentee(cycle).profile)
	run = frappe.get_doc({"doctype": runs.RUN, "cycle": cycle}).insert().name
	frappe.db.set_value(runs.RUN, run, "status", "Running")
	assert runs.carry_out(run) == "Ready"
	return cycle, run


@pytest.fixture
def sizes() -> list[tuple[str, str]]:
	program = make.make_program(
		criteria=[{"criterion": "Topics", "weight": 10}, {"criterion": "Country", "weight": 10}]
	).name
	return [make_run(FEW, program), make_run(MANY, program)]


def queries(call: Callable[[], object]) -> list[str]:
	"""The statements of a call that was made before, so that what is read once was read."""
	call()
	frappe.db.value_cache.clear()
	with counted_queries() as statements:
		call()
	return statements


def assert_same(few: Callable[[], object], many: Callable[[], object]) -> None:
	first, second = queries(few), queries(many)
	assert first
	assert len(first) == len(second), second


def test_reading_everyone_who_can_be_matched(sizes):
	(few, _), (many, _) = sizes
	assert len(pool_of(few).mentees) == FEW
	assert len(pool_of(many).mentees) == MANY
	assert_same(partial(pool_of, few), partial(pool_of, many))


def test_carrying_out_a_run(sizes):
	(_, few), (_, many) = sizes
	assert_same(partial(runs.carry_out, few), partial(runs.carry_out, many))


def test_the_figures_of_a_run(sizes):
	(_, few), (_, many) = sizes
	assert view.figures(many)["matched"] == MANY - 1
	assert_same(partial(view.figures, few), partial(view.figures, many))


@pytest.mark.parametrize("state", ["Proposed", "Unmatched", None])
def test_a_page_of_proposals(sizes, state):
	(_, few), (_, many) = sizes
	assert view.proposals(many, "Proposed")["total"] == MANY - 1
	assert_same(partial(view.proposals, few, state), partial(view.proposals, many, state))


def test_proposals_that_are_searched(sizes):
	(_, few), (_, many) = sizes
	assert_same(partial(view.proposals, few, search="Person"), partial(view.proposals, many, search="Person"))


def test_the_mentors_to_choose_from_for_one_mentee(sizes):
	calls = [
		partial(choices.choices, cycle, pool_of(cycle).mentees[0].name, run, limit=100)
		for cycle, run in sizes
	]
	assert_same(*calls)


def test_two_runs_side_by_side(sizes):
	(_, few), (_, many) = sizes
	assert_same(partial(view.compare, few, few), partial(view.compare, many, many))


def test_publishing_asks_for_memberships_and_writes_notices_in_one_go(sizes, monkeypatch):
	(_, few), (_, many) = sizes
	found = []
	for run in (few, many):
		with counted_queries() as statements:
			assert publish.publish(run)["refused"] == 0
		found.append(
			[
				sum(table in statement for statement in statements)
				for table in ("tabMembership Roll Entry", "tabMentoring Notice")
			]
		)
	assert found[0] == found[1]
