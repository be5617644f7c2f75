"""Texts that the Desk keeps as HTML: as part of a page, and where people write plain words."""

from __future__ import annotations

from html import escape

from bs4 import BeautifulSoup
from frappe.utils.html_utils import sanitize_html

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def safe_html(html: str | None) -> str:
	"""A text that staff wrote, as a safe part of a page; headings become bold paragraphs, so that the page's own stay in order."""
	soup = BeautifulSoup(sanitize_html(html or "", always_sanitize=True), "html.parser")
	for tag in soup.find_all(HEADINGS):
		tag.name = "p"
		tag.attrs = {"class": "mentoring-heading"}
	return str(soup)


def to_html(text: str | None) -> str:
	"""Plain words as the Desk keeps them: a paragraph for each line, nothing in them is markup."""
	lines = (text or "").replace("\r\n", "\n").strip().split("\n")
	return "".join(
		f"<p>{escape(line, quote=False)}</p>" if line.strip() else "<p><br></p>"
		for line in lines
		if lines != [""]
	)
