"""HTML as text: our few tags as lines, nothing escaped, each link on a line of its own."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

BLOCKS = frozenset(
	["p", "div", "ul", "ol", "table", "tr", "blockquote", "h1", "h2", "h3", "h4", "section", "hr"]
)
UNSEEN = frozenset(["style", "script", "title", "head"])
LINE, PARAGRAPH = "\n", "\n\n"
QUOTE, END_OF_QUOTE = "\x0e", "\x0f"
SOFT = "\v"  # a line ends here, whatever comes
BREAK = "\x10"  # several of them end one line


def plain_text(html: str) -> str:
	"""What a mail or a report says. A link is its words and, on the next line, its address, unless they are the same."""
	return _read(html, PARAGRAPH)


def editor_text(html: str | None) -> str:
	"""What somebody wrote in an editor, where each paragraph is a line; a text without tags keeps its lines."""
	html = html or ""
	return _read(html, BREAK) if "<" in html else _tidy(unescape(html))


def _read(html: str, block: str) -> str:
	reader = _Reader(block)
	reader.feed(html)
	reader.close()
	return reader.text()


def _tidy(text: str) -> str:
	lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines()]
	return re.sub(r"\n{3,}", PARAGRAPH, "\n".join(lines)).strip()


class _Reader(HTMLParser):
	"""`block` is what stands between paragraphs, lists and the like."""

	def __init__(self, block: str) -> None:
		super().__init__(convert_charrefs=True)
		self.block = block
		self.parts: list[str] = []
		self.hidden = 0
		self.keeps_lines = 0
		self.links: list[tuple[str, int]] = []
		self.open_divs: list[bool] = []

	def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
		given = dict(attrs)
		if tag in UNSEEN:
			self.hidden += 1
		elif tag == "br":
			self._add(LINE)
		elif tag == "li":
			self._add((BREAK if self.block == BREAK else LINE) + "- ")
		elif tag in ("td", "th"):
			self._add(" ")
		elif tag == "a":
			self.links.append((given.get("href") or "", len(self.parts)))
		elif tag == "img":
			self._add(given.get("alt") or "")
		if tag in BLOCKS:
			self._add(LINE if tag == "tr" else self.block)
			self._add(QUOTE if tag == "blockquote" else "")
		if tag in ("div", "p"):
			lines = "pre-line" in (given.get("style") or "")
			self.open_divs.append(lines)
			self.keeps_lines += lines

	def handle_endtag(self, tag: str) -> None:
		if tag in UNSEEN:
			self.hidden = max(0, self.hidden - 1)
		elif tag == "a" and self.links:
			self._end_link(*self.links.pop())
		if tag in BLOCKS:
			self._add(END_OF_QUOTE if tag == "blockquote" else "")
			self._add(LINE if tag == "tr" else self.block)
		if tag in ("div", "p") and self.open_divs:
			self.keeps_lines -= self.open_divs.pop()

	def handle_data(self, data: str) -> None:
		if not self.hidden:
			self._add(data if self.keeps_lines else re.sub(r"\s+", " ", data))

	def _end_link(self, address: str, start: int) -> None:
		words = "".join(self.parts[start:]).strip()
		address = address.removeprefix("mailto:")
		if address and words != address:
			self._add(f":{LINE}{address}{SOFT}" if words else address)

	def _add(self, text: str) -> None:
		if text:
			self.parts.append(text)

	def text(self) -> str:
		# What stands right after an address would become a part of it.
		text = re.sub(rf"{SOFT}[.,;:)]*\s*\n", "\n", "".join(self.parts) + "\n")
		text = re.sub(rf"{SOFT}[.,;:)]*\s*", "\n", text)
		text = re.sub(rf"[ \t]*{BREAK}[ \t{BREAK}]*", "\n", text)
		text = re.sub(rf"{QUOTE}([^{END_OF_QUOTE}]*)(?:{END_OF_QUOTE}|$)", _quoted, _tidy(text))
		return _tidy(re.sub(f"[{QUOTE}{END_OF_QUOTE}]", "", text))


def _quoted(found: re.Match[str]) -> str:
	lines = [line for line in found[1].replace(QUOTE, "").split("\n") if line.strip()]
	return "\n".join(f"> {line}" for line in lines)
