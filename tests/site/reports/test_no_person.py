"""The committee's reports on the demo: no name, no address and no record of a person, whatever is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import frappe

from tests.site.permissions.entry_points import logged_in
from tests.site.reports.all_reports import ReportOfTheApp, all_reports
from tests.site.reports.asking import ask
from tests.site.reports.demo_records import Records

COMMITTEE_USER, COORDINATOR_USER = "committee@example.org", "coordinator@example.org"
STORIES = "Mentoring Success Stories"
PEOPLE = {
	"Mentoring Profile": ("name", "full_name", "email", "user"),
	"Mentor": ("name",),
	"Mentee": ("name",),
	"Mentoring Group": ("name", "title"),
	"Mentoring Session": ("name",),
	"Mentoring Goal": ("name",),
	"Mentoring Feedback": ("name",),
	"Mentoring Feedback Request": ("name",),
	"Mentoring Workshop": ("name",),
	"Mentoring Match Run": ("name",),
	"Guest Speaker": ("name", "full_name", "email"),
	"Guest Speaker Request": ("name",),
	"Membership Roll Entry": ("name", "member_number", "full_name", "email"),
	"User": ("name", "email", "full_name"),
}


def _identities() -> set[str]:
	"""Everything that names a person, a group or a record about them."""
	found = set()
	for doctype, fields in PEOPLE.items():
		for row in frappe.get_all(doctype, fields=list(fields)):
			found |= {str(row[field]) for field in fields if row[field] and len(str(row[field])) > 3}
	return found - {"Guest", "Administrator"}


def _asked(report: ReportOfTheApp, of: Records) -> Iterator[dict[str, Any]]:
	"""Every filter of the report, each way of grouping with each program and cycle."""
	since_ever = {"from_date": "2000-01-01", "to_date": "2100-01-01"}
	for by in report.choices.get("by") or [None]:
		grouped = {"by": by} if by else {}
		yield grouped
		yield {**grouped, **since_ever, "shown": 5000}
		for program in of.programs:
			yield {**grouped, "program": program}
		for cycle in of.cycles:
			yield {**grouped, "cycle": cycle}
	for name in report.choices:
		for value in report.choices[name]:
			yield {name: value, **since_ever}


def test_committee_finds_no_person_in_its_reports(records):
	identities = _identities()
	assert len(identities) > 200
	_find_people_in_the_coordinators_reports(identities)
	writers = {
		row.full_name
		for row in records.feedback
		if row.kind == "Success Story" and row.may_publish and row.comment
	}
	assert writers
	found: dict[str, set[str]] = {}
	named, asked_for = set(), 0
	with logged_in(COMMITTEE_USER):
		for report in all_reports():
			if "Mentoring Committee" not in report.roles:
				continue
			for filters in _asked(report, records):
				answer = ask(report.name, **filters)
				asked_for += 1
				_open_what_the_columns_link_to(report.name, answer["columns"])
				shown = json.dumps(answer, default=str, ensure_ascii=False)
				seen = {each for each in identities if each in shown}
				if report.name == STORIES:
					named |= seen & writers
					seen -= writers
				if seen:
					found.setdefault(report.name, set()).update(seen)
	assert not found
	assert named == writers, "those who agreed are named"
	assert asked_for > 200


def _find_people_in_the_coordinators_reports(identities: set[str]) -> None:
	"""Else the search would find nothing in the committee's for want of looking."""
	with logged_in(COORDINATOR_USER):
		for name in ("Mentees Waiting", "Mentor Places", "Mentoring Hours by Person"):
			shown = json.dumps(ask(name), default=str, ensure_ascii=False)
			assert len([each for each in identities if each in shown]) > 5, name


def _open_what_the_columns_link_to(report: str, columns: list[dict[str, Any]]) -> None:
	"""No link leads to a record that the committee can't open."""
	for column in columns:
		if column["fieldtype"] in ("Link", "Dynamic Link"):
			assert frappe.has_permission(column["options"], "read"), (report, column)
