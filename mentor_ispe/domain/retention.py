"""How long private words are kept after a cycle has ended, as a program says it; hours and credit stay for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mentor_ispe.domain.months import add_months

ANNOUNCED_DAYS = 30
"""So long before anything is deleted the coordinators are told."""
MAILS = "Mails"


@dataclass(frozen=True)
class Kind:
	"""Something that isn't kept for ever. `field` says on the program, for mails in the settings, for how many
	months; 0 is for ever."""

	name: str
	field: str


KINDS = (
	Kind("Drafts", "keep_drafts"),
	Kind("Applications", "keep_applications"),
	Kind("Private Answers", "keep_answers"),
	Kind("Notes", "keep_notes"),
	Kind("Concerns", "keep_concerns"),
)
MAILS_KIND = Kind(MAILS, "keep_mails")


def due_on(ended: date | None, months: int) -> date | None:
	"""The first day on which it is deleted; None when it is kept, or the cycle's end isn't known."""
	return add_months(ended, months) if ended and months > 0 else None


def announced_from(due: date) -> date:
	"""The first day on which the coordinators are told of it."""
	return due - timedelta(days=ANNOUNCED_DAYS)


def deletes_on(due: date, announced: date) -> date:
	"""The day on which it is deleted: when it is due, and the coordinators have known of it for long enough."""
	return max(due, announced + timedelta(days=ANNOUNCED_DAYS))
