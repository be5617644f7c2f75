"""A mail's text for those who read no HTML: our few tags as lines, nothing escaped, each link on a line of its own."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
	["p", "div", "ul", "ol", "table", "tr", "blockquote", "h1", "h2", "h3", "h4", "section", "hr"]
)
UNSEEN = frozenset(["style", "script", "title", "head"])
LINE, PARAGRAPH = "\n", "\n\n"
QUOTE, END_OF_QUOTE = "\x0e", "\x0f"
SOFT = "\v"  # a line ends here, whatever comes


def plain_text(html: str) -> str:
	"""What the HTML says. A link is its words and, on the next line, its address; words that are the address are it."""
	reader = _Reader()
	reader.feed(html)
	reader.close()
	return reader.text()


class _Reader(HTMLParser):
	def __init__(self) -> None:
		super().__init__(convert_charrefs=True)
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
			self._add(LINE + "- ")
		elif tag == "td":
			self._add(" ")
		elif tag == "a":
			self.links.append((given.get("href") or "", len(self.parts)))
		elif tag == "img":
			self._add(given.get("alt") or "")
		if tag in BLOCKS:
			self._add(LINE if tag == "tr" else PARAGRAPH)
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
			self._add(LINE if tag == "tr" else PARAGRAPH)
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
		lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
		text = re.sub(rf"{QUOTE}([^{END_OF_QUOTE}]*)(?:{END_OF_QUOTE}|$)", _quoted, "\n".join(lines))
		return re.sub(r"\n{3,}", PARAGRAPH, re.sub(f"[{QUOTE}{END_OF_QUOTE}]", "", text)).strip()


def _quoted(found: re.Match[str]) -> str:
	lines = [line for line in found[1].replace(QUOTE, "").split("\n") if line.strip()]
	return "\n".join(f"> {line}" for line in lines)
