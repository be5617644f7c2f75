"""Whose turn it is to host: in a circle everybody takes one, nobody a second before the others."""

from __future__ import annotations

from collections.abc import Sequence


def next_host(people: Sequence[str], hosted: Sequence[str]) -> str | None:
	"""The one of `people` (in the order of their seats) who hosted longest ago, first those who never did.

	`hosted` are the hosts of the meetings so far, in their order. Whoever left drops out; whoever came
	later is next, and isn't made to catch up on the rounds before.
	"""
	latest = {person: number for number, person in enumerate(hosted)}
	return min(people, key=lambda person: latest.get(person, -1), default=None)
