"""What follows from a membership that lapsed or was renewed: seats are suspended and given back, people are told.

The nightly sweep may be killed anywhere and run again, also beside another run: what it writes for a person (the
seat and the notice of it) is one transaction, and a notice's key lets no occasion be announced twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from time import monotonic
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.clock import format_short_date, today
from mentor_ispe.concurrency.retries import RETRYABLE_ERRORS, run_in_transaction
from mentor_ispe.domain.lapses import Consequences, consequences
from mentor_ispe.domain.membership import Standing
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails.default_templates import members
from mentor_ispe.mails.outbox import Notice, enqueue, enqueue_all
from mentor_ispe.membership.status import (
	PROFILE,
	Answer,
	ask,
	default_grace_days,
	store_membership_status,
)
from mentor_ispe.readings.participation import Part, parts_of
from mentor_ispe.readings.seats import groups_with
from mentor_ispe.services.groups.commands import open_group

BATCH = 500
_SAVEPOINT = "mentoring_sweep_person"


@dataclass
class Swept:
	"""What a sweep did. `failed` names the people whose seats couldn't be changed, see the Error Log.

	`unknown` counts those about whom the source couldn't be asked: nothing was changed for them.
	`resume_after` is the last profile that was looked at when the time was up, else None.
	"""

	people: int = 0
	changed: int = 0
	unknown: int = 0
	told_of_grace: int = 0
	suspended: int = 0
	restored: int = 0
	failed: list[str] = field(default_factory=list)
	resume_after: str | None = None


def sweep(on: date | None = None, after: str = "", limit_seconds: float = 1200) -> Swept:
	"""Look at every profile after the one called `after`, as of the day `on`; stop after `limit_seconds`."""
	run = _Sweep(on or today())
	started = monotonic()
	while batch := _next_profiles(after):
		run.batch(batch)
		after = batch[-1]
		if monotonic() - started > limit_seconds:
			run.result.resume_after = after
			break
	return run.result


def give_back(profile: str) -> int:
	"""Restore the suspended seats of somebody who is a member again today, and tell them; returns how many."""
	return _Sweep(today()).give_back(profile)


def _next_profiles(after: str) -> list[str]:
	return frappe.get_all(PROFILE, filters={"name": (">", after)}, pluck="name", order_by="name", limit=BATCH)


class _Sweep:
	def __init__(self, on: date):
		self.on = on
		self.result = Swept()
		self.default_grace = default_grace_days()
		self.grace = {
			program.name: cint(program.grace_days) if program.own_grace_days else self.default_grace
			for program in frappe.get_all(
				"Mentoring Program", fields=["name", "own_grace_days", "grace_days"]
			)
		}

	def batch(self, profiles: list[str]) -> None:
		"""Sweep some profiles: the copies of their standings, the notices of grace, then seat by seat."""
		self.result.people += len(profiles)
		answer = ask(profiles, log=not self.result.unknown)
		if answer.failure is not None:
			self.result.unknown += len(profiles)
			frappe.db.commit()  # the log of why
			return
		todo = self._consequences(answer, parts_of(profiles))
		# Each step returns what counts it: called after the commit, so nothing is counted that wasn't kept.
		run_in_transaction(lambda: self._remember_and_tell(answer, profiles, todo))()
		for profile, each in todo.items():
			if each.suspend or each.restore:
				run_in_transaction(partial(self._change_seats, profile))()

	def give_back(self, profile: str) -> int:
		"""Restore the suspended seats of somebody who is a member again, in the caller's transaction."""
		each = self._now(profile)
		return sum(self._restore(profile, program) for program in each.restore)

	def _now(self, profile: str) -> Consequences:
		"""Asked once more for this person: they may have paid since the batch was asked for."""
		answer = ask([profile], log=False)
		if answer.failure is not None:
			return Consequences()
		return self._consequences(answer, parts_of([profile])).get(profile, Consequences())

	def _consequences(self, answer: Answer, parts: Mapping[str, Part]) -> dict[str, Consequences]:
		return {
			profile: consequences(
				{
					program: answer.standing(profile, self.on, self.grace.get(program, self.default_grace))
					for program in part.seats
				},
				part.seats,
			)
			for profile, part in parts.items()
		}

	def _remember_and_tell(
		self, answer: Answer, profiles: list[str], todo: Mapping[str, Consequences]
	) -> Callable[[], None]:
		changed = store_membership_status(
			{profile: answer.standing(profile, self.on, self.default_grace) for profile in profiles}
		)
		told = enqueue_all(
			self._notice_of_grace(profile, each) for profile, each in todo.items() if each.grace
		)

		def count():
			self.result.changed += len(changed)
			self.result.told_of_grace += told

		return count

	def _notice_of_grace(self, profile: str, each: Consequences) -> Notice:
		standing = each.first_to_end
		return Notice(
			make_key("membership-grace", profile, standing.lapse),
			members.MEMBERSHIP_IN_GRACE,
			profile,
			context={
				"programs": sorted(each.grace),
				"active_until": standing.active_until,
				"grace_until": standing.grace_until,
				"reason": standing.reason,
			},
			reference=(PROFILE, profile),
		)

	def _change_seats(self, profile: str) -> Callable[[], None]:
		each = self._now(profile)
		frappe.db.savepoint(_SAVEPOINT)
		try:
			suspended = sum(
				self._suspend(profile, program, each.suspend[program]) for program in each.suspend
			)
			restored = sum(self._restore(profile, program) for program in each.restore)
		except RETRYABLE_ERRORS:
			raise
		except Exception:
			# One group that can't be saved keeps nobody else from theirs.
			frappe.db.rollback(save_point=_SAVEPOINT)
			frappe.clear_messages()
			frappe.log_error(
				"Mentoring: a seat couldn't be suspended or restored",
				reference_doctype=PROFILE,
				reference_name=profile,
			)
			return lambda: self.result.failed.append(profile)

		def count():
			self.result.suspended += suspended
			self.result.restored += restored

		return count

	def _suspend(self, profile: str, program: str, standing: Standing) -> int:
		groups = suspend_person(profile, _why(standing), {program})
		if groups:
			# Never a member has no day of the lapse, so the day of the sweep names it.
			lapse = standing.lapse if standing.lapsed_since else self.on
			enqueue(
				make_key("seat-suspended", profile, program, lapse),
				members.SEAT_SUSPENDED,
				profile,
				context={
					"program": program,
					"groups": _titles(groups),
					"lapsed_since": standing.lapsed_since,
					"reason": standing.reason,
				},
				reference=(PROFILE, profile),
			)
		return len(groups)

	def _restore(self, profile: str, program: str) -> int:
		groups = restore_person(profile, {program})
		if groups:
			enqueue(
				make_key("seat-restored", profile, program, self.on),
				members.SEAT_RESTORED,
				profile,
				context={"program": program, "groups": _titles(groups)},
				reference=(PROFILE, profile),
			)
		return len(groups)


