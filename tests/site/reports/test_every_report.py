"""What holds for every report."""

from __future__ import annotations

import frappe
import pytest

from tests.site.reports.asking import COMMITTEE_REPORTS, STAFF_REPORTS, ask

REPORTS = (*COMMITTEE_REPORTS, *STAFF_REPORTS)


def test_every_report_of_the_app_is_tested_here(site):
	assert set(
		frappe.get_all("Report", {"module": "Mentor ISPE", "is_standard": "Yes"}, pluck="name")
	) == set(REPORTS)


@pytest.mark.parametrize("report", REPORTS)
def test_report_says_its_question_and_has_columns_and_figures(site, report):
	found = ask(report)
	assert "?" in found["message"]
	assert found["columns"]
	assert found["report_summary"]
	assert all(column["label"] for column in found["columns"])
