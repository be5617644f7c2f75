"""What somebody is called, and which parts of the name can mean nobody and nothing else.

"Quartermain" alone can be taken out of others' words; "Grace", "Paris" or the name of a namesake may mean something
else, and is shown to a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SHORTEST_PART = 4
SHORTEST_NUMBER = 7
TITLES = frozenset(
	["dr", "prof", "mr", "mrs", "ms", "mx", "herr", "frau", "sir", "phd", "md", "mba", "jr", "sr"]
)
# Names that are words of English or German as well: by themselves they may mean something else.
ORDINARY = frozenset(
	word.casefold()
	for word in [
		"able",
		"abel",
		"alt",
		"amber",
		"april",
		"art",
		"august",
		"autumn",
		"baker",
		"bauer",
		"baum",
		"berg",
		"best",
		"bill",
		"bishop",
		"black",
		"blue",
		"bond",
		"brand",
		"braun",
		"brook",
		"brown",
		"burns",
		"busch",
		"buck",
		"carol",
		"chance",
		"charity",
		"chase",
		"christian",
		"clay",
		"cliff",
		"cook",
		"constance",
		"cross",
		"crystal",
		"daisy",
		"dale",
		"dawn",
		"dean",
		"drew",
		"duke",
		"earl",
		"ernst",
		"eve",
		"faith",
		"field",
		"fields",
		"fischer",
		"ford",
		"forest",
		"foster",
		"fox",
		"frank",
		"franz",
		"fuchs",
		"gene",
		"german",
		"glen",
		"good",
		"grace",
		"grant",
		"gray",
		"green",
		"grove",
		"guy",
		"hall",
		"harmony",
		"heath",
		"herbst",
		"hill",
		"holly",
		"hope",
		"horn",
		"hunter",
		"iris",
		"ivory",
		"jack",
		"jade",
		"jasmine",
		"jordan",
		"joy",
		"jung",
		"june",
		"justice",
		"kaiser",
		"keller",
		"kennedy",
		"king",
		"klein",
		"knight",
		"koch",
		"kurz",
		"lake",
		"lance",
		"lane",
		"lang",
		"lily",
		"little",
		"long",
		"love",
		"major",
		"mark",
		"marshall",
		"mason",
		"may",
		"melody",
		"mercy",
		"merit",
		"miles",
		"miller",
		"mills",
		"neumann",
		"nick",
		"noble",
		"north",
		"olive",
		"page",
		"paris",
		"park",
		"parker",
		"patience",
		"pearl",
		"penny",
		"piece",
		"pierce",
		"pope",
		"porter",
		"potter",
		"price",
		"prince",
		"rain",
		"ray",
		"reed",
		"rich",
		"richter",
		"rise",
		"rob",
		"robin",
		"rock",
		"rose",
		"ruby",
		"rusty",
		"sage",
		"sandy",
		"sawyer",
		"schmidt",
		"schneider",
		"schwarz",
		"singer",
		"skip",
		"skye",
		"smart",
		"smith",
		"sommer",
		"spring",
		"stark",
		"stein",
		"stern",
		"stone",
		"storm",
		"strong",
		"summer",
		"taylor",
		"temple",
		"towns",
		"trinity",
		"violet",
		"virginia",
		"walker",
		"ward",
		"wagner",
		"weber",
		"weiss",
		"west",
		"white",
		"will",
		"winter",
		"wise",
		"wolf",
		"wood",
		"woods",
		"young",
		"zimmermann",
		"könig",
		"weiß",
		"groß",
		"grün",
		"müller",
		"sharp",
		"short",
	]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class KnownAs:
	"""What a person is called. `parts` mean nobody and nothing else here, `doubtful` might."""

	names: frozenset[str] = frozenset()
	addresses: frozenset[str] = frozenset()
	numbers: frozenset[str] = frozenset()
	parts: frozenset[str] = frozenset()
	doubtful: frozenset[str] = frozenset()


def known_as(
	names: Iterable[str],
	addresses: Iterable[str] = (),
	numbers: Iterable[str] = (),
	namesakes: Iterable[str] = (),
	vocabulary: Iterable[str] = (),
) -> KnownAs:
	"""What can be taken out of others' words. `namesakes` are the names of everybody else that is known here;
	`vocabulary` are words that mean something else: topics, places, employers.
	"""
	own = {clean for name in names if (clean := " ".join((name or "").split()))}
	others = {_fold(name) for name in namesakes}
	theirs = {_fold(word) for name in (*namesakes, *vocabulary) for word in words_of(name)}
	full = {bare for name in own if len(words_of(bare := _without_titles(name))) > 1}
	shared = {name for name in full if _fold(name) in others}
	parts = {word for name in own for word in words_of(name) if is_part(word)}
	safe = {
		word
		for word in parts
		if len(word) >= SHORTEST_PART and _fold(word) not in theirs and _fold(word) not in ORDINARY
	}
	return KnownAs(
		frozenset(full - shared),
		frozenset(address.strip().lower() for address in addresses if address and "@" in address),
		frozenset(
			digits
			for number in numbers
			if len(digits := re.sub(r"\D", "", number or "").lstrip("0")) >= SHORTEST_NUMBER
		),
		frozenset(safe),
		frozenset(parts - safe | shared),
	)


def words_of(name: str | None) -> list[str]:
	"""The words of a name, without titles: "Dr. Anna von Berg-Lee" is Anna, von, Berg, Lee."""
	return [word for word in _WORD.findall(name or "") if word.casefold() not in TITLES]


def _without_titles(name: str) -> str:
	return " ".join(word for word in name.split() if word.strip(".,").casefold() not in TITLES)


def is_part(word: str) -> bool:
	"""Whether it names somebody: "von" and "de" don't, nor does an initial."""
	return len(word) > 1 and (not word.islower() or len(word) >= SHORTEST_PART)


def _fold(text: str) -> str:
	return " ".join(unicodedata.normalize("NFC", text).split()).casefold()
