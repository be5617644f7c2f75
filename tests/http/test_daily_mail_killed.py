"""The daily mail in processes that race and are killed: every notice in exactly one mail of its person.

On a real site, with real commits.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import frappe
import pytest
from frappe.utils import now_datetime

from mentor_ispe.demo import clock
from mentor_ispe.mails import outbox
from mentor_ispe.mails.default_templates.matches import SEAT_ENDED
from tests import factories as make

WORKER = Path(__file__).with_name("mail_worker.py")
NOTICE = "Mentoring Notice"
PEOPLE, MATTERS = 8, 3


@pytest.fixture
def keys(site) -> Iterator[str]:
	"""What the keys begin with; each of the people has some matters for the day, and its hour has come."""
	prefix = make.unique("daily")
	people = [make.make_profile(member=False, mail_rhythm="One a Day").name for _ in range(PEOPLE)]
	with clock.at(now_datetime() - timedelta(days=2)):
		outbox.enqueue_all(
			outbox.Notice(
				f"{prefix}:{profile}:{number}",
				SEAT_ENDED,
				profile,
				context={"group": f"Group {number}", "cycle": "C", "reason": ""},
			)
			for profile in people
			for number in range(MATTERS)
		)
	frappe.db.commit()
	yield prefix
	queues = {row.email_queue for row in notices(prefix) if row.email_queue}
	frappe.db.delete("Email Queue Recipient", {"parent": ("in", sorted(queues) or [""])})
	frappe.db.delete("Email Queue", {"name": ("in", sorted(queues) or [""])})
	frappe.db.commit()


def start(site: str, keys: str, *more: str) -> subprocess.Popen:
	"""A process that is connected and waits for the word."""
	process = subprocess.Popen(
		[sys.executable, WORKER, site, keys, *more],
		cwd=Path(os.environ["MENTOR_BENCH"]) / "sites",
		env=os.environ | {"PYTHONPATH": str(WORKER.parents[2])},
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		text=True,
	)
	assert process.stdout.readline().strip() == "ready"
	return process


def go(process: subprocess.Popen) -> None:
	process.stdin.write("go\n")
	process.stdin.flush()


def finish(process: subprocess.Popen) -> dict:
	said, _nothing = process.communicate(timeout=120)
	assert process.returncode == 0, said
	return json.loads(said.splitlines()[-1])


def notices(keys: str) -> list[frappe._dict]:
	frappe.db.rollback()  # see what the others have committed
	return frappe.get_all(
		NOTICE,
		{"notice_key": ("like", f"{keys}%")},
		["name", "profile", "recipient", "status", "email_queue"],
	)


def mails(keys: str) -> Counter[str]:
	"""How many mails there are to each of the people."""
	addresses = {row.recipient for row in notices(keys)}
	return Counter(
		frappe.get_all("Email Queue Recipient", {"recipient": ("in", sorted(addresses))}, pluck="recipient")
	)


def check(keys: str) -> None:
	"""Everybody got one mail, and it is the one that each of their notices names."""
	found = notices(keys)
	assert Counter(row.status for row in found) == {"Queued": PEOPLE * MATTERS}
	assert len({(row.profile, row.email_queue) for row in found}) == PEOPLE
	assert set(mails(keys).values()) == {1}
	assert len(mails(keys)) == PEOPLE


def test_two_jobs_at_the_same_moment_make_one_mail_for_each_person(site, keys):
	jobs = [start(site, keys) for _ in range(2)]
	for job in jobs:
		go(job)
	done = [finish(job) for job in jobs]
	assert sum(each["queued"] for each in done) == PEOPLE * MATTERS, done
	assert [each["failed"] for each in done] == [0, 0]
	check(keys)


def test_killed_when_a_mail_is_written_and_not_committed_nothing_is_lost_or_sent_twice(site, keys):
	job = start(site, keys, "halt")
	go(job)
	assert job.stdout.readline().strip() == "written"
	other = start(site, keys)
	go(other)
	job.kill()
	job.communicate()
	assert job.returncode == -9
	first = finish(other)
	again = start(site, keys)
	go(again)
	second = finish(again)
	assert first["queued"] + second["queued"] == PEOPLE * MATTERS, (first, second)
	check(keys)
