"""Encrypt with today's key what another one encrypted: after a rotation, and what the site's own key sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import frappe
from cryptography.fernet import Fernet, InvalidToken
from frappe.query_builder.functions import Substring

from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.services.sessions.note_key import ID_LENGTH, SEALED, SEPARATOR, KeyRing, read_keys


@dataclass
class Resealed:
	"""How many records were sealed anew, and how many stay as they are because nothing here opens them."""

	resealed: int = 0
	unreadable: int = 0


def reseal() -> Resealed:
	"""Seal every note and action item with the first key; doing it twice changes nothing.

	What can't be opened stays as it is, for the day on which its key comes back. Commits record by record, so
	that nobody who writes at the same time has to wait.
	"""
	ring, formerly = read_keys(), _key_of_the_site()
	done = Resealed()
	for doctype, name in _not_sealed_with(ring.first):
		if run_in_transaction(partial(_reseal, doctype, name, ring, formerly)):
			done.resealed += 1
		else:
			done.unreadable += 1
	return done


def _reseal(doctype: str, name: str, ring: KeyRing, formerly: Fernet | None) -> bool:
	content = frappe.db.get_value(doctype, name, "content", for_update=True)
	if not content:  # deleted meanwhile
		return True
	sealed = _sealed_anew(content, ring, formerly)
	if sealed:
		frappe.db.set_value(doctype, name, "content", sealed, update_modified=False)
	return bool(sealed)


def count_by_key() -> dict[str, int]:
	"""How many records each key sealed; "" is the site's own encryption_key."""
	counts: Counter[str] = Counter()
	for doctype in SEALED:
		table = frappe.qb.DocType(doctype)
		start = Substring(table.content, 1, ID_LENGTH + len(SEPARATOR))
		for (beginning,) in frappe.qb.from_(table).select(start).where(table.content != "").run():
			counts[beginning.rpartition(SEPARATOR)[0]] += 1
	return dict(counts)


def unreadable() -> int:
	"""How many records no key of the file opens."""
	known = read_keys().keys
	return sum(count for key, count in count_by_key().items() if key not in known)


def _not_sealed_with(first: str) -> Iterator[tuple[str, str]]:
	for doctype in SEALED:
		filters = [["content", "is", "set"], ["content", "not like", f"{first}{SEPARATOR}%"]]
		for name in frappe.get_all(doctype, filters, pluck="name", order_by="name"):
			yield doctype, name


def _key_of_the_site() -> Fernet | None:
	"""The site's encryption_key, which sealed the notes before they had a key of their own; none is made here."""
	try:
		return Fernet(frappe.conf.get("encryption_key") or "")
	except ValueError:
		return None


def _sealed_anew(content: str, ring: KeyRing, formerly: Fernet | None) -> str | None:
	key, _separator, token = content.rpartition(SEPARATOR)
	fernet = ring.keys.get(key) if key else formerly
	try:
		words = fernet.decrypt(token) if fernet else None
	except InvalidToken:
		return None
	return words and f"{ring.first}{SEPARATOR}{ring.keys[ring.first].encrypt(words).decode()}"
