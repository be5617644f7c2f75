"""What a credit rule answers: a state and why, from the worst state to the best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from mentor_ispe.domain.violations import N_, Violation

# Not Met: it can't be met any more. At Risk: it can, if somebody acts. Met: nothing but the partnership's
# own end is left to wait for, or not even that.
NOT_MET, AT_RISK, ON_TRACK, MET = N_("Not Met"), N_("At Risk"), N_("On Track"), N_("Met")
STATES = (NOT_MET, AT_RISK, ON_TRACK, MET)


@dataclass(frozen=True)
class Finding:
	"""The answer of one rule on one day.

	`occasion` names what a state is about (the meeting since which nobody met, the day an employer
	changed), so that the same trouble is told once and a new one again.
	"""

	state: str
	because: Violation
	occasion: str = ""


def found(state: str, code: str, text: str, occasion: date | str | None = None, **params: Any) -> Finding:
	return Finding(state, Violation(code, text, params), str(occasion or ""))


def worst(states: Iterable[str]) -> str:
	"""The state of the whole: that of its worst rule."""
	return min(states, key=STATES.index, default=MET)
