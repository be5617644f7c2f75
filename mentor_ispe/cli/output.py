"""What the command writes: proposals and the unmatched as CSV, the figures in words and as JSON."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from mentor_ispe.cli.people import Lists
from mentor_ispe.domain.matching.result import PairsResult
from mentor_ispe.domain.spreadsheet_cells import inert

PROPOSALS, UNMATCHED, SUMMARY = "proposals.csv", "unmatched.csv", "summary.json"


def proposals(result: PairsResult, lists: Lists) -> str:
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
	return _csv(
		["mentee", "mentee name", "mentor", "mentor name", "score", *parts, "pinned", "reasons"],
		lines,
		lists.separator,
	)


def unmatched(result: PairsResult, lists: Lists) -> str:
	"""One line for each mentee who got nobody, with the reasons in words."""
	names = {person.name: person.title for person in lists.mentees}
	lines = [[lone.mentee, names[lone.mentee], " ".join(map(str, lone.reasons))] for lone in result.unmatched]
	return _csv(["mentee", "mentee name", "reasons"], lines, lists.separator)


def in_words(result: PairsResult) -> str:
	"""The figures, and what would place more."""
	lines = [
		f"Matched:  {result.matched} of {result.mentees} mentees; more than {result.most_matched} can't be",
		f"Seats:    {result.seats}",
		f"Score:    {result.score}",
		f"Bound:    {result.bound}",
		f"Gap:      {result.gap:.2%}{', proven best' if result.proven else ''}",
		f"Time:     {result.seconds['whole']:.2f} s",
	]
	lines += [f"Note:     {warning}" for warning in result.warnings]
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
			PROPOSALS: proposals(result, lists),
			UNMATCHED: unmatched(result, lists),
			SUMMARY: json.dumps(summary, indent="\t", ensure_ascii=False) + "\n",
		},
	)


def _write(folder: Path, texts: Mapping[str, str]) -> list[Path]:
	"""Under other names first, so that a full disk leaves what was there before."""
	folder.mkdir(parents=True, exist_ok=True)
	# A CSV file begins with the mark by which spreadsheets know UTF-8; without it Jürgen becomes JÃ¼rgen.
	drafts = {folder / name: folder / f".{name}.draft" for name in texts}
	try:
		for path, draft in drafts.items():
			encoding = "utf-8-sig" if path.suffix == ".csv" else "utf-8"
			draft.write_text(texts[path.name], encoding=encoding, newline="")
		for path, draft in drafts.items():
			os.replace(draft, path)
	finally:
		for draft in drafts.values():
			draft.unlink(missing_ok=True)
	return list(drafts)


def _csv(headings: Iterable[str], lines: Iterable[Iterable[object]], separator: str) -> str:
	text = io.StringIO(newline="")
	writer = csv.writer(text, delimiter=separator)
	writer.writerow(headings)
	writer.writerows([inert(cell) for cell in line] for line in lines)
	return text.getvalue()
