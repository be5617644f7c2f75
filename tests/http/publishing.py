"""A match run that is published while everybody acts on the same people, and what must hold afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from time import perf_counter

import frappe
from frappe.utils import add_days, nowdate

from benchmarks.matching_desk.association import put_association
from mentor_ispe.mails.default_templates import matches
from mentor_ispe.readings.seats import seats
from mentor_ispe.roles import MEMBER
from mentor_ispe.services.applications import commands
from mentor_ispe.services.matching import publish, rules, runs
from tests import factories as make
from tests.http.client import COORDINATOR_API, MEMBER_API, Answer, Client, at_once
from tests.http.rounds import look_again

WORKER = Path(__file__).with_name("publish_worker.py")
PROPOSAL, RUN = "Mentoring Match Proposal", "Mentoring Match Run"
MATCHING_API = "mentor_ispe.api.matching"
ENTRY = "Membership Roll Entry"


@dataclass
class Scene:
	"""A run ready to be published, and whom the people in it are."""

	cycle: str
	run: str
	pairs: list[tuple[str, str]]
	"""(mentee, mentor) as proposed, in the order of the mentees."""
	refused: set[str] = field(default_factory=set)
	"""Mentees who may get no seat, since something changed before the publication."""
	lapsed_mentors: set[str] = field(default_factory=set)
	withdrawn: dict[str, set[str]] = field(default_factory=lambda: {"Mentee": set(), "Mentor": set()})


def make_scene(mentees: int, mentors: int) -> Scene:
	"""People in a cycle, matched by the engine; committed."""
	cycle = put_association(mentees, mentors)
	run = frappe.get_doc({"doctype": RUN, "cycle": cycle}).insert().name
	frappe.db.set_value(RUN, run, "status", "Running")
	assert runs.carry_out(run) == "Ready"
	frappe.db.commit()
	pairs = frappe.get_all(
		PROPOSAL,
		{"match_run": run, "state": "Proposed"},
		["mentee", "mentor"],
		order_by="mentee",
		as_list=True,
	)
	return Scene(cycle, run, [tuple(pair) for pair in pairs])


def change_before(scene: Scene, mentees: Sequence[str]) -> None:
	"""A third of these withdraw, a third lapse, a third are forbidden their mentors, before it is published."""
	mentor_of = dict(scene.pairs)
	for number, mentee in enumerate(mentees):
		if number % 3 == 0:
			commands.withdraw("Mentee", mentee, "New job")
			scene.withdrawn["Mentee"].add(mentee)
		elif number % 3 == 1:
			make.lapse(frappe.db.get_value("Mentee", mentee, "profile"))
		else:
			rules.set_pair(scene.cycle, "Forbid", mentee, mentor_of[mentee])
	scene.refused.update(mentees)
	frappe.db.commit()


def member_of(doctype: str, name: str, keyed: Callable[[str], Client]) -> Client:
	"""The person behind an application, with a login."""
	user = make.make_user(roles=[MEMBER]).name
	profile = frappe.db.get_value(doctype, name, "profile")
	frappe.db.set_value("Mentoring Profile", profile, "user", user)
	frappe.db.commit()
	return keyed(user)


def calls_of_members(
	scene: Scene, doctype: str, names: Sequence[str], keyed: Callable[[str], Client]
) -> list[Callable[[], Answer]]:
	"""Each of them withdraws with their own login."""
	scene.withdrawn[doctype].update(names)
	return [
		partial(
			member_of(doctype, name, keyed).call,
			f"{MEMBER_API}.withdraw",
			application_doctype=doctype,
			name=name,
			reason="No time after all",
		)
		for name in names
	]


def calls_of_staff(
	scene: Scene, coordinator: Client, withdraw: Sequence[str], lapse: Sequence[str], lower: Sequence[str]
) -> list[Callable[[], Answer]]:
	"""Mentors are withdrawn, memberships end on the roll, mentors' seats are lowered to one."""
	scene.withdrawn["Mentor"].update(withdraw)
	entries = dict(
		frappe.get_all(
			ENTRY, {"email": ("in", [_email(mentee) for mentee in lapse])}, ["email", "name"], as_list=True
		)
	)
	assert len(entries) == len(lapse)
	ended = {"to_date": add_days(nowdate(), -90)}
	return [
		*(
			partial(
				coordinator.call, f"{COORDINATOR_API}.withdraw", doctype="Mentor", name=name, reason="Moved"
			)
			for name in withdraw
		),
		*(partial(coordinator.put, f"/api/resource/{ENTRY}/{name}", ended) for name in entries.values()),
		*(partial(coordinator.put, f"/api/resource/Mentor/{name}", {"seats_offered": 1}) for name in lower),
	]


def _email(mentee: str) -> str:
	return frappe.db.get_value("Mentoring Profile", frappe.db.get_value("Mentee", mentee, "profile"), "email")


def put_in_queue(run: str) -> None:
	"""What the button does, but that no worker takes the job: the processes of this test do it."""
	enqueue, frappe.enqueue = frappe.enqueue, lambda *args, **kwargs: None
	try:
		publish.start(run)
	finally:
		frappe.enqueue = enqueue
	frappe.db.commit()


