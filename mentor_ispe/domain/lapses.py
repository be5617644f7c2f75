"""What follows for one person from the standing in each program they take part in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from mentor_ispe.domain.membership import ACTIVE, GRACE, LAPSED, NEVER, Standing

SUSPENDABLE = frozenset({"Accepted", "Active"})
SUSPENDED = "Suspended"


@dataclass(frozen=True)
class Consequences:
	"""The programs by what happens there: told of the grace, seats suspended, seats given back."""

	grace: Mapping[str, Standing] = field(default_factory=dict)
	suspend: Mapping[str, Standing] = field(default_factory=dict)
	restore: Mapping[str, Standing] = field(default_factory=dict)

	@property
	def first_to_end(self) -> Standing:
		"""Of the standings in grace, the one whose grace ends first."""
		return min(
			self.grace.values(), key=lambda standing: (standing.grace_until is None, standing.grace_until)
		)


def consequences(standings: Mapping[str, Standing], seats: Mapping[str, Collection[str]]) -> Consequences:
	"""Work out what follows; `standings` and `seats` (the states of the seats held) are by program.

	Grace differs from program to program, so the same lapse may be grace in one and over in another.
	Unknown changes nothing: nobody loses a seat because a source can't be read, and nobody gets one.
	"""
	return Consequences(
		grace={program: each for program, each in standings.items() if each.state == GRACE},
		suspend={
			program: each
			for program, each in standings.items()
			if each.state in (LAPSED, NEVER) and SUSPENDABLE & set(seats.get(program, ()))
		},
		restore={
			program: each
			for program, each in standings.items()
			if each.state == ACTIVE and SUSPENDED in seats.get(program, ())
		},
	)
