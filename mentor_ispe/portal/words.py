"""Texts that the Desk keeps as HTML, on pages where people write plain words."""

from __future__ import annotations

from html import escape

from bs4 import BeautifulSoup

BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "tr", "blockquote", "pre")


def to_text(html: str | None) -> str:
	"""The words alone, a line for each paragraph or item."""
	soup = BeautifulSoup(html or "", "html.parser")
	for tag in soup.find_all("br"):
		tag.replace_with("\n")
	for tag in soup.find_all(BLOCKS):
		tag.append("\n")
		if tag.name == "li":
			tag.insert(0, "• ")
	lines = [line.strip() for line in soup.get_text().splitlines()]
	kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
	return "\n".join(kept).strip()


def to_html(text: str | None) -> str:
	"""Plain words as the Desk keeps them: a paragraph for each line, nothing in them is markup."""
	lines = (text or "").replace("\r\n", "\n").strip().split("\n")
	return "".join(
		f"<p>{escape(line, quote=False)}</p>" if line.strip() else "<p><br></p>"
		for line in lines
		if lines != [""]
	)
