"""What a row says in columns of a side on which it takes no part: left out, but not without a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mentor_ispe.domain.cell_values import read_yes_no
from mentor_ispe.domain.people_mapping import SIDES, PeopleMapping
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.violations import N_, Message
from mentor_ispe.domain.word_guesses import says_nothing

WORDS = {
	MENTOR: N_("“{heading}” is for mentors only: “{value}” is left out."),
	MENTEE: N_("“{heading}” is for mentees only: “{value}” is left out."),
}
LONGEST_SHOWN = 80


def left_out(mapping: PeopleMapping, sides: Sequence[str], cell: Callable[[str], str]) -> tuple[Message, ...]:
	"""A note for each such column of a file in which a column says the side; `cell` gives the row's by heading."""
	if not sides or not mapping.side:
		return ()
	read = {heading for side in sides for heading in _headings(mapping, side)}
	return tuple(
		Message("other_side", WORDS[side], {"heading": heading, "value": text[:LONGEST_SHOWN]})
		for side in SIDES
		if side not in sides
		for heading in _headings(mapping, side)
		if heading not in read and _says_something(text := cell(heading))
	)


def _says_something(text: str) -> bool:
	return bool(text) and not says_nothing(text) and read_yes_no(text) is not False


def _headings(mapping: PeopleMapping, side: str) -> list[str]:
	return [heading for group in mapping.applications.get(side, {}).values() for heading in group]
