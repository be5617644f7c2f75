"""Measure the scheduled jobs over a year of groups that live.

	bench_env/bin/python benchmarks/year/run.py --site NAME --bench BENCH_DIR [--groups 300]

Twice in one transaction that is never committed: a tenth of the groups first, then all. Pairs, groups
with a moderator and circles over the demo's programs; 365 nights with every job of the scheduler, and
between them a meeting a month, feedback given and not given, lapses and renewals, endings, extensions.
Prints the statements of each job (what a night takes anyway, what each group with something to do adds),
how long the nights take, and the mails of a person and month. Exits 1 when an idle night's statements
depend on the number of groups, when a mail isn't handed on, or when a group is left open at the end. The
site must allow tests; nothing stays on it.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import frappe

from benchmarks.matching_desk.measuring import connect, parse
from benchmarks.year.association import BEGINNING, Association
from benchmarks.year.figures import Year, report_jobs, report_mails, report_nights
from benchmarks.year.life import Life
from benchmarks.year.nights import Meter, live_night
from mentor_ispe.concurrency.after_commit import PLANNED

NIGHTS = 365


def main() -> int:
	parser = parse(__doc__.splitlines()[0])
	parser.add_argument("--groups", type=int, default=300)
	parser.add_argument("--nights", type=int, default=NIGHTS)
	parser.add_argument("--one-mail-of", type=int, default=1, help="write one mail of so many, to save time")
	parser.add_argument("--small", type=int, help="groups of the smaller year: a tenth, at least 30; 0: none")
	parser.add_argument("--report-every", type=int, default=0, help="print the figures every so many nights")
	parser.add_argument("--minutes", type=float, default=0, help="end the larger year early after so many")
	options = parser.parse_args()
	connect(options.site, options.bench)
	frappe.flags.in_test = True
	frappe.db.commit = _begin_anew
	try:
		few = max(30, options.groups // 10) if options.small is None else options.small
		small, bad_small = live_year(few, options) if few else (None, False)
		large, bad_large = live_year(options.groups, options, options.minutes)
		grows = report_jobs(small or large, large)
		for job in grows:
			print(f"AN IDLE NIGHT DEPENDS ON THE NUMBER OF GROUPS: {job}")
		return int(bool(grows) or bad_small or bad_large)
	finally:
		_take_back()
		frappe.destroy()


def live_year(groups: int, options: Namespace, minutes: float = 0) -> tuple[Year, bool]:
	"""Live a year with so many groups, and take it back; whether something was left open at its end."""
	start = perf_counter()
	errors = frappe.db.count("Error Log")
	association = Association(groups)
	association.found()
	profiles = {member.profile for group in association.groups for member in group.members}
	homes = {member.profile: group.name for group in association.groups for member in group.members}
	print(f"{groups} groups, {len(profiles)} people made in {perf_counter() - start:.0f} s", flush=True)

	def group_of(row: dict[str, Any]) -> str:
		about_group = row["reference_doctype"] == "Mentoring Group"
		return row["reference_name"] if about_group else homes.get(row["profile"], str(row["reference_name"]))

	life = Life(association)
	runs, lived = [], 0.0
	with Meter().counting() as meter:
		for number in range(1, options.nights + 1):
			day = BEGINNING + timedelta(days=number)
			runs += live_night(day, meter, group_of, options.one_mail_of)
			began = perf_counter()
			life.live(day)
			lived += perf_counter() - began
			_begin_anew()
			if number % 30 == 0:
				jobs = sum(run.seconds for run in runs)
				print(
					f"  night {number} after {perf_counter() - start:.0f} s, jobs {jobs:.0f} s, members {lived:.0f} s",
					flush=True,
				)
			if options.report_every and number % options.report_every == 0:
				so_far = Year(groups, len(profiles), runs, lived)
				report_all(so_far, life, profiles, options)
				report_jobs(so_far, so_far)
			if minutes and perf_counter() - start > 60 * minutes:
				print(f"ended early, after night {number}")
				break
	year = Year(groups, len(profiles), runs, lived)
	report_all(year, life, profiles, options)
	bad = number >= NIGHTS and is_left_open(association)
	if frappe.db.count("Error Log") > errors:
		print(
			"ERRORS WERE LOGGED:",
			frappe.get_all("Error Log", pluck="method", limit=5, order_by="creation desc"),
		)
		bad = True
	_take_back()
	return year, bad


def report_all(year: Year, life: Life, profiles: set[str], options: Namespace) -> None:
	"""Print everything but the comparison of two years."""
	report_nights(year, options.one_mail_of)
	report_mails(profiles, BEGINNING)
	print(f"done: {dict(life.done)}")
	print(f"refused: {dict(life.refused.most_common(6))}", flush=True)


def is_left_open(association: Association) -> bool:
	"""Whether a group of the year still runs, or a mail was not handed to the queue; says which."""
	cycles = sorted({group.cycle for group in association.groups})
	left = frappe.get_all(
		"Mentoring Group",
		{"cycle": ("in", cycles), "status": ("not in", ("Completed", "Ended Early", "Cancelled"))},
		["name", "status"],
	)
	statuses = frappe.get_all("Mentoring Cycle", {"name": ("in", cycles)}, pluck="status")
	mails = frappe.db.count(
		"Mentoring Notice", {"status": ("in", ("Pending", "Failed")), "not_before": ("is", "not set")}
	)
	print(f"at the end: cycles {sorted(set(statuses))}, groups left open {len(left)}, mails waiting {mails}")
	return bool(left or mails or set(statuses) != {"Completed"})


def _begin_anew(*_args: Any, **_kwargs: Any) -> None:
	"""In the place of a commit: nothing is kept, and Frappe's limits for a transaction begin anew."""
	frappe.db.transaction_writes = 0
	for callbacks in ("before_commit", "after_commit", "before_rollback", "after_rollback"):
		getattr(frappe.db, callbacks).reset()
	frappe.flags.pop(PLANNED, None)
	frappe.local.message_log = []


def _take_back() -> None:
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.local.cache = {}
	frappe.clear_cache()
	frappe.db.value_cache.clear()


if __name__ == "__main__":
	sys.exit(main())
