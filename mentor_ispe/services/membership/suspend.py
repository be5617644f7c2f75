"""Suspend the seats of a person whose membership lapsed, and give them back after a renewal.

The groups of the others go on: only the person's own seat changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from mentor_ispe.readings.seats import groups_with
from mentor_ispe.services.groups.commands import open_group

SUSPENDABLE = ("Accepted", "Active")


def suspend_person(profile: str, reason: str, programs: Collection[str] | None = None) -> list[str]:
	"""Suspend every accepted or active seat of `profile`; return the groups, in the caller's transaction.

	`programs` limits it to those programs.
	"""

	def suspend(status: str, suspended_from: str) -> tuple[str, str, str] | None:
		return ("Suspended", status, reason) if status in SUSPENDABLE else None

	return _change_seats(profile, SUSPENDABLE, suspend, programs)


def restore_person(profile: str, programs: Collection[str] | None = None) -> list[str]:
	"""Give back every suspended seat of `profile`; return the groups, in the caller's transaction.

	The membership is asked once more by the group's own rules; RuleViolation when it isn't active.
	"""

	def restore(status: str, suspended_from: str) -> tuple[str, str, str] | None:
		return (suspended_from or "Active", "", "") if status == "Suspended" else None

	return _change_seats(profile, ("Suspended",), restore, programs)


def seats_of(profile: str, statuses: Collection[str], programs: Collection[str] | None = None) -> list[str]:
	"""Names of the open groups in which `profile` holds a seat in one of `statuses`, sorted."""
	of_group = {} if programs is None else {"program": programs}
	return groups_with([profile], statuses=statuses, **of_group)


def _change_seats(
	profile: str,
	statuses: Collection[str],
	change: Callable[[str, str], tuple[str, str, str] | None],
	programs: Collection[str] | None,
) -> list[str]:
	changed = []
	for name in seats_of(profile, statuses, programs):
		doc = open_group(name)
		if _change_in(doc, profile, change):
			doc.save(ignore_permissions=True)
			changed.append(name)
	return changed


def _change_in(doc, profile: str, change: Callable[[str, str], tuple[str, str, str] | None]) -> bool:
	touched = False
	for row in doc.seats:
		new = change(row.status, row.suspended_from or "") if row.profile == profile else None
		if new:
			row.status, row.suspended_from, row.reason = new
			touched = True
	return touched
