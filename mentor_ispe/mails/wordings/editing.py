"""A wording for the editor: the app's own as a start, each field and part with the words that stand for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, strip_html

from mentor_ispe.mails.definition import MAILS, Field
from mentor_ispe.mails.wordings import markup
from mentor_ispe.mails.wordings.labels import LABELS
from mentor_ispe.mails.wordings.pieces import EVERYWHERE, Original, Piece

_LONGEST = 140
_HOW_MANY_MORE = re.compile(r"\(\+ \d+\)")


@dataclass(frozen=True)
class Choice:
	"""What can be inserted: `label` stands for it in the text. `may_be_empty`: not every mail has a value for it."""

	key: str
	label: str
	is_field: bool
	may_be_empty: bool
	in_subject: bool
	in_message: bool


def as_html(words: Iterable[str | Piece]) -> str:
	"""The wording as an editor takes it, with a span for each field and part.

	What brings paragraphs or items of its own gets one to stand in.
	"""
	html = ""
	for each in words:
		if isinstance(each, str):
			html += each
			continue
		span = f'<span {markup.FIELD}="{each.key}"></span>'
		open_tags = {tag: _open(html, tag) for tag in ("p", "li", "ul", "ol")}
		if not each.is_block or open_tags["p"] or open_tags["li"]:
			html += span
		else:
			html += f"<li>{span}</li>" if open_tags["ul"] or open_tags["ol"] else f"<p>{span}</p>"
	return markup.tidy(html)


def _open(html: str, tag: str) -> bool:
	return len(re.findall(rf"<{tag}\b", html)) > html.count(f"</{tag}>")


def subject_as_html(original: Original) -> str:
	return markup.one_line(
		as_html(each if isinstance(each, Piece) else escape_html(each) for each in original.subject)
	)


def message_as_html(original: Original) -> str:
	return as_html(original.message)


def choices(original: Original) -> list[Choice]:
	"""The fields first, then the parts, each in the order of the original."""
	known = {field.name: field for field in (*EVERYWHERE, *MAILS[original.mail].fields)}
	fields = {
		key: piece for key, piece in {**original.pieces, **original.subject_pieces}.items() if piece.is_field
	}
	found = [
		Choice(key, _label_of(key), True, may_be_empty(known[key]), not piece.is_block, True)
		for key, piece in fields.items()
	]
	for pieces, in_subject in ((original.subject_pieces, True), (original.pieces, False)):
		found += [
			Choice(key, part_words(original, piece), False, True, in_subject, not in_subject)
			for key, piece in pieces.items()
			if not piece.is_field
		]
	return found


def subject_in_words(original: Original) -> str:
	"""The original's subject, with the label of each field in brackets."""
	labels = {
		key: f"[{_label_of(key)}]" if piece.is_field else f" {part_words(original, piece)}"
		for key, piece in original.subject_pieces.items()
	}
	return re.sub(r"\s+([,.:;?!])", r"\1", markup.in_words(subject_as_html(original), labels))


def part_words(original: Original, piece: Piece) -> str:
	"""What a part says where all it asks about is there, with the labels as values; in short."""
	names = {field.name: _labelled(field) for field in (*EVERYWHERE, *MAILS[original.mail].fields)}
	context = {
		"day": _first,
		"moment": _first,
		"clock": _first,
		"city": _first,
		"answer_link": lambda *_given: "#",
	}
	text = _said(piece.source, {**context, **names})
	if not text:
		told = {name: _most(value) for name, value in names.items()}
		text = _said(piece.source, {**context, **told})
	text = text or _("Part of the email")
	if _HOW_MANY_MORE.fullmatch(text):
		return _("(+ number of others)")
	if len(text) > _LONGEST:
		text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
	return text + (" / …" if piece.has_alternatives else "")


def may_be_empty(field: Field) -> bool:
	"""As the field says of itself."""
	return bool(re.search(r"\bempty\b| or 0|^list|^whether|^true", field.meaning))


def _label_of(name: str) -> str:
	"""In words; of a field that has none yet, its name."""
	return _(LABELS[name]) if name in LABELS else name.replace("_", " ").capitalize()


def _said(source: str, context: dict[str, Any]) -> str:
	html = frappe.render_template(source, context)
	return " ".join(strip_html(re.sub(r"<(li|p|br|tr|div)\b", r" <\1", html)).split())


def _most(value: Any) -> Any:
	"""What makes a part say something: yes, and more than one."""
	if isinstance(value, bool):
		return True
	return value * 2 if isinstance(value, list) else value


def _first(value: Any, *_others: Any) -> Any:
	return value


def _labelled(field: Field) -> Any:
	"""A value of the same kind that says what it is; one of several."""
	if isinstance(field.sample, list):
		rows = [_label(field.name, each) if isinstance(each, str) else each for each in field.sample[:1]]
		return [
			{key: _label(key, value) for key, value in row.items()} if isinstance(row, dict) else row
			for row in rows
		]
	return _label(field.name, field.sample)


def _label(name: str, sample: Any) -> Any:
	return (
		f"[{_label_of(name)}]"
		if name in LABELS and isinstance(sample, str | int) and not isinstance(sample, bool)
		else sample
	)
