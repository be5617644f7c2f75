"""What a wording must be before it is kept."""

from __future__ import annotations

import re

from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.mails.definition import MAILS
from mentor_ispe.mails.wordings import markup
from mentor_ispe.mails.wordings.pieces import Original, Piece

LONGEST_SUBJECT, LONGEST_MESSAGE = 200, 15_000
# Opening and closing ones: far more than any mail has, and no work to read.
MOST_TAGS = 300
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%")

NO_SUBJECT = N_("The subject is empty. Write one, or go back to the original.")
NO_TEXT = N_("The text is empty. Write one, or go back to the original.")
TOO_LONG_SUBJECT = N_("The subject has more than {most} characters. Shorten it and save again.")
TOO_LONG_TEXT = N_("The text has more than {most} characters. Shorten it and save again.")
CODE = N_(
	"“{code}” would be sent as it is written. Remove it, then insert the field you want from the “Insert field” menu."
)
UNKNOWN = N_(
	"This email can't have the field “{field}”. Remove it, then insert another one from the “Insert field” menu."
)
MISSING = N_(
	"The text needs “{field}”: without it, people can't do what the email asks of them. Insert it again from the “Insert field” menu."
)


def violations(original: Original, subject: str, message: str) -> list[Violation]:
	"""Everything that is wrong with a wording, as tidied; [] when it can be sent.

	What a field or part is called in the words of the screen, the caller knows: `field` in the params is its key.
	"""
	return [
		*_empty_or_long(subject, message),
		*_unknown(subject, original.subject_pieces),
		*_unknown(message, original.pieces),
		*_code(f"{markup.words_of(subject)} {markup.words_of(message)}"),
		*_missing(original, message),
	]


def _empty_or_long(subject: str, message: str) -> list[Violation]:
	found = []
	if not subject:
		found.append(Violation("no-subject", NO_SUBJECT))
	if not message:
		found.append(Violation("no-text", NO_TEXT))
	if len(markup.words_of(subject)) > LONGEST_SUBJECT:
		found.append(Violation("subject-too-long", TOO_LONG_SUBJECT, {"most": LONGEST_SUBJECT}))
	if len(message) > LONGEST_MESSAGE:
		found.append(Violation("text-too-long", TOO_LONG_TEXT, {"most": LONGEST_MESSAGE}))
	return found


def _unknown(html: str, known: dict[str, Piece]) -> list[Violation]:
	return [
		Violation("unknown-field", UNKNOWN, {"field": key[:60]})
		for key in markup.fields_of(html)
		if key not in known
	]


def _code(words: str) -> list[Violation]:
	return [Violation("code", CODE, {"code": found[:60]}) for found in _CODE.findall(words)]


def _missing(original: Original, message: str) -> list[Violation]:
	"""What is needed and in none of the fields and parts; a part that has it is named, else the field."""
	there = [original.pieces[key] for key in markup.fields_of(message) if key in original.pieces]
	used = frozenset().union(*(piece.uses for piece in there))
	return [
		Violation("missing-field", MISSING, {"field": _offered(original, name)})
		for name in MAILS[original.mail].needed
		if name not in used
	]


def _offered(original: Original, name: str) -> str:
	"""The key of the piece of the original's text that has the value."""
	pieces = [each for each in original.message if isinstance(each, Piece) and name in each.uses]
	return min(pieces, key=lambda piece: not piece.is_field).key if pieces else name
