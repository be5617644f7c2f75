"""Texts that staff wrote in the Desk's editor, as part of a page: safe, and without headings of their own."""

from __future__ import annotations

from bs4 import BeautifulSoup
from frappe.utils.html_utils import sanitize_html

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def shown(html: str | None) -> str:
	"""The text as HTML; headings become bold paragraphs, so that the page's own stay in order."""
	soup = BeautifulSoup(sanitize_html(html or "", always_sanitize=True), "html.parser")
	for tag in soup.find_all(HEADINGS):
		tag.name = "p"
		tag.attrs = {"class": "mentoring-heading"}
	return str(soup)
