"""Records that may be one person's: which, how sure, and why.

Nobody is compared with everybody: only those who share something (an address but for its spelling, a phone
number, a birthday, a record, a name, or a part of the name at the same employer) come side by side, and of
something that very many share each is compared with those of the nearest names only. So the cost grows with the
number of people, not with its square.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from mentor_ispe.domain.spelling import company_key
from mentor_ispe.domain.violations import N_, Message

CERTAIN, LIKELY, POSSIBLE = "Almost Certain", "Likely", "Possible"
LEVELS = ((80, CERTAIN), (55, LIKELY), (40, POSSIBLE))
NEAR_NAMES = 88
"""From this likeness on, of 100, two names are near (`rapidfuzz.fuzz.ratio`)."""
WIDEST = 24
"""Of something that more people share than this, each is compared with so many of the nearest names."""
RARE = 3
"""A name that at most so many people have is worth a look by itself."""
TITLES = frozenset(
	[
		"dr",
		"prof",
		"professor",
		"mr",
		"mrs",
		"ms",
		"miss",
		"herr",
		"frau",
		"dipl",
		"ing",
		"med",
		"phd",
		"mba",
		"jr",
		"sr",
	]
)
LETTERS = str.maketrans(
	{"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
# An umlaut is written with or without its dots, or with an e.
WITH_E = (("ae", "a"), ("oe", "o"), ("ue", "u"))
GMAIL = frozenset({"gmail.com", "googlemail.com"})


@dataclass(frozen=True, slots=True)
class KnownPerson:
	"""What is known of somebody; `key` is whatever the caller calls the record by.

	`records` are what belongs to one person only: a Member, an entry of the roll, a Contact, a login.
	"""

	key: str
	full_name: str
	addresses: tuple[str, ...] = ()
	phones: tuple[str, ...] = ()
	born: date | None = None
	employer: str = ""
	records: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
	"""Two records that may be one person's; `score` is 0 to 100, `level` what it means, `reasons` why."""

	first: str
	second: str
	score: int
	reasons: tuple[Message, ...]

	@property
	def level(self) -> str:
		return next(level for least, level in LEVELS if self.score >= least)


def plain_name(name: str) -> tuple[str, ...]:
	"""The words of a name in any order and spelling: without case, accents, titles and punctuation."""
	text = _plain(name)
	words = "".join(letter if letter.isalnum() else " " for letter in text.replace("'", "")).split()
	return tuple(sorted(word for word in words if word not in TITLES)) or tuple(sorted(words))


def plain_address(address: str) -> str:
	"""The mailbox behind an address: no case, no umlauts, nothing after +; Gmail overlooks dots as well."""
	local, _at, host = address.strip().lower().rpartition("@")
	local = _plain(local).split("+")[0]
	if host in GMAIL:
		return f"{local.replace('.', '')}@gmail.com"
	return f"{local}@{host}" if local and host else ""


def plain_phone(number: str) -> str:
	"""The last nine digits, which are the same with and without the country; empty when there are too few."""
	digits = "".join(letter for letter in number if letter.isdecimal())
	return digits[-9:] if len(digits.lstrip("0")) >= 7 else ""


