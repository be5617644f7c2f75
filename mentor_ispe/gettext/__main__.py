"""`python -m mentor_ispe.gettext`: bring `locale/` up to date; says what has no translation yet."""

from __future__ import annotations

import sys

from mentor_ispe.gettext import catalogs


def main() -> int:
	"""Write the files and print what is missing or has other places for values; 1 if there is any."""
	texts = catalogs.extract()
	catalogs.write(catalogs.POT, texts)
	lines = []
	for file in catalogs.translations():
		catalog = catalogs.read(file)
		catalog.update(texts, no_fuzzy_matching=True)
		catalogs.write(file, catalog)
		lines += [f"{file.name}: missing    {message.id!r}" for message in catalogs.missing(catalog)]
		lines += [f"{file.name}: differing  {message.id!r}" for message in catalogs.differing(catalog)]
	print(*lines, sep="\n", end="\n" if lines else "")
	return 1 if lines else 0


sys.exit(main())
