"""What the columns of somebody's list hold: guessed from their headings and from their cells, never taken silently.

A guess says why; a person confirms it. Headings are compared without case, accents, signs and what stands in
brackets, in English and German, near spellings too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from mentor_ispe.domain import spelling
from mentor_ispe.domain.addresses import looks_like_addresses
from mentor_ispe.domain.cell_values import read_day, read_yes_no, whole_number
from mentor_ispe.domain.import_fields import DATE, EMAIL, NUMBER, YES_NO, ImportField
from mentor_ispe.domain.people_mapping import fold
from mentor_ispe.domain.violations import N_, Message
from mentor_ispe.domain.word_guesses import OTHER_WORDS

# Rows that are looked at: more don't make it surer.
SAMPLE = 200
EXACT, SAME_WORDS, IN_A_QUESTION, NEAR = 100, 90, 85, 80
# Of the letters of two headings, so many in a hundred must agree; short words differ by too few.
NEAR_SPELLING, SHORTEST_NEAR = 86, 5
# How many in a hundred of the filled cells must look like the kind.
MOST_CELLS = 80

BY_HEADING = N_("By its heading.")
BY_NEAR_HEADING = N_("Its heading is similar to “{heading}”.")
BY_CELLS = N_("Its cells are email addresses.")
BESIDE_FIRST_NAME = N_("There is a column of first names beside it.")


@dataclass(frozen=True)
class ColumnGuess:
	"""What one column is taken for: `field` is None when nothing fits, `why` says what speaks for it.

	`sure`: by its own name, so that nobody needs to look twice.
	"""

	column: int
	heading: str
	field: ImportField | None = None
	why: Message | None = None
	sure: bool = False


def heading_key(heading: str) -> str:
	"""The form in which headings are compared: "E-Mail (work):" and "email" are the same."""
	plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading)
	key = spelling.key(plain if re.search(r"\w", plain) else heading)
	key = re.sub(r"\be[\s-]?mails?\b", "email", key)
	# Plaetze and Plätze
	key = re.sub(r"([aou])e", r"\1", key)
	return " ".join(re.sub(r"[\W_]+", " ", key).split())


# Words of questions, as forms have them for headings: "Which company do you work for?"
FILLERS = frozenset(
	heading_key(
		"what is are was which do does did you your yours yourself we us our i my me the a an of in on for as at to be "
		"would will can could like want please enter give tell state select choose current currently present based work "
		"working discuss take applying apply want any "
		"was wie ist sind welche welcher welches welchem in fur als zu der die das ein eine einen Sie Ihr Ihre Ihren Ihrem "
		"Ihrer du dein deine mein meine wir bitte angeben nennen mochten wollen konnen sein werden betreuen aktuelle "
		"aktueller aktuelles derzeitige derzeitiger arbeiten sprechen uber"
	).split()
) - {"how", "wie"}


def guess_columns(
	headings: Sequence[str], rows: Sequence[Sequence[str]], fields: Iterable[ImportField]
) -> list[ColumnGuess]:
	"""One guess for each heading, in their order; no field is guessed for two columns.

	`rows` are the cells below, or the first of them. A full name gives way to first and last name where the
	file has both of these.
	"""
	candidates = tuple(fields)
	names = {
		field.key: {heading_key(heading): heading for heading in reversed(field.headings)}
		for field in candidates
	}
	columns = [_cells(rows, column) for column in range(len(headings))]
	scored = [
		(score, -column, -place, heading)
		for column, text in enumerate(headings)
		for place, field in enumerate(candidates)
		if _fits(field, columns[column])
		for score, heading in [_score(heading_key(text), names[field.key])]
		if score
	]
	taken: dict[int, ColumnGuess] = {}
	used: set[str] = set()
	for score, column, place, heading in sorted(scored, reverse=True):
		field = candidates[-place]
		if -column in taken or field.key in used:
			continue
		taken[-column] = ColumnGuess(
			-column, headings[-column], field, _why(score, heading), sure=score == EXACT
		)
		used.add(field.key)
	_guess_addresses(headings, columns, candidates, taken, used)
	_prefer_two_names(taken, candidates)
	return [taken.get(column, ColumnGuess(column, text)) for column, text in enumerate(headings)]


def _cells(rows: Sequence[Sequence[str]], column: int) -> list[str]:
	cells = (row[column].strip() for row in rows[:SAMPLE] if column < len(row))
	return [cell for cell in cells if cell]


def _why(score: int, heading: str) -> Message:
	if score == NEAR:
		return Message("near_heading", BY_NEAR_HEADING, {"heading": heading})
	return Message("heading", BY_HEADING)


def _score(heading: str, names: Mapping[str, str]) -> tuple[int, str]:
	"""How well a heading fits, and the name that it fits to, as it is written; 0 when it doesn't."""
	if not heading:
		return 0, ""
	if heading in names:
		return EXACT, names[heading]
	words = heading.split()
	for name in names:
		if sorted(name.split()) == sorted(words) or _is_most_of(name.split(), words):
			return SAME_WORDS, names[name]
	core = " ".join(word for word in words if word not in FILLERS)
	if core and core != heading:
		found = (
			core
			if core in names
			else next((name for name in names if sorted(name.split()) == sorted(core.split())), "")
		)
		if found:
			return IN_A_QUESTION, names[found]
	if core and all(word in names for word in core.split()):
		return IN_A_QUESTION, names[core.split()[0]]
	near = max(names, key=lambda name: fuzz.ratio(heading, name), default="")
	if min(len(heading), len(near)) >= SHORTEST_NEAR and fuzz.ratio(heading, near) >= NEAR_SPELLING:
		return NEAR, names[near]
	return 0, ""


