"""Names that a list writes with the family name first: "Müller, Hans" is Hans Müller."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from mentor_ispe.domain.violations import N_, Message

TITLES = frozenset(
	[
		"phd",
		"dr",
		"drs",
		"prof",
		"md",
		"do",
		"mba",
		"pharmd",
		"msc",
		"ma",
		"ms",
		"bsc",
		"ba",
		"bs",
		"meng",
		"beng",
		"dipl",
		"ing",
		"llm",
		"jd",
		"rph",
		"rn",
		"pe",
		"pmp",
		"cpip",
		"esq",
		"jr",
		"sr",
		"i",
		"ii",
		"iii",
		"iv",
		"jun",
		"sen",
		"mag",
		"hc",
		"habil",
	]
)
"""What stands behind a comma without being a first name, without dots: "Ann Smith, Ph.D."."""
READ_AS = N_("“{text}” is read as the name {name}.")


def is_family_name_first(cells: Sequence[str]) -> bool:
	"""Whether a column writes its names so: more than half of the cells that aren't empty."""
	filled = [cell for cell in cells if cell.strip()]
	return sum(given_name_first(cell) != cell for cell in filled) * 2 > len(filled)


def given_name_first(text: str) -> str:
	"""The name turned around at its first comma; as it is where only titles, or nothing, stand behind that."""
	family, comma, rest = text.partition(",")
	given, _comma, titles = rest.partition(",")
	family, given, titles = family.strip(), given.strip(), titles.strip()
	if not (comma and family and given) or _is_title(given) or (titles and not _is_title(titles)):
		return text
	return ", ".join(filter(None, [f"{given} {family}", titles]))


def turned(profile: dict[str, Any], is_family_name_first: bool) -> tuple[Message, ...]:
	"""Turn the profile's name around where the list has the family name first; a note if it was."""
	text = profile.get("full_name", "")
	name = given_name_first(text) if is_family_name_first else text
	if name == text:
		return ()
	profile["full_name"] = name
	return (Message("name_order", READ_AS, {"text": text, "name": name}),)


def _is_title(text: str) -> bool:
	words = re.sub(r"[.]", "", text).casefold().replace(",", " ").replace("-", " ").split()
	return TITLES.issuperset(words)
