"""What the command writes: proposals and the unmatched as lists, the figures in words and as JSON.

Lists are of the kind that the people came in: CSV with the same separator, or a workbook. So they open in the same
spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mentor_ispe.cli.people import Lists
from mentor_ispe.domain.matching.result import PairsResult
from mentor_ispe.domain.spreadsheet_cells import inert
from mentor_ispe.spreadsheets import workbook

PROPOSALS, UNMATCHED, SUMMARY = "proposals", "unmatched", "summary.json"


@dataclass(frozen=True)
class Written:
	"""A list to be written."""

	headings: list[str]
	lines: Sequence[Sequence[object]]

	def as_csv(self, separator: str) -> str:
		"""As text; what a spreadsheet would run is kept a text."""
		text = io.StringIO(newline="")
		writer = csv.writer(text, delimiter=separator)
		writer.writerow(self.headings)
		writer.writerows([inert(cell) for cell in line] for line in self.lines)
		return text.getvalue()


def proposals(result: PairsResult, lists: Lists) -> Written:
	"""One line for each pair: who, score, its parts, reasons in words."""
	mentees = {person.name: person.title for person in lists.mentees}
	mentors = {person.name: person.title for person in lists.mentors}
	parts = list(result.full_points)
	lines = [
		[
			pair.mentee,
			mentees[pair.mentee],
			pair.mentor,
			mentors[pair.mentor],
			pair.score,
			*(pair.parts.get(name, 0) for name in parts),
			"yes" if pair.is_pinned else "",
			" ".join(map(str, pair.reasons)),
		]
		for pair in result.pairs
	]
	return Written(
		["mentee", "mentee name", "mentor", "mentor name", "score", *parts, "pinned", "reasons"], lines
	)


def unmatched(result: PairsResult, lists: Lists) -> Written:
	"""One line for each mentee who got nobody, with the reasons in words."""
	names = {person.name: person.title for person in lists.mentees}
	lines = [[lone.mentee, names[lone.mentee], " ".join(map(str, lone.reasons))] for lone in result.unmatched]
	return Written(["mentee", "mentee name", "reasons"], lines)


def in_words(result: PairsResult, lists: Lists) -> str:
	"""The figures, and what would place more."""
	lines = [
		f"Matched:  {result.matched} of {result.mentees} mentees; more than {result.most_matched} can't be",
		f"Places:   {result.seats}",
		f"Score:    {result.score}",
		f"Bound:    {result.bound}",
		f"Gap:      {result.gap:.2%}{', proven best' if result.proven else ''}",
		f"Time:     {result.seconds['whole']:.2f} s",
	]
	lines += [f"Note:     {warning}" for warning in (*lists.notes, *result.warnings)]
	lines += [f"Change:   {suggestion.words}" for suggestion in result.suggestions]
	return "\n".join(lines)


def write_all(folder: Path, result: PairsResult, lists: Lists) -> list[Path]:
	"""Write the three files, all or none of them."""
	summary = {
		**result.summary(),
		"suggestions": [suggestion.as_dict() for suggestion in result.suggestions],
		"warnings": [str(warning) for warning in result.warnings],
	}
	return _write(
		folder,
		{
			**_file(PROPOSALS, proposals(result, lists), lists),
			**_file(UNMATCHED, unmatched(result, lists), lists),
			SUMMARY: (json.dumps(summary, indent="\t", ensure_ascii=False) + "\n").encode(),
		},
	)


def _file(name: str, written: Written, lists: Lists) -> dict[str, bytes]:
	if not lists.separator:
		return {f"{name}.xlsx": workbook(name, written.headings, written.lines)}
	# A CSV file begins with the mark by which spreadsheets know UTF-8; without it Jürgen becomes JÃ¼rgen.
	return {f"{name}.csv": written.as_csv(lists.separator).encode("utf-8-sig")}


def _write(folder: Path, contents: Mapping[str, bytes]) -> list[Path]:
	"""Under other names first, so that a full disk leaves what was there before."""
	folder.mkdir(parents=True, exist_ok=True)
	drafts = {folder / name: folder / f".{name}.draft" for name in contents}
	try:
		for path, draft in drafts.items():
			draft.write_bytes(contents[path.name])
		for path, draft in drafts.items():
			os.replace(draft, path)
	finally:
		for draft in drafts.values():
			draft.unlink(missing_ok=True)
	return list(drafts)
