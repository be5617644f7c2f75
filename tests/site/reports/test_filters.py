"""Whatever somebody sends as a filter of a report: it is a value of that filter, or it is refused in words."""

from __future__ import annotations

import json
from datetime import date, datetime

import frappe
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mentor_ispe.reports.filters import NAME_AT_MOST, ROWS, ROWS_AT_MOST, ReportFilters, by, check, choice
from tests.site.reports.all_reports import COMMON, all_reports
from tests.site.reports.asking import ask

REPORTS = all_reports()
NAMES = [each.name for each in REPORTS]

TEXTS = st.text(st.characters(), max_size=200) | st.sampled_from(
	[
		*("", " ", "0", "1", "-1", "1e999", "NaN", "null", "[]", "{}", '{"program": ["x"]}', "2027-03-31"),
		*("\ud800", "\x00", "a\nb", "' or 1=1 -- ", "x` or 1=1", "%", "%s", "%(x)s", "{0}", "<b>", "x" * 141),
		*("9999-12-31", "0001-01-01", "2027-02-30", "31.12.2027", "2027-13-01T25:00", "today", "1" * 4000),
	]
)
VALUES = st.recursive(
	st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
	lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
	max_leaves=8,
)


def filters_of(report) -> st.SearchStrategy[dict]:
	"""Any value for each filter of the report, or one of those that its script offers; some of both."""
	names = {*COMMON, *report.choices, *report.checks}
	return st.fixed_dictionaries(
		{},
		optional={
			**{name: VALUES | st.sampled_from(report.choices.get(name) or [1, 0]) for name in names},
			"something_else": VALUES,
		},
	)


@pytest.mark.parametrize("report", REPORTS, ids=NAMES)
def test_m8_no_filter_breaks_a_report(site, report):
	"""The attack: lists and objects as filters, answered with 500 and errors of the database."""
	answered, refused = [], []

	@settings(max_examples=30, deadline=None, database=None, suppress_health_check=list(HealthCheck))
	@given(filters_of(report))
	@example({name: [["x"]] for name in COMMON})
	@example({"from_date": "9999-12-31", "to_date": "0001-01-01"})
	@example({"from_date": "2199-12-31", "to_date": "1900-01-01", "shown": 1})
	@example({"from_date": "1900-01-01", "to_date": "2199-12-31", "shown": "9999999999"})
	def asked(filters):
		frappe.local.message_log = []
		try:
			columns, rows, message, *_more = report.execute(frappe._dict(filters))
		except frappe.ValidationError as error:
			refused.append(str(error))  # other kinds of errors are not caught
			return
		assert columns
		assert "?" in message
		json.dumps(rows, default=str)
		answered.append(filters)

	asked()
	assert answered
	assert refused
	assert all("The filter " in words for words in refused)


@pytest.mark.parametrize("report", REPORTS, ids=NAMES)
def test_every_choice_that_the_script_offers_is_taken(site, report):
	for name, values in report.choices.items():
		for value in values:
			assert report.execute({name: value})
	for name in report.checks:
		for value in (0, 1, "0", "1", True, None, ""):
			assert report.execute({name: value})


@pytest.mark.parametrize("report", REPORTS, ids=NAMES)
@pytest.mark.parametrize(
	"filters",
	[
		{"program": ["A", "B"]},
		{"cycle": {"like": "%"}},
		{"program": "x" * (NAME_AT_MOST + 1)},
		{"cycle": "\ud800"},
		{"from_date": "soon"},
		{"to_date": ["2027-01-01"]},
		{"to_date": "9999-12-31"},
		{"shown": "all"},
		{"shown": -5},
	],
	ids=str,
)
def test_wrong_filter_is_refused_in_words_through_the_desk(site, report, filters):
	(name,) = filters
	with pytest.raises(frappe.ValidationError, match=f"The filter <strong>{name}</strong> (accepts|must be)"):
		ask(report.name, **filters)


def test_filters_are_read_as_the_desk_sends_them():
	asked = ReportFilters.read(
		{
			"program": "P",
			"cycle": "",
			"from_date": "2027-03-01",
			"by": "Year",
			"shown": "20",
			"late": 1,
			"x": [],
		},
		[
			by("Cycle", "Year"),
			choice("kind", "Kind", ("A", "B")),
			check("late", "Late"),
			check("early", "Early"),
		],
	)
	assert (asked.program, asked.cycle, asked.by, asked.shown) == ("P", None, "Year", 20)
	assert (asked.from_date, asked.to_date) == (date(2027, 3, 1), None)
	assert (asked.get("late"), asked.get("early"), asked.get("kind")) == (True, None, None)
	assert asked.get("x") is None  # what the report doesn't have is not handed on
	assert ReportFilters.read({"to_date": datetime(2027, 3, 1, 12)}).to_date == date(2027, 3, 1)


def test_nobody_gets_more_rows_than_the_most_there_are():
	assert ReportFilters.read({"shown": 10_000_000}).shown == ROWS_AT_MOST
	assert ReportFilters.read({"shown": 0}).shown == ReportFilters.read(None).shown == ROWS
