"""E-mail addresses as people type them into a list: with a name, in brackets, two in a cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

# Some addresses with names; a longer text is another column's.
LONGEST = 500
_AT = re.compile(r"\s*(?:@|\((?:at|ät|a)\)|\[(?:at|ät|a)\])\s*", re.IGNORECASE)
_FOUND = re.compile(r"[^\s<>()\[\],;|:/\\\"„“”]+@[^\s<>()\[\],;|:/\\\"„“”@]+")
# Between and around addresses: signs, and words that say of what kind the next one is.
_BETWEEN = re.compile(
	r"mailto:|\b(?:e-?mail|mail|work|private?|home|office|or|and|oder|und|dienstlich|privat|beruflich)\b|"
	r"[\s<>()\[\],;|:/\\.\"„“”'&+]",
	re.IGNORECASE,
)


@dataclass(frozen=True)
class Addresses:
	"""What a cell holds: the address to use, lower case, its domain as mail servers write it; and the others."""

	email: str
	others: tuple[str, ...] = ()


def read_addresses(text: str) -> Addresses | None:
	"""The addresses in a cell, the first to be used; None when there is none, one that can't be right, or a long text.

	"Ann Lee <ann@example.org>" is understood, and "ann lee@example.org" isn't: whose words are "ann"?
	"""
	if len(text) > LONGEST:
		return None
	cell = re.sub(r"\s+\.\s*(?=\w)|\.\s+(?=[a-z]{2,}\W*$)", ".", _AT.sub("@", " ".join(text.split())))
	found = [
		re.sub(r"^mailto:", "", word.strip(".'`´‘’"), flags=re.IGNORECASE) for word in _FOUND.findall(cell)
	]
	read = [address for word in found if (address := _checked(word))]
	if not read or len(read) < len(found) or not _nothing_else(cell):
		return None
	first, *others = dict.fromkeys(read)
	return Addresses(first, tuple(others))


def looks_like_addresses(cells: Sequence[str], percent: int) -> bool:
	"""Whether at least so many in a hundred of the cells hold an address."""
	return bool(cells) and sum(read_addresses(cell) is not None for cell in cells) * 100 >= percent * len(
		cells
	)


def _nothing_else(cell: str) -> bool:
	"""Whether no word is left over that may belong to an address; a name may stand before one in brackets."""
	without_names = re.sub(r"[^<>;@]*<([^<>]*)>", r" \1 ", cell)
	return not _BETWEEN.sub("", _FOUND.sub(" ", without_names))


def _checked(word: str) -> str | None:
	try:
		# Its domain isn't asked for: a list is read without the network, and for a thousand rows.
		valid = validate_email(word, check_deliverability=False, allow_smtputf8=False)
	except EmailNotValidError:
		return None
	return valid.ascii_email.casefold() if valid.ascii_email else None
