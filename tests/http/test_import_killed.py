"""An import that is killed at random moments, and then carried out by two processes at once: everybody once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest

from mentor_ispe.api import imports as api
from mentor_ispe.jobs import imports as jobs
from mentor_ispe.services.imports import state
from tests.http.import_worker import BATCH
from tests.site.importing.desk_import import IMPORT, as_csv, email, start

WORKER = Path(__file__).with_name("import_worker.py")
APP = WORKER.parents[2]
BENCH = Path(os.environ.get("MENTOR_BENCH", "."))
PROFILE, TOPIC = "Mentoring Profile", "Mentoring Topic"
ROWS = 12 * BATCH


@pytest.fixture
def addresses(site, monkeypatch) -> Iterator[list[str]]:
	"""Whom the file lists; the jobs are done by this test alone."""
	monkeypatch.setattr(state, "enqueue", lambda *args, **options: None)
	monkeypatch.setattr(state, "is_abandoned", lambda _doc: True)
	found = [email() for _number in range(ROWS)]
	yield found
	frappe.db.rollback()
	for name in frappe.get_all(PROFILE, {"email": ("in", found)}, pluck="name"):
		frappe.delete_doc(PROFILE, name, force=True)
	frappe.db.commit()


def checked(addresses: list[str]) -> str:
	"""An import whose rows wait."""
	rows = [
		("Ada", f"Number {at}", address, "", "", f"Topic {addresses[0]}", "")
		for at, address in enumerate(addresses)
	]
	name = start(as_csv(*rows)).name
	form = api.columns(name)["form"]
	api.check(name, form["columns"], form["values"])
	frappe.db.commit()
	jobs.check(name, frappe.db.get_value(IMPORT, name, "attempt"))
	return name


def process(name: str, attempt: int) -> subprocess.Popen:
	command = [sys.executable, WORKER, frappe.local.site, name, str(attempt)]
	return subprocess.Popen(
		command,
		cwd=BENCH / "sites",
		env=os.environ | {"PYTHONPATH": str(APP)},
		stdout=subprocess.PIPE,
		text=True,
	)


def begin(name: str, step) -> int:
	frappe.db.rollback()
	step(name)
	frappe.db.commit()
	return frappe.db.get_value(IMPORT, name, "attempt")


def kill(name: str, attempt: int, commits: int, seconds: float) -> None:
	"""Let it commit so many batches, and kill it so many seconds later."""
	worker = process(name, attempt)
	for _ in range(commits):
		assert worker.stdout.readline().strip() == "committed"
	with pytest.raises(subprocess.TimeoutExpired):
		worker.wait(timeout=seconds)
	worker.kill()
	worker.communicate()
	assert worker.returncode == -9


def test_an_import_killed_twice_and_done_by_two_at_once_brings_everybody_in_once(addresses):
	seed = random.randrange(10**6)
	print(f"random moments of seed {seed}")
	moments = random.Random(seed)
	name = checked(addresses)
	first = begin(name, api.carry_out)
	kill(name, first, moments.randint(1, 3), moments.uniform(0, 0.05))
	kill(name, begin(name, api.resume), moments.randint(1, 3), moments.uniform(0, 0.05))
	frappe.db.rollback()
	between = api.current_state(name)["statuses"]
	assert between["Imported"] % BATCH == 0
	assert between["Waiting"] > 0

	latest = begin(name, api.resume)
	together = [process(name, attempt) for attempt in (latest, latest, first)]
	assert [worker.wait(timeout=300) for worker in together] == [0, 0, 0]
	assert together[2].stdout.read().count("committed") <= 1, "the first job is no longer wanted"

	frappe.db.rollback()
	found = api.current_state(name)
	assert (found["status"], found["statuses"]) == ("Imported", {"Imported": ROWS})
	there = frappe.get_all(PROFILE, {"email": ("in", addresses)}, pluck="email")
	assert sorted(there) == sorted(addresses)
