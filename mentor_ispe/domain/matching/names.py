"""Names that parts of a score, criteria and rules go by."""

from __future__ import annotations

from typing import Any

MENTEE_WISH, MENTOR_WISH, WAITING = "Mentee's Wish", "Mentor's Wish", "Waiting"
"""Parts of a score that are no criteria of the program."""
NEVER = "Never"
"""Among the hard rules, the pairs ruled out by name: oneself, declined, forbidden."""


def hours_apart(one: Any, other: Any) -> Any:
	"""Hours between two offsets from UTC, on the clock: +12 and -11 are one hour apart. Arrays as well."""
	return 12 - abs(12 - abs(one - other) % 24)
