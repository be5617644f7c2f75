"""Action items go from meeting to meeting until they are done or dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mentor_ispe.domain.violations import N_, Violation

CLOSED = ("Done", "Dropped")


@dataclass(frozen=True)
class Item:
	"""An action item: the start of the meeting it was agreed in; closed on a day, or in a meeting."""

	name: str
	agreed_at: datetime
	status: str = "Open"
	closed_on: date | None = None
	closed_at: datetime | None = None


def carried_into(meeting: datetime, items: Iterable[Item]) -> list[Item]:
	"""The items that come into the meeting that starts then, those agreed first at the top, else in their order.

	An item comes into every meeting after its own, up to the one in which it was closed.
	"""
	brought = [item for item in items if item.agreed_at < meeting and not _closed_before(item, meeting)]
	return sorted(brought, key=lambda item: item.agreed_at)


def check_close(status: str, new: str) -> list[Violation]:
	"""Say whether an item may be closed: as Done or Dropped, and once."""
	if new not in CLOSED:
		return [
			Violation(
				"item_status",
				N_("An action item can become {allowed}, not {new}."),
				{"allowed": list(CLOSED), "new": new},
			)
		]
	if status != "Open" and status != new:
		return [
			Violation(
				"item_closed",
				N_("This action item is already {status}. Agree on a new one instead."),
				{"status": status},
			)
		]
	return []


def _closed_before(item: Item, meeting: datetime) -> bool:
	if item.status == "Open":
		return False
	if item.closed_at is not None:
		return item.closed_at < meeting
	return item.closed_on is not None and item.closed_on < meeting.date()
