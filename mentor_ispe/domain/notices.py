"""The key of a notice names its occasion; the name of a notice is made from the key."""

from __future__ import annotations

from hashlib import sha256

KEY_LENGTH = 140


def make_key(*parts: object) -> str:
	"""Join the parts of a key, shortened in a way that keeps different keys apart."""
	key = ":".join(map(str, parts))
	return key if len(key) <= KEY_LENGTH else f"{key[:110]}:{_digest(key)}"


def notice_name(key: str) -> str:
	"""Return the name of the Mentoring Notice with this key.

	The same key always gives the same name, so the database's primary key lets no occasion be
	announced twice, whoever announces it and however many do at the same moment.
	"""
	return _digest(key)


def _digest(text: str) -> str:
	return sha256(text.encode()).hexdigest()[:20]
