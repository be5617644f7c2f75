"""One spelling for what people write in many: topics, employers, industries, languages.

Two texts are the same word when they differ in case, spaces, accents or in how Unicode composes a letter; the
site's database compares names so as well. For employers a legal form more or less ("Inc.", "GmbH") decides
nothing: they may be one company or two.
"""

from __future__ import annotations

import re
import unicodedata

NO_LETTERS = re.compile(r"[^\w\s&+]", re.UNICODE)
LEGAL_FORMS = frozenset(
	{
		*("ab", "ag", "as", "aps", "bv", "co", "company", "corp", "corporation", "gmbh", "group", "holding"),
		*("holdings", "inc", "incorporated", "kg", "kgaa", "kk", "limited", "llc", "llp", "lp", "ltd", "nv"),
		*(
			"oy",
			"oyj",
			"plc",
			"pte",
			"pty",
			"pvt",
			"sa",
			"sarl",
			"sas",
			"se",
			"spa",
			"srl",
			"the",
			"und",
			"&",
		),
	}
)


def key(text: str) -> str:
	"""The form in which two spellings of one word are equal; empty for a text without any."""
	letters = unicodedata.normalize("NFKD", text)
	plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
	return " ".join(plain.split()).casefold()


def company_key(name: str) -> str:
	"""The same for employers, without punctuation and legal forms; the whole name where nothing else is left."""
	words = NO_LETTERS.sub(" ", key(name).replace(".", "")).split()
	return " ".join(word for word in words if word not in LEGAL_FORMS) or key(name)


def surely_different(employer: str, other: str) -> bool:
	"""Whether two employers, both known, are two beyond doubt."""
	return bool(employer and other) and company_key(employer) != company_key(other)


class Spellings:
	"""Brings spellings together: the first one met stands for all that follow."""

	def __init__(self, known: tuple[str, ...] = ()):
		self._first: dict[str, str] = {}
		for text in known:
			self.one(text)

	def one(self, text: str) -> str:
		"""The spelling for this text; empty stays empty."""
		return self._first.setdefault(key(text), " ".join(text.split())) if text else text
