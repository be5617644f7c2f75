"""How much the tests do that try a rule again and again: races in rounds, random sequences of actions.

`MENTOR_TEST_EFFORT=4 bin/test http` tries four times as much as the daily check.
"""

from __future__ import annotations

import os

EFFORT = float(os.environ.get("MENTOR_TEST_EFFORT") or 1)


def times(usual: int) -> int:
	"""So many times in the daily check, more or fewer by the effort asked for, at least twice."""
	return max(2, round(usual * EFFORT))
