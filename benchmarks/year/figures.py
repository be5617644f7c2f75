"""What the nights of a year come to: constants by job, the mails of a person and month, what is odd."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import frappe

from benchmarks.year.nights import FLUSH, Run

MONTH_DAYS = 30
MOST_GROWTH = 0.12
"""Statements an idle night may take more for another group: people are swept 500 at a time in eleven
statements, and there are four to a group; what is done for each group takes at least one."""


@dataclass(frozen=True)
class Line:
	"""A straight line through points: what a night takes anyway, and what each group adds."""

	fixed: float
	each: float


@dataclass(frozen=True)
class Year:
	"""All runs of a year with so many groups, and the seconds that the members' own doings took."""

	groups: int
	people: int
	runs: list[Run]
	lived: float


def fit(points: Iterable[tuple[float, float]]) -> Line:
	"""The line of least squares."""
	xs, ys = zip(*points, strict=True)
	if len(set(xs)) < 2:
		return Line(statistics.mean(ys), 0.0)
	line = statistics.linear_regression(xs, ys)
	return Line(line.intercept, line.slope)


def by_job(year: Year) -> dict[str, list[Run]]:
	found: dict[str, list[Run]] = defaultdict(list)
	for run in year.runs:
		found[run.job].append(run)
	return found


def idle(runs: Iterable[Run]) -> list[int]:
	"""The statements of the nights in which a job had nothing to do."""
	return [run.statements for run in runs if not run.things]


def report_jobs(small: Year, large: Year) -> list[str]:
	"""Print the constants of each job; returns the jobs whose idle nights grow with the groups."""
	print(
		f"\n{'job':<34} {'idle nights':>11} {'statements':>12} {'idle nights':>11} {'statements':>12} "
		f"{'idle, each':>10} {'fixed':>8} {'+ a group':>9} {'busiest':>8} {'seconds':>8} {'share':>6}"
	)
	print(f"{'':<34} {f'{small.groups} groups':>24} {f'{large.groups} groups':>24}")
	grows = []
	few, many = by_job(small), by_job(large)
	whole = sum(run.seconds for run in large.runs)
	for job, runs in many.items():
		idle_few, idle_many = idle(few[job]), idle(runs)
		line = fit((run.groups, run.statements) for run in runs)
		growth = None
		if idle_few and idle_many and large.groups > small.groups:
			growth = (statistics.median(idle_many) - statistics.median(idle_few)) / (
				large.groups - small.groups
			)
			if growth > MOST_GROWTH:
				grows.append(job)
		seconds = sum(run.seconds for run in runs)
		print(
			f"{job:<34} {len(idle_few):>11} {_spread(idle_few):>12} {len(idle_many):>11} "
			f"{_spread(idle_many):>12} {'' if growth is None else f'{growth:.3f}':>10} "
			f"{line.fixed:>8.1f} {line.each:>9.2f} {max(run.statements for run in runs):>8} "
			f"{seconds:>8.1f} {seconds / whole:>6.0%}"
		)
	return grows


def _spread(statements: list[int]) -> str:
	if not statements:
		return "–"
	least, most = min(statements), max(statements)
	middle = statistics.median(statements)
	return f"{middle:.0f}" if least == most else f"{middle:.0f} ({least}–{most})"


def report_nights(year: Year, one_mail_of: int) -> None:
	"""Print what whole nights took, with the mails and without; `one_mail_of` of them was written."""
	nights: dict[date, list[Run]] = defaultdict(list)
	for run in year.runs:
		nights[run.night].append(run)
	seconds = {night: sum(run.seconds for run in runs) for night, runs in nights.items()}
	slowest = max(seconds, key=seconds.__getitem__)
	worst = max(year.runs, key=lambda run: run.seconds)
	jobs = [
		sum(run.statements for run in runs if run.job != FLUSH) for _night, runs in sorted(nights.items())
	]
	mails = sum(run.things for run in year.runs if run.job == FLUSH)
	flush = [run for run in year.runs if run.job == FLUSH]
	print(f"\n{year.groups} groups, {year.people} people, {len(nights)} nights")
	print(
		f"all nights {sum(seconds.values()):.0f} s, of it the mails {sum(run.seconds for run in flush):.0f} s; "
		f"median night {statistics.median(seconds.values()):.2f} s"
	)
	slow = ", ".join(
		f"{run.job} {run.seconds:.1f} s" for run in sorted(nights[slowest], key=lambda run: -run.seconds)[:3]
	)
	print(f"slowest night {slowest}: {seconds[slowest]:.1f} s ({slow})")
	print(f"slowest run of a job: {worst.job} {worst.night}: {worst.seconds:.1f} s for {worst.things} things")
	print(
		f"statements of a night's jobs without the mails: least {min(jobs)}, median {statistics.median(jobs):.0f}, "
		f"most {max(jobs)}; a group and night {statistics.mean(jobs) / year.groups:.2f}"
	)
	line = fit((run.things, run.statements) for run in flush)
	if one_mail_of > 1:
		print(f"one mail of {one_mail_of} was written: multiply its seconds")
	print(f"mails {mails}: {line.fixed:.1f} statements a night and {line.each:.2f} for each mail")
	print(f"the members' own steps took {year.lived:.0f} s")


def report_mails(profiles: set[str], first: date) -> None:
	"""Print how many mails a person gets in a month, and of which kinds."""
	rows = frappe.get_all(
		"Mentoring Notice",
		{"profile": ("in", sorted(profiles))},
		["profile", "template", "creation", "status"],
	)
	months: Counter[tuple[str, int]] = Counter()
	kinds: Counter[str] = Counter()
	most_of_a_kind: Counter[tuple[str, str, int]] = Counter()
	most_in_a_day: Counter[tuple[str, date]] = Counter()
	waiting = sum(row.status != "Queued" for row in rows)
	for row in rows:
		day = row.creation.date()
		month = max(0, (day - first).days // MONTH_DAYS)
		months[row.profile, month] += 1
		kinds[row.template] += 1
		most_of_a_kind[row.template, row.profile, month] += 1
		most_in_a_day[row.profile, day] += 1
	number = 1 + max(month for _profile, month in months)
	counts = [months[profile, month] for profile in profiles for month in range(number)]
	print(f"\nmails to people: {len(rows)}, {waiting} not handed on")
	print(
		f"a person and month: mean {statistics.mean(counts):.2f}, median {statistics.median(counts):.0f}, "
		f"95 % up to {statistics.quantiles(counts, n=20)[-1]:.0f}, most {max(counts)}; "
		f"most to one person on a day {max(most_in_a_day.values())}"
	)
	print(f"{'mail':<48} {'in the year':>11} {'a person, month':>15} {'most to one':>11}")
	for template, count in kinds.most_common():
		most = max(n for (kind, _p, _m), n in most_of_a_kind.items() if kind == template)
		print(f"{template:<48} {count:>11} {count / len(counts):>15.2f} {most:>11}")
	busiest = months.most_common(1)[0][0]
	held = Counter(t for (t, p, m), n in most_of_a_kind.items() for _ in range(n) if (p, m) == busiest)
	print(f"the most in a month (month {busiest[1]}): {dict(held.most_common())}")
	staff = frappe.get_all(
		"Mentoring Notice", {"profile": ("is", "not set")}, ["recipient", "template", "creation"]
	)
	to_staff = Counter((row.recipient, (row.creation.date() - first).days // MONTH_DAYS) for row in staff)
	if to_staff:
		print(
			f"mails to staff: {len(staff)}, most to one address in a month {max(to_staff.values())}: "
			f"{dict(Counter(row.template for row in staff).most_common(6))}"
		)
