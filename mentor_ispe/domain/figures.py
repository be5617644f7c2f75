"""Figures that people read: shares, hours and mean ratings, of sums that a database may leave empty."""

from __future__ import annotations

from decimal import Decimal

STARS = 5

Sum = float | Decimal | None
"""What a database gives for a sum; None of no rows."""


def share(part: Sum, whole: Sum) -> float | None:
	"""Percent, to one decimal; None of nothing."""
	return round(100 * float(part or 0) / float(whole), 1) if whole else None


def hours(minutes: Sum) -> float:
	"""Hours to one decimal."""
	return round(float(minutes or 0) / 60, 1)


def mean_stars(total: Sum, answers: Sum) -> float | None:
	"""Stars of the mean rating, given the sum of stars; None without an answer."""
	return round(float(total or 0) / float(answers), 2) if answers else None
