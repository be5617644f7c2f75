"""`python -m mentor_ispe.translations de`: what a language lacks. With `--tidy` sorts, and drops what is gone."""

from __future__ import annotations

import argparse
import sys

from mentor_ispe.translations import rows
from mentor_ispe.translations.texts import all_texts


def main() -> int:
	"""Print what is missing, obsolete or differing; the exit status is 1 if there is any."""
	parser = argparse.ArgumentParser(prog="python -m mentor_ispe.translations", description=__doc__)
	parser.add_argument("language", help="the code of a language that has a file here, for example de")
	parser.add_argument(
		"--tidy", action="store_true", help="sort the file and drop rows of texts that are gone"
	)
	options = parser.parse_args()
	texts, there = all_texts(), rows.read(options.language)
	gone = rows.obsolete(texts, there)
	if options.tidy:
		rows.write(options.language, [row for row in there if row not in gone])
		there, gone = rows.read(options.language), []
	lines = [f"missing    {text.words!r}  ({text.where})" for text in rows.missing(texts, there)]
	lines += [f"obsolete   {row.source!r}" for row in gone]
	lines += [f"differing  {row.source!r} → {row.translation!r}" for row in rows.differing(there)]
	print(*lines, sep="\n", end="\n" if lines else "")
	return 1 if lines else 0


sys.exit(main())