class DuplicateIndex:
	"""Finds those among many people who may be the same as somebody; built once, asked often."""

	def __init__(self, people: Iterable[KnownPerson]):
		self._people: dict[str, _Folded] = {}
		self._blocks: dict[tuple[str, ...], list[tuple[str, str]]] = {}
		for person in people:
			folded = _fold(person)
			self._people[person.key] = folded
			for block in folded.blocks:
				self._blocks.setdefault(block, []).append((folded.name, person.key))
		for members in self._blocks.values():
			members.sort()

	def like(self, person: KnownPerson) -> list[Duplicate]:
		"""Those who may be this person, most likely first; the person needn't be in the index."""
		folded = _fold(person)
		near = {key for block in folded.blocks for key in self._near(block, folded)} - {person.key}
		found = [duplicate for key in sorted(near) if (duplicate := self._judge(folded, self._people[key]))]
		return sorted(found, key=lambda each: -each.score)

	def pairs(self) -> Iterator[Duplicate]:
		"""Every two of them who may be one person, each once."""
		seen: set[tuple[str, str]] = set()
		for folded in self._people.values():
			for duplicate in self.like(folded.person):
				pair = (min(duplicate.first, duplicate.second), max(duplicate.first, duplicate.second))
				if pair not in seen:
					seen.add(pair)
					yield Duplicate(*pair, duplicate.score, duplicate.reasons)

	def namesakes(self, full_name: str) -> list[KnownPerson]:
		"""Those with exactly this name; nobody where more than a few have it."""
		members = self._blocks.get(("name", " ".join(plain_name(full_name))), [])
		return [self._people[key].person for _name, key in members] if len(members) <= RARE else []

	def _near(self, block: tuple[str, ...], folded: _Folded) -> list[str]:
		members = self._blocks.get(block, [])
		if len(members) > WIDEST:
			middle = bisect_left(members, (folded.name, folded.person.key))
			start = max(0, min(middle - WIDEST // 2, len(members) - WIDEST))
			members = members[start : start + WIDEST + 1]
		return [key for _name, key in members]

	def _judge(self, one: _Folded, other: _Folded) -> Duplicate | None:
		same_name = bool(one.words) and one.words == other.words
		rare = same_name and len(self._blocks.get(("name", one.name), ())) <= RARE
		score, reasons = judge(one, other, rare)
		if score < LEVELS[-1][0]:
			return None
		return Duplicate(one.person.key, other.person.key, score, tuple(reasons))


@dataclass(frozen=True)
class _Folded:
	"""A person in the forms that are compared."""

	person: KnownPerson
	words: tuple[str, ...]
	addresses: frozenset[str]
	phones: frozenset[str]
	employer: str
	name: str = field(init=False, default="")

	def __post_init__(self) -> None:
		object.__setattr__(self, "name", " ".join(self.words))

	@property
	def blocks(self) -> list[tuple[str, ...]]:
		found: list[tuple[str, ...]] = [("address", each) for each in self.addresses]
		found += [("phone", each) for each in self.phones]
		found += [("record", *each) for each in self.person.records]
		if self.person.born:
			found.append(("born", self.person.born.isoformat()))
		if self.name:
			found.append(("name", self.name))
		if self.employer:
			found += [("employer", self.employer, word) for word in self.words if len(word) > 2]
		return found


def _fold(person: KnownPerson) -> _Folded:
	return _Folded(
		person,
		plain_name(person.full_name),
		frozenset(filter(None, map(plain_address, person.addresses))),
		frozenset(filter(None, map(plain_phone, person.phones))),
		company_key(person.employer),
	)


def judge(one: _Folded, other: _Folded, rare: bool) -> tuple[int, list[Message]]:
	"""How sure it is that these are one person, 0 to 100, and why. `rare`: few others have their name."""
	score, reasons = 0, []
	if record := sorted(set(one.person.records) & set(other.person.records)):
		score += 70
		reasons.append(
			Message(
				"same_record",
				N_("Both have the same {doctype}: {record}."),
				{"doctype": record[0][0], "record": record[0][1]},
			)
		)
	if address := sorted(one.addresses & other.addresses):
		score += 70
		reasons.append(
			Message(
				"same_address",
				N_("Their email addresses reach the same mailbox: {addresses}."),
				{"addresses": _written(address[0], one.person, other.person)},
			)
		)
	if one.phones & other.phones:
		score += 45
		reasons.append(Message("same_phone", N_("They have the same phone number.")))
	if one.person.born and one.person.born == other.person.born:
		score += 50
		reasons.append(Message("same_birthday", N_("They have the same birthday.")))
	elif one.person.born and other.person.born:
		score -= 60
		reasons.append(Message("other_birthday", N_("But they have different birthdays.")))
	likeness, words = _names(one, other)
	score += likeness
	reasons.append(words)
	if likeness > 0 and one.employer and one.employer == other.employer:
		score += 25
		reasons.append(
			Message("same_employer", N_("Both work at {employer}."), {"employer": one.person.employer})
		)
	if rare and words.code == "same_name" and not (one.employer and other.employer):
		score += 10  # nothing speaks against it
	return max(0, min(100, score)), reasons


def _names(one: _Folded, other: _Folded) -> tuple[int, Message]:
	names = {"first": one.person.full_name, "second": other.person.full_name}
	if one.words and one.words == other.words:
		return 30, Message("same_name", N_("They have the same name: {first}."), names)
	if _are_near(one, other):
		return 20, Message("near_name", N_("Their names are similar: {first} and {second}."), names)
	return -30, Message("other_name", N_("But their names differ: {first} and {second}."), names)


def _are_near(one: _Folded, other: _Folded) -> bool:
	if not (one.words and other.words):
		return False
	short, long = sorted((set(one.words), set(other.words)), key=len)
	if len(short) > 1 and all(_in(word, long) for word in short):
		return True  # a middle name more, or an initial
	return fuzz.ratio(one.name, other.name) >= NEAR_NAMES


def _in(word: str, words: set[str]) -> bool:
	return word in words or (len(word) == 1 and any(other.startswith(word) for other in words))


def _plain(text: str) -> str:
	letters = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
	plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(LETTERS)
	for written, short in WITH_E:
		plain = plain.replace(written, short)
	return plain


def _written(mailbox: str, *people: KnownPerson) -> Sequence[str]:
	"""The address of each as it is written; once when all write it alike."""
	return list(
		dict.fromkeys(
			address for person in people for address in person.addresses if plain_address(address) == mailbox
		)
	)
