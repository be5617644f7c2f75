"""Regular meetings: every day of the months asked for lies within one rhythm of a meeting of both.

With a meeting a month, six months are covered when no two meetings in them are further apart than two
months and the first and the last are within a month of their edges. So one meeting may fall out, and a
longer break starts the count anew after it. Meetings in person are counted apart, as they are preferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from mentor_ispe.domain.credit.findings import AT_RISK, MET, NOT_MET, ON_TRACK, Finding, found
from mentor_ispe.domain.months import DAY, Rhythm, last_day_of
from mentor_ispe.domain.partnership import Partnership
from mentor_ispe.domain.violations import N_


@dataclass(frozen=True)
class Run:
	"""Days in a row that lie within a rhythm of a meeting; `last` isn't cut off at today."""

	first: date
	last: date


def runs(days: Iterable[date], start: date, rhythm: Rhythm) -> list[Run]:
	"""The days that these meetings cover, not before `start`, joined where they touch."""
	joined: list[Run] = []
	for day in sorted(days):
		first, last = max(start, rhythm.before(day)), rhythm.after(day)
		if joined and first <= joined[-1].last + DAY:
			joined[-1] = Run(joined[-1].first, max(joined[-1].last, last))
		else:
			joined.append(Run(first, last))
	return joined


def regular(pair: Partnership, on: date, months: int) -> Finding:
	"""Regular meetings over so many calendar months."""
	met = pair.both_met(on)
	days = [meeting.day for meeting in met]
	covered = runs(days, pair.start, pair.rhythm)
	counts: dict[str, Any] = {"meetings": len(met), "in_person": sum(meeting.in_person for meeting in met)}
	until = pair.until(on)
	for run in covered:
		if last_day_of(run.first, months) <= min(run.last, until):
			return found(
				MET,
				"regular",
				N_(
					"Because they met {meetings} times, {in_person} of these in person, and regularly from {first} to {last}."
				),
				first=run.first,
				last=min(run.last, until),
				**counts,
			)
	if pair.over(on):
		return _too_few(pair, days, until, months, counts)
	return _running(pair, on, months, days, covered, counts)


def _too_few(
	pair: Partnership, days: list[date], until: date, months: int, counts: dict[str, Any]
) -> Finding:
	if not days:
		return found(
			NOT_MET,
			"never_met",
			N_("Because no meeting of the two is recorded from {start} to {end}."),
			start=pair.start,
			end=until,
		)
	after, before = longest_gap([pair.start, *days, until])
	return found(
		NOT_MET,
		"irregular",
		N_(
			"Because they met {meetings} times, {in_person} of these in person, but not regularly for "
			"{months} months; there was none between {after} and {before}."
		),
		after=after,
		before=before,
		months=months,
		**counts,
	)


def longest_gap(days: list[date]) -> tuple[date, date]:
	return max(pairwise(days), key=lambda gap: gap[1] - gap[0])


def _running(
	pair: Partnership, on: date, months: int, days: list[date], covered: list[Run], counts: dict[str, Any]
) -> Finding:
	"""What can still become of it, if they meet regularly from today on."""
	first, reaches = (covered[-1].first, covered[-1].last) if covered else (pair.start, pair.start - DAY)
	joined = pair.rhythm.before(on) <= reaches + DAY
	if not joined:
		first = max(pair.start, pair.rhythm.before(on))
	full = last_day_of(first, months)
	since = days[-1] if days else pair.start
	if full > pair.planned_end:
		params = {"since": since, "months": months, "full": full, "end": pair.planned_end, **counts}
		if pair.cap:
			return found(
				NOT_MET,
				"no_time_left",
				N_(
					"Because {months} months of regular meetings would be complete on {full}, but the cycle ends on {end}."
				),
				**params,
			)
		return found(
			AT_RISK,
			"needs_next_cycle",
			N_(
				"Because {months} months of regular meetings are complete on {full}, but the cycle ends on {end}; both would have to continue in the next cycle."
			),
			# After a break the count would begin today, each day anew: what was told once is told once.
			first if joined else f"next cycle, break since {since}",
			**params,
		)
	if on <= pair.rhythm.after(since):
		return _in_time(days, first, full, months, pair.rhythm.after(since), counts)
	by = _latest_to_join(pair.rhythm, reaches) if joined else None
	if by and pair.cap:
		by = min(by, pair.cap)
	planned = [day for day in pair.planned(on) if by is None or day <= by]
	if joined and planned:
		return found(
			ON_TRACK,
			"scheduled",
			N_("Because the next meeting is scheduled for {day}; {months} months are complete on {full}."),
			day=planned[0],
			months=months,
			full=full,
			**counts,
		)
	if joined:
		return found(
			AT_RISK,
			"overdue",
			N_("Because they haven't met since {since}; a meeting by {by} keeps it regular."),
			since,
			since=since,
			by=by,
			**counts,
		)
	return found(
		AT_RISK,
		"break",
		N_(
			"Because they haven't met since {since}; {months} months of regular meetings from now on will be complete on {full}."
		),
		f"break since {since}",
		since=since,
		months=months,
		full=full,
		**counts,
	)


def _in_time(
	days: list[date], first: date, full: date, months: int, next_by: date, counts: dict[str, Any]
) -> Finding:
	if not days:
		return found(
			ON_TRACK,
			"first_meeting",
			N_("Because it has just begun; the first meeting is due by {by}."),
			by=next_by,
			**counts,
		)
	return found(
		ON_TRACK,
		"meeting",
		N_(
			"Because they met {meetings} times, {in_person} of these in person, the last time on {last}; {months} months from {first} are complete on {full}."
		),
		last=days[-1],
		first=first,
		months=months,
		full=full,
		**counts,
	)


def _latest_to_join(rhythm: Rhythm, reaches: date) -> date:
	"""The last day on which a meeting still covers the day after `reaches`."""
	day = rhythm.after(reaches + DAY)
	while rhythm.before(day + DAY) <= reaches + DAY:
		day += DAY
	return day
