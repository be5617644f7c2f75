"""The rows of a translation file, held against the app's texts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mentor_ispe.translations.texts import Text

FOLDER = Path(__file__).parent
KEPT = re.compile(r"\{\w*\}|%\(?\w*\)?[sd]|<[^>]+>|&\w+;")
"""What a translation keeps as it is: the places of values, HTML."""


class Row(NamedTuple):
	"""One line of the file, as Frappe reads it; `context` is empty or a DocType."""

	source: str
	translation: str
	context: str = ""


def read(language: str) -> list[Row]:
	"""The rows of one language."""
	with _file(language).open(encoding="utf-8", newline="") as lines:
		return [Row(*line) for line in csv.reader(lines)]


def write(language: str, rows: Iterable[Row]) -> None:
	"""Write the rows, sorted by their source, so that a change shows as one line."""
	with _file(language).open("w", encoding="utf-8", newline="") as lines:
		csv.writer(lines, lineterminator="\n").writerows(
			sorted(rows, key=lambda row: (row.source, row.context))
		)


def missing(texts: Iterable[Text], rows: Iterable[Row]) -> list[Text]:
	"""Texts that a reader of the language would see in English; each once."""
	there = {(row.source, row.context) for row in rows if row.translation}
	lacking = {
		text.words: text
		for text in texts
		if (text.words, "") not in there and (not text.context or (text.words, text.context) not in there)
	}
	return list(lacking.values())


def obsolete(texts: Iterable[Text], rows: Iterable[Row]) -> list[Row]:
	"""Rows whose text the app doesn't have any more."""
	used = {(text.words, context) for text in texts for context in ("", text.context)}
	return [row for row in rows if (row.source, row.context) not in used]


def differing(rows: Iterable[Row]) -> Iterator[Row]:
	"""Rows whose translation has other places for values, or other HTML, than their source."""
	return (row for row in rows if sorted(KEPT.findall(row.source)) != sorted(KEPT.findall(row.translation)))


def _file(language: str) -> Path:
	return FOLDER / f"{language}.csv"
