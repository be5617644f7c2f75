"""The committee's report, when two schedulers run at the same moment, or one of them dies."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.clock import today
from mentor_ispe.domain.months import add_months
from mentor_ispe.mails.default_templates.digests import COMMITTEE_REPORT
from mentor_ispe.roles import COMMITTEE
from tests import factories as make
from tests.http.client import at_once
from tests.http.people import make_staff

WORKER = Path(__file__).with_name("committee_worker.py")
API = "mentor_ispe.api.committee"
REPORT, NOTICE = "Mentoring Committee Report", "Mentoring Notice"


@pytest.fixture(scope="module")
def scene(site) -> SimpleNamespace:
	"""A program whose first two months were over yesterday, with three recipients; committed."""
	members = [make_staff(COMMITTEE) for _number in range(3)]
	program = make.make_program(
		report_every_months=2, recipients=[{"user": member, "email": member} for member in members]
	).name
	start = add_months(today(), -2)
	cycle = make.make_cycle(
		program,
		application_from=start - timedelta(days=60),
		application_until=start - timedelta(days=20),
		start_date=start,
		end_date=add_months(start, 12),
	)
	frappe.db.set_value("Mentoring Cycle", cycle.name, "status", "Running")
	account = frappe.new_doc("Email Account")
	account.update({"name": "Committee", "email_account_name": "Committee", "email_id": "out@example.org"})
	account.update({"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "localhost"})
	account.db_insert()
	frappe.db.commit()
	yield SimpleNamespace(program=program, members=members, day=add_months(start, 2), site=site)
	frappe.db.rollback()
	frappe.db.delete("Email Account", {"name": "Committee"})
	for mail in frappe.get_all("Email Queue", {"message_id": ("like", "mentoring-%")}, pluck="name"):
		frappe.db.delete("Email Queue Recipient", {"parent": mail})
		frappe.db.delete("Email Queue", {"name": mail})
	frappe.db.commit()


def begin(scene: SimpleNamespace, *steps: str) -> list[subprocess.Popen]:
	"""Processes that do these steps, let go at the same moment."""
	started = [
		subprocess.Popen(
			[sys.executable, WORKER, scene.site, step, str(scene.day)],
			cwd=Path(os.environ["MENTOR_BENCH"]) / "sites",
			env=os.environ | {"PYTHONPATH": str(WORKER.parents[2])},
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
		)
		for step in steps
	]
	for process in started:
		assert process.stdout.readline().strip() == "ready"
	for process in started:
		process.stdin.write("go\n")
		process.stdin.flush()
	return started


def end(process: subprocess.Popen) -> object:
	said, _nothing = process.communicate(timeout=120)
	assert process.returncode == 0, said
	return json.loads(said.splitlines()[-1])


def reports(scene: SimpleNamespace) -> list:
	frappe.db.rollback()
	return frappe.get_all(REPORT, {"program": scene.program}, ["name", "from_date", "to_date"])


def notices() -> list:
	frappe.db.rollback()
	return frappe.get_all(NOTICE, {"template": COMMITTEE_REPORT}, ["recipient", "status", "email_queue"])


def test_two_schedulers_and_one_that_died_tell_everybody_once(scene):
	(dying,) = begin(scene, "die")
	assert dying.stdout.readline().strip() == "kept"
	dying.kill()
	dying.communicate()
	assert (reports(scene), notices()) == ([], [])

	told = [end(process) for process in begin(scene, "report", "report")]
	assert Counter(program for each in told for program in each)[scene.program] == 1
	(report,) = reports(scene)
	assert (report.from_date, report.to_date) == (add_months(scene.day, -2), scene.day - timedelta(days=1))
	files = frappe.get_all("File", {"attached_to_name": report.name}, ["file_name", "is_private"])
	assert len([file for file in files if ".xlsx" in file.file_name]) == 1
	assert all(file.is_private for file in files)

	assert [end(process) for process in begin(scene, "mails", "mails")] == ["done", "done"]
	assert sorted((notice.recipient, notice.status) for notice in notices()) == sorted(
		(member, "Queued") for member in scene.members
	)
	queued = frappe.get_all(
		"Email Queue Recipient",
		{"parent": ("in", frappe.get_all("Email Queue", {"reference_name": report.name}, pluck="name"))},
		pluck="recipient",
	)
	assert sorted(queued) == sorted(scene.members)


def test_send_now_pressed_twice_at_the_same_moment_sends_once(scene, coordinator):
	program = make.make_program(
		recipients=[{"user": scene.members[0], "email": scene.members[0]}], report_every_months=2
	).name
	frappe.db.commit()
	press = partial(coordinator.call, f"{API}.send_now", program=program)
	answers = at_once([press, press, press])
	assert sorted(answer.status for answer in answers) == [200, 417, 417], [each.words for each in answers]
	assert all("nothing new" in answer.words for answer in answers if not answer.ok)
	frappe.db.rollback()
	(report,) = frappe.get_all(REPORT, {"program": program}, ["name", "to_date"])
	assert report.to_date == today() - timedelta(days=1)
	assert frappe.db.count(NOTICE, {"reference_name": report.name}) == 1


def test_the_committee_reads_what_was_sent_and_sends_nothing(scene, committee, guest, coordinator):
	(report,) = reports(scene)
	shown = committee.call(f"{API}.shown", report=report.name)
	assert (
		"data:image/png;base64," in shown.result["html"]
		or "Needs the committee's attention" in shown.result["html"]
	)
	assert committee.call(f"{API}.send_now", program=scene.program).status == 403
	assert committee.call(f"{API}.preview", program=scene.program).status == 403
	assert guest.call(f"{API}.shown", report=report.name).status == 403
	written = coordinator.put(f"/api/resource/{REPORT}/{report.name}", {"subject": "All is well"})
	assert written.status == 403
	file = frappe.get_all("File", {"attached_to_name": report.name}, pluck="file_url")[0]
	assert committee.get(file).status == 200
	assert guest.get(file).status == 403
