"""Whether a person is a member on a day, judged from the periods that a membership source knows.

Every day here is a calendar day of the association, in the time zone of its site; the caller says
which day it is. The first and the last day of a period both count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from mentor_ispe.domain.violations import N_, Violation

ACTIVE = "Active"
GRACE = "Grace"
LAPSED = "Lapsed"
NEVER = "Never"
UNKNOWN = "Unknown"

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
	"""One stretch of membership, from `start` to `end`, both included; `end` None never ends.

	`past_due` marks a stretch that runs although its fee is overdue: it keeps a person in grace, it
	never makes them active. `unclear` is what the source said of a stretch that it can't judge, a status that
	it doesn't know for example: then nobody can say, and nobody loses a seat for it. The record is the one that
	a coordinator can open and check.
	"""

	start: date
	end: date | None
	membership_type: str
	record_doctype: str
	record_name: str
	past_due: bool = False
	unclear: str = ""

	def covers(self, day: date) -> bool:
		return self.start <= day and (self.end is None or day <= self.end)

	@property
	def last_day(self) -> date:
		"""`end`, or the last day that there is."""
		return self.end or date.max


@dataclass(frozen=True)
class Standing:
	"""What can be said about one person's membership on one day.

	`active_until` is the last day of membership, also when that day is past; None when active means
	without an end. `grace_until` is the last day of grace; None when in grace means as long as the
	source says that the fee is overdue. `lapsed_since` is the first day without membership.
	`why` holds the words and their values, `reason` the words in English.
	"""

	state: str
	active_until: date | None = None
	grace_until: date | None = None
	lapsed_since: date | None = None
	why: Violation = field(default_factory=lambda: Violation("unknown", ""))
	record_doctype: str | None = None
	record_name: str | None = None
	membership_types: frozenset[str] = frozenset()

	@property
	def reason(self) -> str:
		return str(self.why)

	@property
	def lapse(self) -> str:
		"""Names the lapse, the same on every day of it, so that it is announced once."""
		day = self.active_until or self.lapsed_since
		return day.isoformat() if day else (self.record_name or "never")


def unknown(reason: str) -> Standing:
	"""The source couldn't be asked; `reason` says why, in words for the coordinator."""
	return Standing(
		UNKNOWN, why=Violation("unknown", N_("The membership couldn't be checked: {why}"), {"why": reason})
	)


def judge(periods: Iterable[Period], on: date, grace_days: int) -> Standing:
	"""Judge the standing on the day `on`; the lapsed keep grace for `grace_days` days after the last one.

	Periods may overlap, touch, lie apart and come in any order; one that ends before it starts is
	ignored.
	"""
	known = [period for period in periods if period.end is None or period.start <= period.end]
	valid = [period for period in known if not period.unclear]
	paid = [period for period in valid if not period.past_due]
	owing = [period for period in valid if period.past_due and period.covers(on)]
	current = [period for period in paid if period.covers(on)]
	if current:
		return _active(current, paid)
	# Also in the grace after it: if it counts, that keeps a seat.
	if unclear := next(
		(each for each in known if each.unclear and each.start <= on <= _later(each.last_day, grace_days)),
		None,
	):
		return _unclear(unclear)
	ended = [period for period in paid if period.end and period.end < on]
	last = max(ended, key=lambda period: (period.end, period.start), default=None)
	upcoming = min(
		(period for period in paid if period.start > on), key=lambda period: period.start, default=None
	)
	if owing:
		return _owing(owing, last)
	if last is None:
		return _never(upcoming)
	return _ended(last, [period for period in ended if period.end == last.end], upcoming, on, grace_days)


def _unclear(period: Period) -> Standing:
	why = Violation(
		"unclear",
		N_("{record} says “{status}”, so we can't tell whether it counts. Open the record and check it."),
		{"status": period.unclear, **_record(period)},
	)
	return Standing(UNKNOWN, why=why, record_doctype=period.record_doctype, record_name=period.record_name)


def _active(current: Sequence[Period], paid: Sequence[Period]) -> Standing:
	proof = max(current, key=lambda period: (period.last_day, period.start))
	until = _unbroken_until(proof, paid)
	if until is None:
		why = Violation("active", N_("Active with no end date ({record})."), _record(proof))
	else:
		why = Violation("active", N_("Active until {day} ({record})."), {"day": until, **_record(proof)})
	return Standing(ACTIVE, active_until=until, why=why, **_proof(proof, current))


def _unbroken_until(start: Period, paid: Sequence[Period]) -> date | None:
	"""The last day of the chain of periods that follow one another without a day between them."""
	until = start.last_day
	for period in sorted(paid, key=lambda period: period.start):
		if until == date.max:
			break
		if period.start <= until + DAY:
			until = max(until, period.last_day)
	return None if until == date.max else until


def _owing(owing: Sequence[Period], last: Period | None) -> Standing:
	proof = max(owing, key=lambda period: (period.last_day, period.start))
	why = Violation(
		"past_due",
		N_("The fee has been overdue since {day} ({record})."),
		{"day": proof.start, **_record(proof)},
	)
	return Standing(
		GRACE,
		active_until=last.end if last else None,
		grace_until=proof.end,
		lapsed_since=proof.start,
		why=why,
		**_proof(proof, owing),
	)


def _never(upcoming: Period | None) -> Standing:
	if upcoming is None:
		return Standing(NEVER, why=Violation("never", N_("There is no paid membership on record.")))
	why = Violation(
		"starts_later",
		N_("The first membership starts on {day} ({record})."),
		{"day": upcoming.start, **_record(upcoming)},
	)
	return Standing(NEVER, why=why, record_doctype=upcoming.record_doctype, record_name=upcoming.record_name)


def _ended(
	last: Period, together: Sequence[Period], upcoming: Period | None, on: date, grace_days: int
) -> Standing:
	end = last.last_day
	grace_until = _later(end, grace_days)
	in_grace = on <= grace_until
	values = {"day": end, "grace": grace_until, **_record(last)}
	if upcoming is not None:
		values |= {"next": upcoming.start, "next_record": upcoming.record_name}
		why = (
			N_(
				"Ended on {day} ({record}), grace period until {grace}; the next membership starts on {next} ({next_record})."
			)
			if in_grace
			else N_("Ended on {day} ({record}); the next membership starts on {next} ({next_record}).")
		)
	else:
		why = (
			N_("Ended on {day} ({record}), grace period until {grace}.")
			if in_grace
			else N_("Ended on {day} ({record}).")
		)
	return Standing(
		GRACE if in_grace else LAPSED,
		active_until=end,
		grace_until=grace_until,
		lapsed_since=end + DAY,
		why=Violation("grace" if in_grace else "lapsed", why, values),
		**_proof(last, together),
	)


def _later(day: date, days: int) -> date:
	return date.max if days > (date.max - day).days else day + max(days, 0) * DAY


def _record(period: Period) -> dict[str, str]:
	return {"record": f"{period.record_doctype} {period.record_name}"}


def _proof(proof: Period, together: Sequence[Period]) -> dict[str, Any]:
	return {
		"record_doctype": proof.record_doctype,
		"record_name": proof.record_name,
		"membership_types": frozenset(
			period.membership_type for period in together if period.membership_type
		),
	}
