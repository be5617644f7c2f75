"""The sweep over 20,000 profiles, killed at random moments and run again: every mail exactly once.

On a throwaway site, with real commits, in processes that are really killed.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

WORKER = Path(__file__).with_name("sweep_worker.py")
APP = WORKER.parents[2]
BENCH = Path(os.environ.get("MENTOR_BENCH", "."))
NEW_SITE = BENCH / "apps" / "mentor_ispe" / "bin" / "new-site"
PEOPLE, GRACE, LAPSED, RENEWED = 20_000, 400, 60, 20  # as in the worker


@pytest.fixture
def throwaway() -> Iterator[str]:
	"""A site of its own, gone afterwards."""
	name = f"sweep-{os.getpid()}.localhost"
	subprocess.run([NEW_SITE, name], check=True)
	yield name
	subprocess.run([NEW_SITE, "--drop", name], check=True)


def start(site: str, step: str) -> subprocess.Popen:
	return subprocess.Popen(
		[sys.executable, WORKER, site, step],
		cwd=BENCH / "sites",
		env=os.environ | {"PYTHONPATH": str(APP)},
		stdout=subprocess.PIPE,
		text=True,
	)


def finish(process: subprocess.Popen) -> str:
	"""What the process printed last, when it ended well."""
	said, _nothing = process.communicate(timeout=300)
	assert process.returncode == 0, said
	return said.splitlines()[-1] if said.strip() else ""


def kill(site: str, phase: str, commits: int, seconds: float) -> None:
	"""Start a run and kill it so many `commits` and `seconds` after it began the phase."""
	process = start(site, "run")
	while (line := process.stdout.readline()) and line.strip() != phase:
		pass
	for _ in range(commits):
		assert process.stdout.readline().strip() == "committed"
	with pytest.raises(subprocess.TimeoutExpired):
		process.wait(timeout=seconds)
	process.kill()
	process.communicate()
	assert process.returncode == -9


def person(number: int) -> str:
	return f"p{number:06}"


def test_a_sweep_killed_at_three_moments_and_run_twice_at_once_announces_everything_once(throwaway):
	seed = random.randrange(10**6)
	print(f"random moments of seed {seed}")
	moments = random.Random(seed)
	finish(start(throwaway, "prepare"))

	kill(throwaway, "sweeping", moments.randint(0, 10), moments.uniform(0, 0.2))
	kill(throwaway, "sweeping", moments.randint(10, 40), moments.uniform(0, 0.2))
	kill(throwaway, "flushing", moments.randint(20, 150), moments.uniform(0, 0.05))
	between = json.loads(finish(start(throwaway, "check")))
	together = [start(throwaway, "run") for _ in range(2)]
	for process in together:
		assert json.loads(finish(process))["failed"] == []
	there = json.loads(finish(start(throwaway, "check")))

	assert there["states"] == {"Active": PEOPLE - GRACE - LAPSED, "Grace": GRACE, "Lapsed": LAPSED}
	lapsed = range(GRACE, GRACE + LAPSED)
	renewed = range(GRACE + LAPSED, GRACE + LAPSED + RENEWED)
	assert there["seats"] == {
		**{person(number): "Suspended" for number in lapsed},
		**{person(number): "Active" for number in renewed},
	}
	expected = Counter(
		[("Mentoring: Membership in Grace", person(number), "Queued") for number in range(GRACE)]
		+ [("Mentoring: Seat Suspended", person(number), "Queued") for number in lapsed]
		+ [("Mentoring: Seat Restored", person(number), "Queued") for number in renewed]
	)
	assert Counter(map(tuple, there["notices"])) == expected
	assert Counter(there["mails"]) == Counter(there["names"])
	assert 0 < len(between["mails"]) < len(there["mails"]), "the last kill came while mails were queued"
