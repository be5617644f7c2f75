"""What a program asks of its groups: each rule must hold, costs points when it doesn't, or isn't asked."""

from __future__ import annotations

from dataclasses import dataclass

from mentor_ispe.domain.matching.rules import Rules

MID_LEVEL = ("Mid-Level",)
STUDENT_OR_GRADUATE = ("Student", "Recent Graduate")
SENIOR = ("Senior", "Executive")


@dataclass(frozen=True)
class Asked:
	"""How strictly a rule of groups is asked: `is_hard`, or for `points` off the fit where it is missed.

	Points are those of the score: 1000 for a mentor and a mentee who are perfect for each other.
	"""

	points: int = 0
	is_hard: bool = False

	def __post_init__(self) -> None:
		if self.points < 0:
			raise ValueError("points for missing a rule are below 0")

	@property
	def at_all(self) -> bool:
		return self.is_hard or self.points > 0


MUST = Asked(is_hard=True)
NOT_ASKED = Asked()


@dataclass(frozen=True)
class GroupRules:
	"""A program's rules of groups. Sizes count the mentees, as everywhere, without the mentor.

	Points of a soft rule are taken off once for a group (`senior`, `moderator`, `junior`, `mid_level`,
	`countries`), or for a person: for the second and each further of one employer (`employers`), for
	each outside the window (`time_window`) or without a language of the mentor's (`language`).
	"""

	scoring: Rules
	size_min: int = 5
	size_max: int = 8
	groups_per_mentor: int = 1
	"""Groups one mentor may lead side by side, as far as the seats go."""
	senior: Asked = MUST
	"""The mentor is senior (`senior_stages`)."""
	moderator: Asked = MUST
	"""A member who is willing to moderate and of a moderator's career stage (`moderator_stages`)."""
	junior: Asked = MUST
	"""A student or recent graduate among the members (`junior_stages`)."""
	mid_level: Asked = MUST
	"""Somebody at mid-level among the members (`mid_level_stages`)."""
	employers: Asked = MUST
	"""Everybody, the mentor too, works for somebody else; unknown employers count as different."""
	countries: Asked = Asked(points=150)
	"""Two countries or more, the mentor's included; somebody of unknown country adds none."""
	time_window: Asked = MUST
	"""Everybody within `scoring.time_window` hours of the mentor's clock."""
	language: Asked = MUST
	"""One language that everybody in the group speaks, the mentor included."""
	senior_stages: tuple[str, ...] = SENIOR
	moderator_stages: tuple[str, ...] = MID_LEVEL
	junior_stages: tuple[str, ...] = STUDENT_OR_GRADUATE
	mid_level_stages: tuple[str, ...] = MID_LEVEL

	def __post_init__(self) -> None:
		if not 1 <= self.size_min <= self.size_max:
			raise ValueError(f"no group has {self.size_min} to {self.size_max} members")
		if self.groups_per_mentor < 1:
			raise ValueError("a mentor leads at least one group")