def _is_most_of(name: Sequence[str], words: Sequence[str]) -> bool:
	"""Whether a name of several words is in the heading, with little beside it: "Your e-mail address"."""
	return len(name) >= 2 and len(words) - len(name) <= 1 and set(name) <= set(words)


STATUS_WORDS = frozenset(fold(word) for words in OTHER_WORDS["cancelled"].values() for word in words)
LOOKS: dict[str, Callable[[str], bool]] = {
	EMAIL: lambda cell: "@" in cell,
	NUMBER: lambda cell: whole_number(cell) is not None,
	YES_NO: lambda cell: read_yes_no(cell) is not None or fold(cell) in STATUS_WORDS,
	DATE: lambda cell: read_day(cell, "day first") is not None or read_day(cell, "month first") is not None,
}


def _fits(field: ImportField, cells: Sequence[str]) -> bool:
	"""Whether the cells don't speak against it: half of them at least are of the field's kind."""
	looks = LOOKS.get(field.kind)
	return looks is None or not cells or sum(map(looks, cells)) * 2 >= len(cells)


def _guess_addresses(
	headings: Sequence[str],
	columns: Sequence[Sequence[str]],
	candidates: Sequence[ImportField],
	taken: dict[int, ColumnGuess],
	used: set[str],
) -> None:
	"""The address by its cells, where no heading says it and one column alone has them."""
	field = next((each for each in candidates if each.kind == EMAIL and each.key not in used), None)
	found = [
		column
		for column, cells in enumerate(columns)
		if column not in taken and looks_like_addresses(cells, MOST_CELLS)
	]
	if field and len(found) == 1:
		(column,) = found
		taken[column] = ColumnGuess(column, headings[column], field, Message("cells", BY_CELLS))


def _prefer_two_names(taken: dict[int, ColumnGuess], candidates: Sequence[ImportField]) -> None:
	"""First and last name say more than one column of both; a lone "Name" beside "First name" is the last name."""
	by_name = {guess.field.name: column for column, guess in taken.items() if guess.field}
	first, last, full = (by_name.get(name) for name in ("first_name", "last_name", "full_name"))
	if first is None or full is None:
		return
	guess = taken.pop(full)
	if last is None:
		part = guess.field.part if guess.field else ""
		field = next(each for each in candidates if (each.part, each.name) == (part, "last_name"))
		taken[full] = ColumnGuess(full, guess.heading, field, Message("beside_first", BESIDE_FIRST_NAME))
