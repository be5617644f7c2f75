"""Resources come in bulk, by Data Import, under the same rules."""

from __future__ import annotations

import frappe
import pytest

from tests import factories as make
from tests.site.entry_points.cases import Step
from tests.site.entry_points.conftest import coordinator, kept_in_one_transaction
from tests.site.entry_points.entry_points import data_import

__all__ = ["coordinator", "kept_in_one_transaction"]  # fixtures, used by themselves

RESOURCE = "Mentoring Resource"


@pytest.fixture(autouse=True)
def topics():
	for topic in ("Feedback", "Networking"):
		if not frappe.db.exists("Mentoring Topic", topic):
			frappe.get_doc({"doctype": "Mentoring Topic", "topic": topic}).insert()


def imported(**values):
	step = Step(
		RESOURCE, None, {"title": make.unique("Imported"), **values}, words="", keep=lambda: None, cycle=""
	)
	return data_import(step), frappe.db.get_value(RESOURCE, {"title": step.values["title"]})


def test_a_file_of_resources_is_imported():
	outcome, name = imported(
		audience="Mentors",
		phase="Closing",
		published=1,
		url="https://example.org/x",
		topics=[{"topic": "Feedback"}, {"topic": "Networking"}],
	)
	assert outcome.accepted, outcome.words
	doc = frappe.get_doc(RESOURCE, name)
	assert (doc.audience, doc.phase, doc.published) == ("Mentors", "Closing", 1)
	assert [row.topic for row in doc.topics] == ["Feedback", "Networking"]


def test_the_rules_hold_there_too():
	outcome, name = imported(audience="Mentors", phase="Closing")
	assert not outcome.accepted
	assert "address, a file or a text" in outcome.words
	assert not name
