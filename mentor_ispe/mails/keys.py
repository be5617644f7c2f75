"""The name of a notice, made from what it announces."""

from __future__ import annotations

from hashlib import sha256


def notice_name(key: str) -> str:
	"""Return the name of the Mentoring Notice with this key.

	The same key always gives the same name, so the database's primary key lets no occasion be
	announced twice, whoever announces it and however many do at the same moment.
	"""
	return sha256(key.encode()).hexdigest()[:20]
