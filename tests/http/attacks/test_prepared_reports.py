"""Prepared reports of somebody else, and filters that are none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.roles import COORDINATOR
from tests import factories as make
from tests.http.attacks.test_reports import PREPARED, _job_is_over
from tests.http.people import make_member, make_staff
from tests.http.rounds import look_again
from tests.http.running_group import group

__all__ = ["group"]  # a fixture, used by name

WAITING = "Mentees Waiting"
RUN = "frappe.desk.query_report.run"


@pytest.fixture(scope="module")
def prepared(group, keyed) -> SimpleNamespace:
	"""A coordinator's prepared report with a row in it; Ana coordinates too, and sits in a group."""
	cycle = frappe.db.get_value("Mentoring Group", group.name, "cycle")
	profile, _user = make_member(full_name="Wanda Waits")
	make.make_mentee(cycle, profile=profile)
	maker = keyed(make_staff(COORDINATOR))
	name = maker.call(f"{PREPARED}.make_prepared_report", report_name=WAITING, filters="{}").result["name"]
	assert _job_is_over(name).status == "Completed"
	return SimpleNamespace(
		name=name,
		maker=maker,
		ana=keyed(group.people["ana"][1]),
		member=keyed(group.people["ben"][1]),
	)


@contextmanager
def kept_prepared(report: str) -> Iterator[None]:
	"""Frappe prepares a report by itself, once it took long."""
	frappe.db.set_value("Report", report, "prepared_report", 1)
	frappe.db.commit()
	yield
	frappe.db.set_value("Report", report, "prepared_report", 0)
	frappe.db.commit()


def by_its_name(name: str) -> dict[str, str]:
	return {"report_name": WAITING, "filters": json.dumps({"prepared_report_name": name})}


def test_c7_who_prepared_a_report_has_it(prepared):
	with kept_prepared(WAITING):
		shown = prepared.maker.call(RUN, **by_its_name(prepared.name))
	assert "Wanda" in shown.text
	address = frappe.get_all("File", {"attached_to_name": prepared.name}, pluck="file_url")[0]
	assert prepared.maker.get(address).status == 200


@pytest.mark.parametrize("who", ["ana", "member", "committee"])
def test_c7_prepared_report_of_another_is_read_by_its_name(prepared, committee, who):
	"""The attack: it has the groups that are closed to this coordinator, or the report isn't theirs at all."""
	client = committee if who == "committee" else getattr(prepared, who)
	overview = {**by_its_name(prepared.name), "report_name": "Mentoring Overview"}
	for values in (by_its_name(prepared.name), overview):
		with kept_prepared(values["report_name"]):
			shown = client.call(RUN, **values)
			exported = client.call(
				"frappe.desk.query_report.export_query", file_format_type="CSV", visible_idx="[]", **values
			)
		assert "Wanda" not in shown.text + exported.text
	assert client.get(f"/api/resource/Prepared Report/{prepared.name}").status == 403
	assert prepared.name not in client.get("/api/resource/Prepared Report").text
	assert "Wanda" not in client.get(f"/api/method/{PREPARED}.download_attachment", dn=prepared.name).text
	address = frappe.get_all("File", {"attached_to_name": prepared.name}, pluck="file_url")[0]
	assert client.get(address).status == 403


def test_c7_prepared_report_of_another_is_turned_into_a_file_of_ones_own(prepared, another):
	"""The attack: a job makes a CSV of any prepared report, and gives it to whoever asked."""
	another.client.call(f"{PREPARED}.enqueue_json_to_csv_conversion", prepared_report_name=prepared.name)
	prepared.maker.call(f"{PREPARED}.enqueue_json_to_csv_conversion", prepared_report_name=prepared.name)
	of_maker = None
	until = monotonic() + 120
	while not of_maker and monotonic() < until:  # one worker takes one job after the other
		look_again()
		files = frappe.get_all("File", {"attached_to_name": prepared.name}, ["file_name", "owner"])
		of_maker = [file for file in files if file.file_name.endswith(".csv")]
	assert of_maker, "whoever prepared it has no file"
	assert another.user not in {file.owner for file in files}


@pytest.mark.parametrize("filters", ['["a"]', '"x"', "1", "true", "{", '[["a","=","b"]]'])
@pytest.mark.parametrize("method", ["run", "export_query"])
def test_m8_filters_that_are_no_object_are_refused_in_words(prepared, method, filters):
	answer = prepared.maker.call(
		f"frappe.desk.query_report.{method}",
		report_name=WAITING,
		filters=filters,
		file_format_type="CSV",
		visible_idx="[]",
	)
	assert answer.status == 417, answer.text[:500]
	assert "Send the filters of a report" in answer.words


@pytest.mark.parametrize("filters", ["null", "[]", "{}", ""])
def test_m8_no_filters_are_no_filters(prepared, filters):
	answer = prepared.maker.call(RUN, report_name=WAITING, filters=filters)
	assert answer.status in (200, 417), answer.text[:500]
	assert "Send the filters of a report" not in answer.words
