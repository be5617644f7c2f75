"""Lists are cut and say so; queries stay the same however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import frappe
import pytest

from mentor_ispe.demo import clock
from mentor_ispe.reports.columns import fitting
from mentor_ispe.setup.indexes import INDEXES
from tests.site.reports.asking import COMMITTEE_REPORTS, STAFF_REPORTS, ask, rows
from tests.site.reports.world import NOW, World

LISTS = (
	"Mentor Places",
	"Mentees Waiting",
	"Groups Needing Attention",
	"Mentoring Hours by Person",
	"Feedback Comments",
	"Membership Exceptions",
	"Mentoring Participants",
	"Mentees Without a Match",
)


@pytest.fixture
def world(site):
	with clock.at(NOW):
		yield World(6)


@contextmanager
def counted() -> Iterator[list[int]]:
	"""The rows that each statement of the block brings back."""
	original, found = frappe.db.sql, []

	def counting(*args, **kwargs):
		result = original(*args, **kwargs)
		found.append(len(result or ()))
		return result

	frappe.db.sql = counting
	try:
		yield found
	finally:
		del frappe.db.sql


@pytest.mark.parametrize("report", LISTS)
def test_list_shows_as_many_rows_as_asked_for_and_counts_all(world, report):
	program = world.programs[0].name
	everything, some = ask(report, program=program), ask(report, program=program, shown=3)
	assert len(everything["result"]) > 3
	assert some["result"] == everything["result"][:3]
	assert f"3 of {len(everything['result'])}" in some["message"]
	assert " of " not in everything["message"]
	assert some["report_summary"] == everything["report_summary"]
	assert some["chart"] == everything["chart"]


@pytest.mark.parametrize("report", [*COMMITTEE_REPORTS, *STAFF_REPORTS])
def test_queries_do_not_depend_on_how_much_there_is(world, report):
	with counted():
		ask(report)
	with counted() as few:
		ask(report)
	World(4)
	with counted() as many:
		ask(report)
	assert len(many) == len(few)


@pytest.mark.parametrize("report", LISTS)
def test_list_reads_no_more_than_it_shows(world, report):
	ask(report, program=world.programs[0].name, shown=3)  # Frappe has read its DocTypes by then
	with counted() as read:
		ask(report, program=world.programs[0].name, shown=3)
	assert max(read) <= 20  # of anything else, such as the roles of the user


@pytest.mark.parametrize("report", COMMITTEE_REPORTS)
def test_totals_are_worked_out_by_the_database(world, report):
	"""No statement brings back more than the rows of the report, by cycle, month or year."""
	with counted() as read:
		shown = len(rows(report, program=world.programs[0].name))
	assert max(read) <= max(20, 4 * shown)


def test_indexes_are_there(site):
	for doctype, indexes in INDEXES.items():
		for name in indexes:
			assert frappe.db.has_index(f"tab{doctype}", name)


@pytest.mark.parametrize(
	("labels", "fit"), [([], 0), (["2030", "2031"], 2), (["x" * 40] * 9, 4), (["short"] * 30, 12)]
)
def test_picture_has_as_many_bars_as_can_be_read(labels, fit):
	assert fitting(labels) == fit
