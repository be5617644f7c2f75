"""Measure publishing a run of 2,000 proposals: alone, and while everybody acts on the same people.

	bench_env/bin/python benchmarks/matching_desk/publish.py --site NAME --bench BENCH_DIR

First in this process, with statements counted, and undone; then by the background job, twice at the
same moment, while over HTTP members and mentors withdraw with their own logins, memberships end on the
roll and coordinators lower mentors' seats. Serves the site itself on a free port; everything is
deleted afterwards. The site must allow tests. Exits with an error when a rule is broken, somebody is
lost, or an answer is an error of the server or speaks of locks.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import frappe
import requests

from benchmarks.matching_desk.association import take_away, there
from benchmarks.matching_desk.measuring import connect, counted, parse, timed
from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.matching import publish
from tests.http import publishing
from tests.http.client import Client
from tests.http.people import make_api_key, make_staff
from tests.http.rounds import Tally

WORKERS = 4
SITE_HEADER = "X-Frappe-Site-Name"
ACTING = 40
"""How many act in each way: mentees who withdraw, mentors who do, memberships, seats."""


def main() -> int:
	parser = parse(__doc__.splitlines()[0])
	parser.add_argument("--mentees", type=int, default=2000)
	parser.add_argument("--mentors", type=int, default=800)
	options = parser.parse_args()
	os.environ["MENTOR_BENCH"] = bench = str(Path(options.bench).resolve())
	connect(options.site, bench)
	frappe.local.conf.throttle_user_limit = 10 * ACTING
	before = there()
	try:
		scene = publishing.make_scene(options.mentees, options.mentors)
		report_alone(scene)
		with served(options.site, bench) as url:
			report_under_fire(scene, options.site, url)
	finally:
		frappe.db.rollback()
		take_away(before)
		frappe.destroy()
	return 0


def report_alone(scene: publishing.Scene) -> None:
	pairs = len(scene.pairs)
	processor = time.process_time()
	with counted() as statements:
		seconds, counts = timed(lambda: publish.publish(scene.run))
	processor = time.process_time() - processor
	frappe.db.rollback()
	frappe.local.cache = {}
	print(
		f"{pairs} proposals published in one transaction in {seconds:.1f} s ({processor:.1f} s of this "
		f"process's own, the rest in the database or waiting): {counts}"
	)
	print(f"{len(statements)} statements, {len(statements) / pairs:.1f} for each group")


def report_under_fire(scene: publishing.Scene, site: str, url: str) -> None:
	def keyed(user: str) -> Client:
		client = Client(url, make_api_key(user))
		client.headers[SITE_HEADER] = site
		return client

	coordinator = keyed(make_staff(COORDINATOR, "System Manager"))
	mentees = iter([mentee for mentee, _mentor in scene.pairs])
	mentors = iter(sorted({mentor for _mentee, mentor in scene.pairs}))

	def some(names: Iterator[str]) -> list[str]:
		return [next(names) for _ in range(ACTING // 2)]

	publishing.change_before(scene, some(mentees) + some(mentees))
	first, then = (
		[
			*publishing.calls_of_members(scene, "Mentee", some(mentees), keyed),
			*publishing.calls_of_members(scene, "Mentor", some(mentors), keyed),
			*publishing.calls_of_staff(scene, coordinator, some(mentors), some(mentees), some(mentors)),
		]
		for _wave in range(2)
	)
	jobs, returned, answers = publishing.publish_under_fire(site, scene.run, first, then)
	tally = Tally("under fire")
	tally.take(answers)
	states = publishing.check(scene, returned)
	print(f"{tally}; published in {min(job.seconds for job in jobs):.1f} s: {dict(states)}")
	print("No rule broken, nobody lost, nobody told twice.")


@contextmanager
def served(site: str, bench: str) -> Iterator[str]:
	"""The site on a free port."""
	with socket.socket() as free:
		free.bind(("127.0.0.1", 0))
		port = free.getsockname()[1]
	command = [sys.executable, "-m", "gunicorn", "frappe.app:application", "--preload", "--timeout=120"]
	process = subprocess.Popen(
		[*command, f"--workers={WORKERS}", f"--bind=127.0.0.1:{port}"],
		cwd=Path(bench) / "sites",
		stdout=subprocess.DEVNULL,
		stderr=subprocess.DEVNULL,
	)
	url = f"http://127.0.0.1:{port}"
	try:
		while not _answers(url, site):
			assert process.poll() is None, "the server didn't start"
		yield url
	finally:
		process.terminate()
		process.wait()


def _answers(url: str, site: str) -> bool:
	try:
		return requests.get(f"{url}/api/method/ping", headers={SITE_HEADER: site}, timeout=60).ok
	except requests.ConnectionError:
		time.sleep(0.2)
		return False


if __name__ == "__main__":
	sys.exit(main())
