"""What a page weighs, compressed as a web server does it: with everything that it loads, and the next time."""

from __future__ import annotations

import gzip

from playwright.sync_api import Page, Response

COLD, NEXT = 100_000, 30_000
"""Bytes at most: of the first page with everything, of every page after it."""
LOADED = "() => performance.getEntriesByType('resource').map((each) => each.name)"
# What browsers fetch by themselves for the home screen, after the page.
LATER = "() => [...document.querySelectorAll('link:not([rel=stylesheet])')].map((each) => each.href)"


def too_heavy(page: Page, answer: Response) -> list[str]:
	"""What of the open page is too heavy, in words."""
	document = size(answer.body())
	loaded = set(page.evaluate(LOADED))
	files = {address: _file(page, address) for address in loaded | set(page.evaluate(LATER))}
	again = document + sum(files[address] for address in loaded if "/assets/" not in address)
	found = []
	if again > NEXT:
		found.append(f"{again} bytes each time")
	if (cold := document + sum(files.values())) > COLD:
		found.append(f"{cold} bytes at first: {files}")
	return found


def size(content: bytes) -> int:
	return len(gzip.compress(content, 6))


def _file(page: Page, address: str) -> int:
	if address not in KNOWN:
		KNOWN[address] = size(page.context.request.get(address).body())
	return KNOWN[address]


KNOWN: dict[str, int] = {}
