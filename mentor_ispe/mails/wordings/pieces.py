"""The app's own wording of a mail, taken apart: its words, and in between the fields and the fixed parts.

A **field** is one value of the mail, "Name of the group". A **part** is what the wording says only sometimes or once
for each of several: `{% if … %} … {% endif %}`, a list. It is kept whole, since half a condition says the wrong thing
to somebody; one may move it or leave it out. Both are our own Jinja, from the app's files and nowhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from mentor_ispe.mails.definition import MAILS, DefaultTemplate, Field

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OPENS = re.compile(r"\{%-?\s*(if|for|with)\b(?P<of>.*?)-?%\}", re.DOTALL)
_CLOSES = re.compile(r"\{%-?\s*end(if|for|with)\b")
_BLOCK = re.compile(r"<(p|li|ul|ol|div|table|blockquote|h[1-6])\b|_html\b")
# How a wording writes one value: as it is, as a day, joined, in the reader's language.
_ONE_VALUE = re.compile(
	r"\{\{\s*(?:"
	r"(?P<plain>\w+)"
	r"|(?:day|clock|moment|city)\((?P<time>\w+)(?:,\s*zone)?\)"
	r"|_\((?P<choice>\w+)\)(?:\s*\|\s*lower)?"
	r"|(?P<filtered>\w+)\s*\|\s*(?:lower|join\((?:\"[^\"]*\"|'[^']*')\))"
	r")\s*\}\}"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
# What is for the buttons and the conditions, and says nothing by itself.
_NOT_SHOWN = re.compile(r".*_url$|link$|zone$|poll$|status$|kind$|question$|figures$")
_CHOICES = ("mode", "role")

EVERYWHERE = (
	Field("first_name", "first name of the reader", "Tom"),
	Field("recipient_name", "full name of the reader", "Tom Okafor"),
	Field("site_name", "name of the association's site", "Mentoring"),
)


@dataclass(frozen=True)
class Piece:
	"""A field or a part; `source` is our Jinja. `uses` are the values that it needs, `is_block` that it brings
	paragraphs or items of its own."""

	key: str
	source: str
	uses: frozenset[str]
	is_field: bool = False

	@property
	def is_block(self) -> bool:
		return bool(_BLOCK.search(self.source))

	@property
	def has_alternatives(self) -> bool:
		"""Whether it says one of several things."""
		return bool(re.search(r"\{%-?\s*(else|elif)\b", self.source))


@dataclass(frozen=True)
class Original:
	"""The app's wording of a mail in one language; `subject` and `message` are words and pieces in turn.

	`pieces` are all that a wording of the mail may have, by key; a field may be written in another way in the subject.
	"""

	mail: str
	language: str
	subject: tuple[str | Piece, ...]
	message: tuple[str | Piece, ...]
	pieces: dict[str, Piece]
	subject_pieces: dict[str, Piece]


@cache
def original_of(mail: str, language: str) -> Original:
	"""The app's wording in the language, else in English."""
	definition = MAILS[mail]
	language = language if language in definition.wordings else "en"
	wording = definition.wordings[language]
	known = {field.name: field for field in (*EVERYWHERE, *definition.fields)}
	subject = tuple(_split(wording.subject, known, "subject"))
	message = tuple(_split(wording.response_html, known, "part"))
	fields = _fields(wording, known)
	in_message = {piece.key: piece for piece in message if isinstance(piece, Piece)}
	in_subject = {piece.key: piece for piece in subject if isinstance(piece, Piece)}
	return Original(
		mail,
		language,
		subject,
		message,
		{**fields, **in_message},
		{**fields, **in_subject},
	)


def _split(source: str, known: dict[str, Field], place: str) -> Iterator[str | Piece]:
	"""The words and the pieces in their order; a part goes from its first tag to the end of that.

	The key of a part says what it asks about, and its number where it isn't the first to ask so: it stays the same
	when the words around it are changed.
	"""
	seen: Counter[str] = Counter()
	depth = start = begun = 0
	opened = ""
	for tag in TAG.finditer(source):
		if depth == 0:
			yield source[start : tag.start()]
			start = begun = tag.start()
			opened = tag[0]
		depth += bool(_OPENS.match(tag[0])) - bool(_CLOSES.match(tag[0]))
		if depth == 0:
			yield _piece(source[begun : tag.end()], opened, known, place, seen)
			start = tag.end()
	yield source[start:]


def _piece(source: str, opened: str, known: dict[str, Field], place: str, seen: Counter[str]) -> Piece:
	names = frozenset(re.findall(r"[a-z_]\w*", " ".join(TAG.findall(source)))) & known.keys()
	if (name := _name_of_value(source)) in known:
		return Piece(name, source, names, is_field=True)
	slug = re.sub(r"\W+", "-", opened.strip("{}%- ").lower()).strip("-")[:60]
	seen[slug] += 1
	return Piece(f"{place}-{slug}" + (f"-{seen[slug]}" if seen[slug] > 1 else ""), source, names)


def _name_of_value(source: str) -> str:
	found = _ONE_VALUE.fullmatch(source)
	return next((name for name in found.groups() if name), "") if found else ""


def _fields(wording: DefaultTemplate, known: dict[str, Field]) -> dict[str, Piece]:
	"""Every value that can be shown, each as the wording itself writes it, if it does."""
	sources: dict[str, str] = {}
	for tag in TAG.findall(wording.response_html + wording.subject):
		sources.setdefault(_name_of_value(tag), tag)
	found = {}
	for field in known.values():
		source = sources.get(field.name) or _written(field, "zone" in known)
		if source and not _NOT_SHOWN.match(field.name):
			found[field.name] = Piece(field.name, source, frozenset([field.name]), is_field=True)
	return found


def _written(field: Field, has_zone: bool) -> str:
	"""How a value is written that the wording itself doesn't show; "" for what can't be."""
	name, sample = field.name, field.sample
	if _is_list_of_words(sample):
		return f'{{{{ {name} | join(", ") }}}}'
	if isinstance(sample, bool) or not isinstance(sample, str | int):
		return ""
	if _MOMENT.match(str(sample)):
		return f"{{{{ moment({name}, zone) }}}}" if has_zone else f"{{{{ clock({name}) }}}}"
	if _DAY.match(str(sample)):
		return f"{{{{ day({name}) }}}}"
	return f"{{{{ _({name}) }}}}" if name in _CHOICES else f"{{{{ {name} }}}}"


def _is_list_of_words(sample: Any) -> bool:
	return isinstance(sample, list) and all(isinstance(each, str) for each in sample)
