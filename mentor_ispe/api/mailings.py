"""Writing to many people from a list of the Desk.

The list's ticked records or its filters say whom; words have fields in braces, no code.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from typing import Annotated

import frappe
from pydantic import Field

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.values import ChosenValues, LetterValues
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from mentor_ispe.services.mailings import commands, delivery, templates
from mentor_ispe.services.mailings import preview as previews
from mentor_ispe.services.mailings.audience import EVERYBODY, MOST, Chosen

Key = Annotated[str, Field(min_length=8, max_length=40)]


@endpoint(COORDINATOR_ONLY, most_items=MOST)
def count(chosen: ChosenValues) -> dict:
	"""To how many people the chosen records lead, who is left out and why, and which fields and languages there are."""
	return previews.count(_chosen(chosen))


@endpoint(COORDINATOR_ONLY, most_items=MOST)
def preview(chosen: ChosenValues, letter: LetterValues, profile: str | None = None) -> dict:
	"""To how many people this letter would go, who is left out and why, and the mail to `profile` or the first."""
	return previews.preview(_chosen(chosen), _letter(letter), profile or None)


@endpoint(COORDINATOR_ONLY, most_items=MOST)
def send(
	chosen: ChosenValues, letter: LetterValues, expected: Annotated[int, Field(ge=1, le=MOST)], key: Key
) -> dict:
	"""Send it to the `expected` number of people; `key` is made once for each letter, so that it is sent once.

	Returns the `mailing` and the `count` of people.
	"""
	return commands.send(_chosen(chosen), _letter(letter), expected, key)


@endpoint(COORDINATOR_ONLY, methods=READS)
def template(name: str) -> dict:
	"""The subject and message of an Email Template, with fields instead of code."""
	return templates.words_of(name)


@endpoint(COORDINATOR_ONLY)
def stop(mailing: str) -> dict:
	"""Send no more of a mailing; returns how many people won't get it."""
	return {"stopped": delivery.stop(mailing)}


def _chosen(values: ChosenValues) -> Chosen:
	return Chosen(
		frappe.utils.cstr(values.get("doctype")),
		tuple(values.get("names") or ()),
		tuple(values.get("filters") or ()),
		values.get("part") or EVERYBODY,
	)


def _letter(values: LetterValues) -> commands.Letter:
	return commands.Letter(
		values.get("subject") or "",
		values.get("message") or "",
		values.get("language") or "",
		bool(values.get("only_language")),
	)
