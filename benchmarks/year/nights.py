"""A night of the year: every scheduled job, each with its statements, its seconds, and what it had to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from time import perf_counter
from typing import Any

import frappe
from frappe.utils import now_datetime

from mentor_ispe.demo import clock
from mentor_ispe.jobs.mails import flush_notices
from mentor_ispe.mails import outbox
from tests.site.programs.world import scheduled_jobs

FLUSH = "mails.flush_notices"
# What a job's answer says of how much it looked at, rather than of what it did.
LOOKED_AT = ("groups", "people", "unknown")


@dataclass(frozen=True)
class Run:
	"""One run of one job: `groups` had something to do in it, `things` is how much was done in all."""

	job: str
	night: date
	statements: int
	seconds: float
	groups: int
	things: int


@dataclass
class Meter:
	"""Counts the statements, and what is posted, for as long as the year lasts."""

	statements: int = 0
	posted: list[dict[str, Any]] = field(default_factory=list)

	@contextmanager
	def counting(self) -> Iterator[Meter]:
		sql, insert = frappe.db.sql, outbox._insert

		def counted(*args: Any, **kwargs: Any) -> Any:
			self.statements += 1
			return sql(*args, **kwargs)

		def kept(rows: list[dict[str, Any]]) -> int:
			self.posted += rows
			return insert(rows)

		frappe.db.sql, outbox._insert = counted, kept
		try:
			yield self
		finally:
			del frappe.db.sql
			outbox._insert = insert


def short(job: str) -> str:
	return job.removeprefix("mentor_ispe.jobs.")


def live_night(
	day: date, meter: Meter, group_of: Callable[[dict[str, Any]], str], one_mail_of: int = 1
) -> list[Run]:
	"""Run every job of the app as the scheduler would, then hand the mails to the queue.

	Of `one_mail_of` mails one is written and queued, the others count as queued.
	"""
	runs = []
	with clock.at(datetime.combine(day, time(3))):
		for job in scheduled_jobs():
			runs.append(_measured(short(job), frappe.get_attr(job), day, meter, group_of))
	with clock.at(datetime.combine(day, time(8))):  # what a night brings in several pieces goes out by then
		_leave_out(one_mail_of)
		runs.append(_measured(FLUSH, _flush_all, day, meter, group_of))
	frappe.set_user("Administrator")
	return runs


def _leave_out(one_mail_of: int) -> None:
	if one_mail_of == 1:
		return
	due = frappe.get_all(
		outbox.NOTICE,
		{"status": "Pending"},
		pluck="name",
		or_filters=[["not_before", "is", "not set"], ["not_before", "<=", now_datetime()]],
		order_by="name",
	)
	rest = [name for number, name in enumerate(due) if number % one_mail_of]
	if rest:
		frappe.db.set_value(outbox.NOTICE, {"name": ("in", rest)}, "status", "Queued")


def _flush_all() -> dict[str, Any]:
	"""All of them: in a night's hour the job runs twelve times, four minutes each if need be."""
	result = flush_notices()
	queued = result["queued"]
	while result["queued"]:
		result = flush_notices()
		queued += result["queued"]
	return {**result, "queued": queued}


def _done(result: Any) -> int:
	"""How many things a job did, by what it returned: a number, a list of them, or several by name."""
	if isinstance(result, Mapping):
		return sum(_done(value) for key, value in result.items() if key not in LOOKED_AT)
	if isinstance(result, list):
		return len(result)
	return result if isinstance(result, int) else 0


def _measured(
	name: str, job: Callable[[], Any], day: date, meter: Meter, group_of: Callable[[dict[str, Any]], str]
) -> Run:
	frappe.db.value_cache.clear()
	meter.posted.clear()
	before, start = meter.statements, perf_counter()
	result = job()
	seconds, statements = perf_counter() - start, meter.statements - before
	things = _done(result)
	groups = len({group_of(row) for row in meter.posted})
	return Run(name, day, statements, seconds, groups or things, max(things, len(meter.posted)))
