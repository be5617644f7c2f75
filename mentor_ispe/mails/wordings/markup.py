"""The HTML that a wording may have: paragraphs, lists, bold, italic, quotes, links, and fields.

What an editor or a word processor brings beside it is made plain: a heading is a bold paragraph, a table its rows,
colors and fonts are gone. What nobody brings by chance, such as a script or a picture, is refused.

A field is `<span data-field="key"></span>`; what it shows in the editor is not kept.
"""

from __future__ import annotations

import re
from itertools import groupby

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag

from mentor_ispe.domain.violations import N_, Violation

FIELD = "data-field"
_LINE = {"p", "li", "blockquote"}
_LISTS = {"ul", "ol"}
_INLINE = {"strong", "em", "a", "br", "span"}
_SAME = {"b": "strong", "i": "em"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_LIKE_PARAGRAPHS = {
	"div",
	"section",
	"article",
	"header",
	"footer",
	"main",
	"center",
	"pre",
	"tr",
	"dt",
	"dd",
}
_REFUSED = {
	"script",
	"style",
	"iframe",
	"frame",
	"object",
	"embed",
	"applet",
	"form",
	"input",
	"button",
	"textarea",
	"select",
	"svg",
	"math",
	"link",
	"meta",
	"base",
	"img",
	"picture",
	"video",
	"audio",
	"template",
	"noscript",
	"title",
}
_ADDRESS = re.compile(r"(https?://|mailto:|tel:)[^\s<>\"']+$", re.IGNORECASE)
_UNSEEN = re.compile("[\ufeff\u200b\u2060]")

_NOT_ALLOWED = N_(
	"An email can have paragraphs, bold and italic words, lists and links. It can't have “{what}”. Remove it and save again."
)
_NO_ADDRESS = N_(
	"“{address}” is not the address of a page. Start it with https://, or with mailto: for an email address."
)


def tidy(html: str) -> str:
	"""The same words in the few tags that a wording may have, one paragraph or list a line; the same when done twice."""
	soup = BeautifulSoup(_UNSEEN.sub("", html), "html.parser")
	for odd in soup.find_all(string=lambda text: type(text) is not NavigableString):
		odd.extract()
	for tag in soup.find_all("span", class_="ql-ui"):
		tag.decompose()
	_rename(soup)
	_sort_lists(soup)
	_flatten(soup)
	lines = _lines(soup)
	return "\n".join(str(line) for line in lines)


def unfit(html: str) -> list[Violation]:
	"""What of the HTML nobody brings by chance, or would do harm in a mail."""
	soup = BeautifulSoup(html, "html.parser")
	found = []
	for tag in soup.find_all(True):
		harmful = [name for name in tag.attrs if name.lower().startswith("on")]
		if tag.name in _REFUSED or harmful:
			found.append(
				Violation("not-allowed", _NOT_ALLOWED, {"what": harmful[0] if harmful else tag.name})
			)
		href = str(tag.get("href") or "").strip()
		if tag.name == "a" and href and not _ADDRESS.match(href):
			found.append(Violation("no-address", _NO_ADDRESS, {"address": href[:80]}))
	return found


def fields_of(html: str) -> list[str]:
	"""The keys of the fields, in their order."""
	return [str(tag[FIELD]) for tag in BeautifulSoup(html, "html.parser").find_all("span", {FIELD: True})]


def words_of(html: str) -> str:
	"""What is written between the fields."""
	return BeautifulSoup(html, "html.parser").get_text(" ")


def one_line(html: str) -> str:
	"""A subject: its words and fields, without any other tag."""
	soup = BeautifulSoup(tidy(html), "html.parser")
	for tag in soup.find_all(True):
		if tag.name != "span":
			tag.unwrap()
	return " ".join(str(soup).split())


def is_empty(element: Tag) -> bool:
	"""Whether neither a word nor a field is in it."""
	return not element.get_text(strip=True) and not element.find("span", {FIELD: True})


def _rename(soup: BeautifulSoup) -> None:
	for field in soup.select(f"span[{FIELD}]"):
		field.clear()
	for tag in soup.find_all(True):
		if tag.name in _HEADINGS:
			tag.name = "p"
			bold = soup.new_tag("strong")
			for child in list(tag.contents):
				bold.append(child)
			tag.append(bold)
		elif tag.name in _LIKE_PARAGRAPHS:
			tag.name = "p"
		tag.name = _SAME.get(tag.name, tag.name)
		if tag.name == "span" and tag.get(FIELD):
			tag.attrs = {FIELD: tag[FIELD]}
		elif tag.name == "a" and _ADDRESS.match(str(tag.get("href") or "").strip()):
			tag.attrs = {"href": str(tag["href"]).strip()}
		elif tag.name in _LISTS | _LINE | _INLINE - {"span", "a"}:
			# An editor says of each item in which kind of list it is.
			tag.attrs = {"data-list": tag["data-list"]} if tag.name == "li" and tag.get("data-list") else {}
		else:
			if tag.name in ("td", "th"):
				tag.append(" ")
			tag.unwrap()


def _sort_lists(soup: BeautifulSoup) -> None:
	"""One list for each run of items of a kind."""
	for given in soup.find_all(_LISTS):
		for loose in [child for child in given.contents if getattr(child, "name", None) != "li"]:
			if isinstance(loose, Tag) or loose.strip():
				loose.wrap(soup.new_tag("li"))
		items = given.find_all("li", recursive=False)
		if not any(item.get("data-list") for item in items):
			continue
		for kind, run in groupby(
			items, key=lambda item: "ul" if item.get("data-list") not in (None, "ordered") else "ol"
		):
			new = soup.new_tag(kind)
			for item in run:
				item.attrs = {}
				new.append(item)
			given.insert_before(new)
		given.decompose()
	for item in soup.find_all("li"):
		item.attrs = {}
		if item.parent is None or item.parent.name not in _LISTS:
			item.wrap(soup.new_tag("ul"))


def _flatten(soup: BeautifulSoup) -> None:
	"""No paragraph within a paragraph, an item or a word; no list within a paragraph."""
	for tag in soup.find_all(["p", "blockquote"]):
		if tag.find([*_LINE, *_LISTS]):
			tag.unwrap()
		elif tag.find_parent([*_LINE]):
			tag.append(" ")
			tag.unwrap()
	for tag in soup.find_all(["strong", "em", "a"]):
		if tag.find([*_LINE, *_LISTS]) or is_empty(tag):
			tag.unwrap()


def _lines(soup: BeautifulSoup) -> list[PageElement]:
	"""The paragraphs and lists, each word in one of them; those without a word are left out."""
	lines: list[Tag] = []
	loose: Tag | None = None
	for child in list(soup.contents):
		if isinstance(child, Tag) and child.name in _LISTS | {"p", "blockquote"}:
			loose = None
			lines.append(child)
			continue
		if loose is None:
			loose = soup.new_tag("p")
			lines.append(loose)
		loose.append(child.extract())
	for line in lines:
		line.smooth()
		for item in line.find_all("li"):
			if is_empty(item):
				item.decompose()
		for text in list(line.find_all(string=True)):
			plain = re.sub(r"[\s\xa0]+", " ", text)
			between_items = text.parent is not None and text.parent.name in _LISTS
			text.replace_with("" if between_items else plain)
		for each in [line, *line.find_all("li")]:
			_strip(each)
	return [line for line in lines if not is_empty(line)]


def _strip(element: Tag) -> None:
	"""Without blanks before the first word and after the last."""
	for at, side in ((0, str.lstrip), (-1, str.rstrip)):
		if element.contents and isinstance(element.contents[at], NavigableString):
			element.contents[at].replace_with(side(element.contents[at]))


def in_words(html: str, labels: dict[str, str]) -> str:
	"""What is written, with the label of each field in its place."""
	soup = BeautifulSoup(html, "html.parser")
	for span in soup.find_all("span", {FIELD: True}):
		span.replace_with(labels.get(str(span[FIELD]), ""))
	return " ".join(soup.get_text().split())
