"""What a guest reads on the first page: what mentoring is here, what members tell of it, how one joins."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.membership.registry import SETTINGS, join_address
from mentor_ispe.services.feedback.queries import latest_stories

STORIES = 3
LONGEST_STORY = 400
"""Characters; the rest of a longer one is left out at the end of a word."""


def fill(context: Any) -> None:
	"""Fill what templates/mentoring/me/welcome.html and welcome_more.html need; one query."""
	context.join_address = join_address()
	context.join_words = cstr(frappe.get_cached_doc(SETTINGS).join_words).strip()
	context.stories = [
		{"name": row.full_name, "program": row.program, "words": _shortened(row.comment)}
		for row in latest_stories(STORIES)
	]
	context.metatags["description"] = _(
		"Our association's mentoring programs: how they work, when to apply and what members say."
	)


def _shortened(words: str) -> str:
	words = words.strip()
	if len(words) <= LONGEST_STORY:
		return words
	return words[:LONGEST_STORY].rpartition(" ")[0] + " …"
