"""What was said in a group, unreadable wherever it is stored: encrypted with the key of the notes.

The text is sealed for one record: a copy of it in another group's record opens to nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

import frappe
from cryptography.fernet import InvalidToken
from frappe import _

from mentor_ispe.domain.sessions.private_words import check_storable
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.services.sessions.note_key import SEPARATOR, ensure_key, raise_missing, read_keys

_writing: ContextVar[bool] = ContextVar("mentoring_writes_notes", default=False)


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
			_("These notes were copied here from another record, or damaged, and can't be read."),
			exc=RuleViolation,
		)
	# Notes of former years may hold halves of surrogate pairs, which no answer can carry.
	return {field: text.encode(errors="replace").decode() for field, text in values.items()}


@contextmanager
def writing() -> Iterator[None]:
	"""Only in this block are notes, action items and openings written or deleted."""
	token = _writing.set(True)
	try:
		yield
	finally:
		_writing.reset(token)


def refuse_others() -> None:
	"""Refuse a write that doesn't come from the services, whoever asks."""
	if not _writing.get():
		frappe.throw(
			_("Notes, action items and the list of who opened them are kept by the group's own pages."),
			exc=RuleViolation,
		)
