"""The page of a conversation: what it shows, and what its script asks for later."""

from __future__ import annotations

from functools import partial
from typing import Any

import frappe

from mentor_ispe.concurrency.retries import RETRYABLE_ERRORS, run_in_transaction
from mentor_ispe.domain.pages import group_path
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.conversation import read_marks, reading

MESSAGES = "templates/mentoring/group/message_list.html"


def newer(group: str, profile: str, after: int) -> dict[str, Any]:
	"""What came after the message of this number: {"html", "newest"}; the request counts as reading it."""
	found = reading.newer(group, profile, after)
	newest = found[-1]["number"] if found else after
	read_marks.mark_read(group, profile, newest)
	return {"html": rendered(found, group, profile) if found else "", "newest": newest}


def rendered(messages: list[dict[str, Any]], group: str, profile: str) -> str:
	"""These messages as the page shows them."""
	values = {"messages": messages, "base": group_path(group), "clock": Clock.of(profile)}
	return frappe.render_template(MESSAGES, {**values, "pieces": reading.pieces})


def mark_read(group: str, profile: str, number: int) -> None:
	"""Note that the page was read up to here; a page that is only asked for commits nothing by itself.

	Somebody who writes at that moment comes first; the next look at the page notes it then.
	"""
	try:
		run_in_transaction(partial(read_marks.mark_read, group, profile, number))
	except RETRYABLE_ERRORS:
		frappe.clear_messages()
