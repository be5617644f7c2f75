"""Takes a person out of other people's words.

A name goes where it stands as a whole: the full name in any order, case and spelling that a computer writes,
addresses, telephone numbers. A single part of it goes where it can mean nobody and nothing else; where it might, the
words stay and the place is told.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from html import escape
from typing import Any

from icalendar.parser import Contentline

from mentor_ispe.domain.erasure.known_as import KnownAs, is_part, words_of

FORMER = "Former member"
REMOVED = "…"
LEAST_DIGITS = 8
# What may stand between two words of a name: spaces of any kind, as text, HTML and JSON write them.
_BETWEEN = r"(?:\s|&nbsp;|&#160;|\\u00a0|\\n)+"
# Where a word begins; a new line may be written as \n.
_BEGIN = r"(?:(?<![\w\\])|(?<=\\[nrt]))"
_FOLD = re.compile(r"\r?\n[ \t]")
CALENDAR = "BEGIN:VCALENDAR"


class Wording:
	"""Takes a person out of texts. `address` is written in the place of theirs."""

	def __init__(self, known: KnownAs, address: str):
		self.known, self.address = known, address

	@cached_property
	def _everywhere(self) -> list[tuple[re.Pattern[str], str]]:
		"""Addresses first: a name may stand in one."""
		patterns = [
			*((_address(address), self.address) for address in _longest_first(self.known.addresses)),
			*((_number(digits), REMOVED) for digits in _longest_first(self.known.numbers)),
		]
		if names := [written for name in self.known.names for written in _orders(name)]:
			patterns.append((_whole_words(names, re.IGNORECASE), FORMER))
		return patterns

	@cached_property
	def _parts(self) -> re.Pattern[str] | None:
		return _capitalized(self.known.parts)

	@cached_property
	def _doubtful(self) -> re.Pattern[str] | None:
		return _capitalized(
			{word for name in self.known.doubtful for word in words_of(name) if is_part(word)}
		)

	def without(self, text: str, parts: bool = True) -> str:
		"""The text without the person; with `parts` without single parts of the name too.

		What is JSON or a calendar stays so.
		"""
		return _rewrite(text, lambda plain: self._without(plain, parts))

	def _without(self, text: str, parts: bool) -> str:
		for pattern, instead in self._everywhere:
			text = pattern.sub(instead, text)
		if parts and self._parts:
			text = self._parts.sub(FORMER, text)
			text = re.sub(rf"{FORMER}(?:[ ,-]+{FORMER})+", FORMER, text)
		return text

	def may_name(self, text: str, parts: bool = True) -> bool:
		"""Whether a text that was gone through still holds a word that may mean the person."""
		found = bool(self._doubtful and self._doubtful.search(text))
		return found or bool(not parts and self._parts and self._parts.search(text))

	@cached_property
	def patterns(self) -> list[str]:
		"""For a query, in lower case: LIKE one of these is every text that `without` may change, or `may_name`."""
		return [
			*self.patterns_everywhere,
			*{_like(word) for word in (*self.known.parts, *self.known.doubtful)},
		]

	@cached_property
	def patterns_everywhere(self) -> list[str]:
		"""The same without the single parts of the name."""
		ends = [(words[0], words[-1]) for name in self.known.names if (words := name.split())]
		names = {
			"%".join(_like_words(pair)) for first, last in ends for pair in ((first, last), (last, first))
		}
		return [
			f"{CALENDAR.lower()}%",  # its lines are folded, in the middle of names too
			*(f"%{pattern}%" for pattern in names),
			*(_like(address.replace("@", "%")) for address in self.known.addresses),
			*(f"%{digits[-4:-2]}%{digits[-2:]}%" for digits in self.known.numbers),
		]


def _longest_first(words: Collection[str]) -> list[str]:
	return sorted(words, key=lambda word: (-len(word), word))


def _spellings(word: str) -> set[str]:
	"""A word as text, HTML and JSON write it, composed and decomposed."""
	plain = {unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)}
	cases = {each for text in plain for each in (text, text.upper(), text.capitalize(), text.lower())}
	marked_up = {escape(text) for text in cases}
	marked_up |= {text.replace("&#x27;", "&#39;") for text in marked_up}
	return cases | marked_up | {json.dumps(text)[1:-1] for text in cases}


def _word(word: str) -> str:
	return "(?:" + "|".join(re.escape(each) for each in _longest_first(_spellings(word))) + ")"


def _orders(name: str) -> list[str]:
	"""The name as a pattern: "Anna Berg", and "Berg, Anna" as lists have it."""
	words = [_word(word) for word in name.split()]
	plain = _BETWEEN.join(words)
	last_first = rf"{words[-1]}\\?,{_BETWEEN}{_BETWEEN.join(words[:-1])}"
	return [plain, last_first, f"{words[0]}{_BETWEEN}{words[-1]}"]


def _whole_words(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
	choices = "|".join(_longest_first(set(patterns)))
	# German puts an s behind whose something is.
	return re.compile(rf"{_BEGIN}(?:{choices})(?=s?(?!\w))", flags)


def _capitalized(words: Collection[str]) -> re.Pattern[str] | None:
	spelled = {
		re.escape(written)
		for word in words
		for written in _spellings(word)
		if not written.islower() or not word[0].isalpha()
	}
	return _whole_words(spelled) if spelled else None


def _address(address: str) -> re.Pattern[str]:
	local, _at, domain = address.partition("@")
	at = r"(?:@|%40|&#64;|\\u0040)"
	return re.compile(rf"(?<![\w.+%-]){re.escape(local)}{at}{re.escape(domain)}(?![\w-])", re.IGNORECASE)


def _number(digits: str) -> re.Pattern[str]:
	"""As it is dialed from abroad or from the next house; `digits` begin with no zero."""
	gap = r"[\s().\-/]*"
	tails = {digits[cut:] for cut in range(4) if len(digits) - cut >= LEAST_DIGITS} | {digits}
	dialed = "|".join(gap.join(tail) for tail in _longest_first(tails))
	return re.compile(rf"(?<!\d)(?:(?:\+|00)\d{{0,3}}{gap})?(?:\(?0\)?{gap})?(?:{dialed})(?!\d)")


def _like(word: str) -> str:
	return f"%{'%'.join(_like_words([word]))}%"


def _like_words(words: Iterable[str]) -> list[str]:
	"""What is plain ASCII of each word; the rest is written in more than one way, or means something to LIKE."""
	return [re.sub(r"[^a-z0-9@.%+\-]+", "%", word.lower()) for word in words]


def _rewrite(text: str, change: Callable[[str], str]) -> str:
	"""Change what is said in a text, in its own format: plain, JSON, a calendar file."""
	if text.startswith(("{", "[")):
		try:
			said = json.loads(text)
		except ValueError:
			return change(text)
		new = _rewrite_values(said, change)
		return text if new == said else json.dumps(new, indent=1 if "\n" in text else None)
	if text.startswith(CALENDAR):
		unfolded = _FOLD.sub("", text)
		new = change(unfolded)
		return text if new == unfolded else _folded(new)
	return change(text)


def _folded(calendar: str) -> str:
	fold: Any = Contentline  # it has no types
	return "".join(f"{fold(line).to_ical().decode()}\r\n" for line in calendar.splitlines() if line)


def _rewrite_values(value: Any, change: Callable[[str], str]) -> Any:
	if isinstance(value, str):
		return _rewrite(value, change)
	if isinstance(value, list):
		return [_rewrite_values(each, change) for each in value]
	if isinstance(value, dict):
		return {_rewrite(key, change): _rewrite_values(each, change) for key, each in value.items()}
	return value
