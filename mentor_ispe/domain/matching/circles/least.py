"""The minimum score of circles: whoever would have too little in common with the others isn't proposed.

What one has in common with a circle changes with everybody who comes or goes, so it isn't a rule between two people
as for pairs. It is asked once the circles are formed: the weakest leave, one at a time, and whoever has no circle then
joins one with room where nobody falls below the minimum.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from mentor_ispe.domain.matching.circles.seating import APART, Peers


def points_in(table: np.ndarray, circle: Sequence[int]) -> np.ndarray:
	"""What each of these people has in common with the others: the mean of their points."""
	return table[np.ix_(circle, circle)].sum(axis=1, dtype=np.int64) / max(1, len(circle) - 1)


class LeastScore:
	"""Keeps circles above `least` points of each member; who is in `exempt` may be below."""

	def __init__(self, peers: Peers, least: int, exempt: Collection[int] = ()):
		self.peers, self.least, self.exempt = peers, least, frozenset(exempt)

	def apply(self, circles: Iterable[Sequence[int]]) -> tuple[list[list[int]], list[int]]:
		"""The circles that remain, and who has none of those who had one."""
		kept: list[list[int]] = []
		out: list[int] = []
		for circle in circles:
			members, left = self._without_the_weakest(list(circle))
			kept += [members] if members else []
			out += left
		# Who is exempt is bound to others, so doesn't go anywhere alone.
		return kept, [one for one in sorted(out) if one in self.exempt or not self._joins(one, kept)]

	def holds(self, circle: Sequence[int]) -> bool:
		"""Whether everybody in it has enough in common with the others."""
		points = points_in(self.peers.interest, circle)
		return all(
			mean >= self.least
			for person, mean in zip(circle, points, strict=True)
			if person not in self.exempt
		)

	def _without_the_weakest(self, circle: list[int]) -> tuple[list[int], list[int]]:
		left: list[int] = []
		while not self.holds(circle):
			points = points_in(self.peers.interest, circle)
			_mean, weakest = min(
				(mean, person)
				for person, mean in zip(circle, points.tolist(), strict=True)
				if person not in self.exempt
			)
			circle.remove(weakest)
			left.append(weakest)
		return (circle, left) if self._is_whole(circle) else ([], circle + left)

	def _is_whole(self, circle: Sequence[int]) -> bool:
		hosted = self.peers.host_points is not None or bool(self.peers.host[list(circle)].any())
		return len(circle) >= self.peers.least and hosted

	def _joins(self, person: int, circles: list[list[int]]) -> bool:
		"""Give the person a place where they have most in common with the others, if there is one."""
		table = self.peers.interest
		fitting = [
			(-float(table[person, circle].mean()), number)
			for number, circle in enumerate(circles)
			if len(circle) < self.peers.most
			and (table[person, circle] > APART).all()
			and self.holds([*circle, person])
		]
		if not fitting:
			return False
		circle = circles[min(fitting)[1]]
		circle[:] = sorted([*circle, person])
		return True
