"""The charter of a group: what it says, and whether everybody in the group has agreed to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.sessions.slots import WEEKDAYS

FIELDS = (
	"charter_expectations",
	"charter_boundaries",
	"charter_meet_every",
	"charter_meet_every_unit",
	"charter_days_off",
	"charter_place",
	"charter",
)


def contents(values: Mapping[str, Any]) -> dict[str, Any]:
	"""The charter's fields in one spelling: no text is "", no number is 0."""
	said = {field: values.get(field) for field in FIELDS}
	rhythm = int(said["charter_meet_every"] or 0)
	if isinstance(said["charter_days_off"], list | tuple):
		said["charter_days_off"] = ", ".join(day for day in WEEKDAYS if day in said["charter_days_off"])
	return {
		**{field: str(said[field] or "").strip() for field in FIELDS},
		"charter_meet_every": rhythm,
		"charter_meet_every_unit": str(said["charter_meet_every_unit"] or "Month") if rhythm else "",
	}


def version(values: Mapping[str, Any]) -> str:
	"""A short name of what the charter says; another text, another name."""
	return sha256(json.dumps(contents(values), sort_keys=True).encode()).hexdigest()[:16]


def is_empty(values: Mapping[str, Any]) -> bool:
	"""Whether nothing has been written yet."""
	return not any(value for field, value in contents(values).items() if field != "charter_meet_every_unit")


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
	"""The charter's fields that say something else in `after`."""
	old, new = contents(before), contents(after)
	return [field for field in FIELDS if old[field] != new[field]]


def agreed_on(people: Iterable[Seat]) -> date | None:
	"""The day on which the last of these people agreed; None while one hasn't, or nobody is there."""
	days = [person.charter_agreed_on for person in people]
	return max(day for day in days if day) if days and all(days) else None
