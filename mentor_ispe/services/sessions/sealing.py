"""What was said in a group, unreadable wherever it is stored: encrypted with the key of the notes.

The text is sealed for one record: a copy of it in another group's record opens to nobody.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import frappe
from cryptography.fernet import Fernet, InvalidToken
from frappe import _
from frappe.query_builder.functions import Substring
from frappe.utils import cstr

from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.domain.sessions.private_words import check_storable
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.services.sessions.note_key import (
	ID_LENGTH,
	SEALED,
	SEPARATOR,
	KeyRing,
	ensure_key,
	raise_missing,
	read_keys,
)


def seal(values: Mapping[str, str], record: str) -> str:
	"""Encrypt the texts for the record of this name; RuleViolation when one of them can't be stored."""
	for text in values.values():
		raise_violations(check_storable(text))
	ring = ensure_key()
	token = ring.keys[ring.first].encrypt(json.dumps({"record": record, **values}).encode())
	return f"{ring.first}{SEPARATOR}{token.decode()}"


def unseal(content: str | None, record: str) -> dict[str, str]:
	"""What was sealed for this record, for the person who is signed in; empty when nothing was.

	The one place where words are decrypted to be read. PermissionError unless the person themselves is signed
	in, RuleViolation when the key is lost.
	"""
	if not content:
		return {}
	require_own_session()
	return _decrypt(content, record)


def add_to(content: str | None, values: Mapping[str, str], record: str) -> str:
	"""Seal the texts together with those that were sealed before and aren't given; nobody reads them here."""
	return seal({**(_decrypt(content, record) if content else {}), **values}, record)


def _decrypt(content: str, record: str) -> dict[str, str]:
	key, separator, token = content.rpartition(SEPARATOR)
	if not separator:
		frappe.throw(
			_(
				"These notes are still encrypted with the site's encryption_key. Ask your administrator to run: "
				"bench --site {0} mentoring-notes-key reseal"
			).format(frappe.local.site),
			exc=RuleViolation,
		)
	fernet = read_keys().keys.get(key) or raise_missing()
	try:
		values = json.loads(fernet.decrypt(token))
	except (InvalidToken, ValueError):
		values = {}
	if values.pop("record", None) != record:
		frappe.throw(
			_("These notes can't be read. They were copied here from another record, or they are damaged."),
			exc=RuleViolation,
		)
	# Notes of former years may hold halves of surrogate pairs, which no answer can carry.
	return {field: text.encode(errors="replace").decode() for field, text in values.items()}


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


def reword(doctype: str, name: str, change: Callable[[str], str]) -> bool | None:
	"""Change each text of a sealed record; nobody reads them here. False: as before; None: no key opens it."""
	content = cstr(frappe.db.get_value(doctype, name, "content", for_update=True))
	key, _separator, token = content.rpartition(SEPARATOR)
	ring = read_keys()
	try:
		values = json.loads(ring.keys[key].decrypt(token))
	except (KeyError, InvalidToken, ValueError):
		return None
	new = {field: text if field == "record" else change(text) for field, text in values.items()}
	if new == values:
		return False
	sealed = f"{ring.first}{SEPARATOR}{ring.keys[ring.first].encrypt(json.dumps(new).encode()).decode()}"
	frappe.db.set_value(doctype, name, "content", sealed, update_modified=False)
	return True


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
	return (
		None if words is None else f"{ring.first}{SEPARATOR}{ring.keys[ring.first].encrypt(words).decode()}"
	)
