"""Rows that hold nobody, and rows of another width than the rest: told, never passed over in silence."""

from __future__ import annotations

from collections.abc import Sequence

from mentor_ispe.domain.column_guesses import heading_key
from mentor_ispe.domain.violations import N_, Message

# Of many rows with the same note, so many are named.
MOST_TOLD = 10
# How far from the end a total may stand, and what it is called.
LAST_ROWS = 3
TOTALS = frozenset(
	[
		"total",
		"totals",
		"sum",
		"sums",
		"count",
		"average",
		"mean",
		"summe",
		"summen",
		"gesamt",
		"gesamtsumme",
		"anzahl",
		"durchschnitt",
		"mittelwert",
		"insgesamt",
	]
)


def people_only(
	headings: list[str], rows: list[tuple[int, list[str]]], notes: list[Message]
) -> list[tuple[int, list[str]]]:
	"""The rows without headings that come again, page by page, and without totals at the end; both are told."""
	again = [number for number, cells in rows if cells == headings[: len(cells)]]
	totals = [number for number, cells in rows[-LAST_ROWS:] if _is_total(cells, len(headings))]
	if again:
		notes.append(
			Message(
				"headings_again",
				N_("Skipped because it repeats the headings: row {rows}."),
				{"rows": _first(again)},
			)
		)
	if totals:
		notes.append(
			Message(
				"totals",
				N_("Skipped because it looks like a total: row {rows}."),
				{"rows": _first(totals)},
			)
		)
	passed_over = {*again, *totals}
	return [row for row in rows if row[0] not in passed_over]


def note_ragged(
	rows: Sequence[tuple[int, Sequence[str]]], widths: dict[int, int], width: int, notes: list[Message]
) -> None:
	"""A spreadsheet writes as many cells in each row; one more or less may be a shifted or a lost cell."""
	ragged = [number for number, _cells in rows if widths[number] != width]
	if ragged:
		notes.append(
			Message(
				"ragged",
				N_(
					"Row {rows} has more or fewer cells than headings. Check whether something is missing or in the wrong column."
				),
				{"rows": _first(ragged)},
			)
		)


def _first(rows: Sequence[int]) -> str:
	"""In digits: what shows a message would translate the words of a list."""
	return ", ".join([*map(str, rows[:MOST_TOLD]), *(["…"] if len(rows) > MOST_TOLD else [])])


def _is_total(cells: Sequence[str], width: int) -> bool:
	"""Whether the first word says so, most cells are blank, and there is no address."""
	first = next(cell for cell in cells if cell)
	words = set(heading_key(first).split())
	return (
		not TOTALS.isdisjoint(words)
		and len(words) <= 2
		and sum(map(bool, cells)) <= max(2, width // 2)
		and not any("@" in cell for cell in cells)
	)
