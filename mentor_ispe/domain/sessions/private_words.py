"""What can be kept of what people write: words that a database and a page can carry, and a reason with words."""

from __future__ import annotations

from mentor_ispe.domain.violations import N_, Violation

LEAST_WORDS = 3
LONGEST_REASON = 1_000


def is_storable(text: str) -> bool:
	"""Whether the text can be encoded and has no NUL, which PostgreSQL doesn't store."""
	return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def check_storable(text: str) -> list[Violation]:
	"""Refuse what no page could show again: half of a surrogate pair, a NUL."""
	if is_storable(text):
		return []
	return [
		Violation(
			"unstorable",
			N_("The text contains a character that can't be stored. Remove it and try again."),
		)
	]


def check_reason(reason: str) -> list[Violation]:
	"""Refuse a reason for opening a group's notes that can't be kept, or that says nothing.

	The group reads it, so it has three different words at least; signs and figures alone are no words.
	"""
	if broken := check_storable(reason):
		return broken
	words = {word.casefold() for word in reason.split() if any(map(str.isalpha, word))}
	if len(words) < LEAST_WORDS:
		return [
			Violation(
				"reason_without_words",
				N_(
					"Give your reason in at least {count} words. The group will read why you opened its notes."
				),
				{"count": LEAST_WORDS},
			)
		]
	if len(reason) > LONGEST_REASON:
		return [
			Violation(
				"reason_too_long",
				N_("Your reason has more than {limit} characters. Please shorten it."),
				{"limit": LONGEST_REASON},
			)
		]
	return []
