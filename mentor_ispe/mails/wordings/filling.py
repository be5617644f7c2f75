"""Put the values of a mail into a coordinator's wording.

Only our own pieces are Jinja. What a coordinator wrote is parsed as HTML and never run as a template, and what the
pieces give is put into it afterwards, so that neither can bring code into the other.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from bs4 import BeautifulSoup, Tag

from mentor_ispe.mails.wordings import markup
from mentor_ispe.mails.wordings.pieces import Original, Piece

_LINES = ["p", "li", "blockquote"]


def subject_of(original: Original, subject: str, values: Mapping[str, Any]) -> str:
	"""The subject as text; `values` as they are."""
	given = _render(original.subject_pieces, markup.fields_of(subject), values)
	soup = BeautifulSoup(subject, "html.parser")
	for span in soup.find_all("span", {markup.FIELD: True}):
		span.replace_with(given[span[markup.FIELD]])
	return " ".join(soup.get_text().split())


def message_of(original: Original, message: str, values: Mapping[str, Any]) -> str:
	"""The text as HTML; `values` are escaped. A paragraph or item is left out when a field in it is empty."""
	given = _render(original.pieces, markup.fields_of(message), values)
	soup = BeautifulSoup(message, "html.parser")
	spans = soup.find_all("span", {markup.FIELD: True})
	empty = [
		span.find_parent(_LINES)
		for span in spans
		if original.pieces[span[markup.FIELD]].is_field and not given[span[markup.FIELD]].strip()
	]
	for span in spans:
		key = span[markup.FIELD]
		_replace(span, given[key], original.pieces[key].is_block)
	for line in empty:
		if line is not None:
			line.extract()
	for line in soup.find_all([*_LINES, "ul", "ol"])[::-1]:
		if not line.get_text(strip=True) and not line.find("img"):
			line.extract()
	return str(soup)


def fits(original: Original, subject: str, message: str) -> bool:
	"""Whether the app still has every field and part that the wording names."""
	return set(markup.fields_of(subject)) <= original.subject_pieces.keys() and (
		set(markup.fields_of(message)) <= original.pieces.keys()
	)


def _render(pieces: Mapping[str, Piece], keys: Sequence[str], values: Mapping[str, Any]) -> dict[str, str]:
	"""What each of the pieces says, in one go; what stands between them nobody can know beforehand."""
	wanted = list(dict.fromkeys(keys))
	if not wanted:
		return {}
	between = secrets.token_hex(16)
	said = frappe.render_template(between.join(pieces[key].source for key in wanted), dict(values))
	return dict(zip(wanted, said.split(between), strict=True))


def _replace(span: Tag, html: str, is_block: bool) -> None:
	"""Put the HTML in place of the span; paragraphs and items replace the paragraph or item that is only there for them."""
	found = BeautifulSoup(html, "html.parser")
	line = span.find_parent(_LINES)
	alone = line is not None and not line.get_text(strip=True) and len(line.find_all("span")) == 1
	place = line if is_block and alone else span
	if is_block and found.find("li", recursive=False) and not (alone and line.name == "li"):
		found = BeautifulSoup(f"<ul>{html}</ul>", "html.parser")
	for each in list(found.contents):
		place.insert_before(each.extract())
	place.decompose()