class Publication:
	"""The job in a process of its own, which waits until it may begin."""

	def __init__(self, site: str, run: str):
		bench = Path(os.environ["MENTOR_BENCH"])
		self.process = subprocess.Popen(
			[sys.executable, WORKER, site, run],
			cwd=bench / "sites",
			env=os.environ | {"PYTHONPATH": str(WORKER.parents[2])},
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
		)
		assert self.process.stdout.readline().strip() == "ready"
		self.seconds = 0.0
		self.begun = 0.0

	def begin(self) -> None:
		self.begun = perf_counter()
		self.process.stdin.write("go\n")
		self.process.stdin.flush()

	def read_until_under_way(self) -> None:
		"""Return when it holds everybody's locks and has made the first groups, or is done."""
		self.said = self.process.stdout.readline()

	def end(self) -> dict[str, int]:
		"""What the job returned."""
		lines = [self.said, *self.process.stdout]
		self.process.wait()
		self.seconds = perf_counter() - self.begun
		assert self.process.returncode == 0
		return json.loads(lines[-1])


def publish_under_fire(
	site: str, run: str, first: Sequence[Callable[[], Answer]], then: Sequence[Callable[[], Answer]]
) -> tuple[list[Publication], list[dict[str, int]], list[Answer]]:
	"""Publish `run` twice at the same moment as the calls of `first`, those of `then` amid it.

	Returns the processes, what each job returned, and the answers; those that asked to try again last.
	"""
	put_in_queue(run)
	jobs = [Publication(site, run) for _ in range(2)]
	asked: list[Answer] = []
	first, then = ([partial(_insist, call, asked) for call in calls] for calls in (first, then))
	with ThreadPoolExecutor(1) as pool:
		begun = [pool.submit(at_once, first)] if first else []
		for job in jobs:
			job.begin()
		readers = [Thread(target=job.read_until_under_way) for job in jobs]
		for reader in readers:
			reader.start()
		_wait_for_any(readers)
		answers = at_once(then) if then else []
		for reader in readers:
			reader.join()
		returned = [job.end() for job in jobs]
		for wave in begun:
			answers += wave.result()
	return jobs, returned, answers + asked


def _insist(call: Callable[[], Answer], asked: list[Answer]) -> Answer:
	"""Do what the answer says when it asks to try again; `asked` gets every answer that did."""
	while "try again" in (answer := call()).words:
		asked.append(answer)
	return answer


def _wait_for_any(threads: Sequence[Thread]) -> None:
	while all(thread.is_alive() for thread in threads):
		threads[0].join(0.01)


def check(scene: Scene, returned: Sequence[dict[str, int]]) -> Counter:
	"""Every rule holds, nobody is lost; returns how many proposals ended in which state."""
	look_again()
	(counts,) = [result for result in returned if result]
	assert frappe.db.get_value(RUN, scene.run, "status") == "Published"
	rows = frappe.get_all(
		PROPOSAL,
		{"match_run": scene.run, "state": ("!=", "Unmatched")},
		["mentee", "mentor", "state", "refusal", "mentoring_group"],
	)
	assert {(row.mentee, row.mentor) for row in rows} == set(scene.pairs)
	states = Counter(row.state for row in rows)
	assert states == {
		state: number
		for state, number in (("Published", counts["published"]), ("Refused", counts["refused"]))
		if number
	}
	assert all(row.refusal for row in rows if row.state == "Refused")
	assert scene.refused <= {row.mentee for row in rows if row.state == "Refused"}
	groups = {
		group.name: group
		for group in frappe.get_all("Mentoring Group", {"cycle": scene.cycle}, ["name", "mentor", "status"])
	}
	published = {row.mentoring_group: row for row in rows if row.state == "Published"}
	assert groups.keys() == published.keys()
	found = seats(list(groups))
	assert {(seat.group, seat.person) for seat in found if not seat.is_mentor} == {
		(name, row.mentee) for name, row in published.items()
	}
	_check_mentors(scene, found)
	_check_mentees(scene, found)
	_check_told(groups)
	return states


def _check_mentors(scene: Scene, found: list) -> None:
	members = Counter(seat.group for seat in found if seat.live and not seat.is_mentor)
	counted = Counter()
	for seat in found:
		if seat.live and seat.is_mentor:
			counted[seat.person] += members[seat.group]
	for row in frappe.get_all(
		"Mentor", {"cycle": scene.cycle}, ["name", "status", "seats_offered", "seats_taken"]
	):
		assert row.seats_taken == counted[row.name], row
		assert row.seats_taken <= row.seats_offered, row
		withdrawn = row.name in scene.withdrawn["Mentor"]
		assert row.status == ("Withdrawn" if withdrawn else "Approved"), row
		assert not (withdrawn and row.seats_taken), row


def _check_mentees(scene: Scene, found: list) -> None:
	live: dict[str, list[str]] = {}
	for seat in found:
		if seat.live and not seat.is_mentor:
			live.setdefault(seat.person, []).append(seat.group)
	for row in frappe.get_all("Mentee", {"cycle": scene.cycle}, ["name", "status", "mentoring_group"]):
		assert live.get(row.name, []) == ([row.mentoring_group] if row.mentoring_group else []), row
		withdrawn = row.name in scene.withdrawn["Mentee"]
		assert row.status == ("Withdrawn" if withdrawn else "Approved"), row
		assert not (withdrawn and row.mentoring_group), row
		assert not (row.name in scene.refused and row.mentoring_group), row


def _check_told(groups: dict) -> None:
	told = Counter(
		frappe.get_all(
			"Mentoring Notice",
			{"reference_name": ("in", list(groups) or [""]), "template": matches.MATCH_PROPOSED},
			pluck="reference_name",
		)
	)
	assert told == dict.fromkeys(groups, 2)