def _why(standing: Standing) -> str:
	"""What the group's record keeps; the membership record itself is nobody else's business."""
	if standing.lapsed_since:
		return _("The membership lapsed on {0}.").format(format_short_date(standing.lapsed_since))
	return _("There is no membership.")


def _titles(groups: list[str]) -> list[str]:
	rows = frappe.get_all("Mentoring Group", filters={"name": ("in", groups)}, fields=["name", "title"])
	return sorted(row.title or row.name for row in rows)


SUSPENDABLE = ("Accepted", "Active")


def suspend_person(profile: str, reason: str, programs: Collection[str] | None = None) -> list[str]:
	"""Suspend every accepted or active seat of `profile`; return the groups, in the caller's transaction.

	`programs` limits it to those programs. The groups of the others go on: only the person's own seat changes.
	"""
	return _change_seats(profile, programs, SUSPENDABLE, lambda row: ("Suspended", row.status, reason))


def restore_person(profile: str, programs: Collection[str] | None = None) -> list[str]:
	"""Give back every suspended seat of `profile`; return the groups, in the caller's transaction.

	The membership is asked once more by the group's own rules; RuleViolation when it isn't active.
	"""
	return _change_seats(
		profile, programs, ("Suspended",), lambda row: (row.suspended_from or "Active", "", "")
	)


def _change_seats(
	profile: str,
	programs: Collection[str] | None,
	statuses: Collection[str],
	change: Callable[[Any], tuple[str, str, str]],
) -> list[str]:
	"""Give the person's seats in one of `statuses` another status, the one to go back to, and a reason."""
	of_group = {} if programs is None else {"program": programs}
	changed = []
	for name in groups_with([profile], statuses=statuses, **of_group):
		doc = open_group(name)
		rows = [row for row in doc.seats if row.profile == profile and row.status in statuses]
		for row in rows:
			row.status, row.suspended_from, row.reason = change(row)
		if rows:
			doc.save(ignore_permissions=True)
			changed.append(name)
	return changed
