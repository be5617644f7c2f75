"""What a program asks of its circles of peers."""

from __future__ import annotations

from dataclasses import dataclass

from mentor_ispe.domain.matching.groups.rules import MUST, NOT_ASKED, Asked
from mentor_ispe.domain.matching.rules import Rules

LARGEST = 15


@dataclass(frozen=True)
class CircleRules:
	"""A program's rules of circles. The criteria of `scoring` say what two peers have in common.

	Soft rules cost `host` points once for a circle, and `employers` and `time_window` points of each
	pair that misses them, down to 0. Hard criteria of `scoring` hold between any two of a circle.
	"""

	scoring: Rules
	size_min: int = 5
	size_max: int = 10
	size: int | None = None
	"""How many to aim for; None: halfway."""
	host: Asked = MUST
	"""Somebody willing to moderate, who hosts the first meetings."""
	employers: Asked = MUST
	"""Everybody works for somebody else; unknown employers count as different."""
	time_window: Asked = NOT_ASKED
	"""Any two clocks within `scoring.time_window` hours of each other."""

	def __post_init__(self) -> None:
		if not 2 <= self.size_min <= self.size_max <= LARGEST:
			raise ValueError(f"no circle has {self.size_min} to {self.size_max} people (2 to {LARGEST})")
		if not self.size_min <= self.aim <= self.size_max:
			raise ValueError(f"a circle of {self.aim} isn't between {self.size_min} and {self.size_max}")

	@property
	def aim(self) -> int:
		return self.size if self.size is not None else (self.size_min + self.size_max + 1) // 2
