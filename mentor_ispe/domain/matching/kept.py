"""Moves by hand that a new run keeps: as pins of that run, as long as they can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from mentor_ispe.domain.matching.result import MatchingError

Names = tuple[str, str]
Move = TypeVar("Move")


def that_stand(
	moves: Iterable[Move],
	pins_of: Callable[[Move], Sequence[Names]],
	pins: Sequence[Names],
	check: Callable[[list[Names]], object],
) -> tuple[list[Move], list[Move]]:
	"""(moves that can be kept beside `pins` and each other, those that can't), earlier ones first.

	`check` is the engine's own: it raises MatchingError for pins that contradict each other, the seats or what is
	forbidden. Pins are never lost to a move.
	"""
	kept: list[Move] = []
	lost: list[Move] = []
	standing = list(pins)
	for move in moves:
		wanted = [*standing, *(pin for pin in pins_of(move) if pin not in standing)]
		try:
			check(wanted)
		except MatchingError:
			lost.append(move)
		else:
			kept.append(move)
			standing = wanted
	return kept, lost
