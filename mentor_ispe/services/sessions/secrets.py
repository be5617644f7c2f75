"""What was said in a group, unreadable wherever it is stored: encrypted with the site's key.

The text is sealed for one record: a copy of it in another group's record opens to nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import frappe
from cryptography.fernet import InvalidToken
from frappe import _
from frappe.utils.password import decrypt, encrypt

from mentor_ispe.exceptions import RuleViolation

_writing: ContextVar[bool] = ContextVar("mentoring_writes_notes", default=False)


def seal(values: Mapping[str, Any], record: str) -> str:
	"""Encrypt `values` for the record of this name."""
	return encrypt(json.dumps({"record": record, **values}))


def unseal(content: str | None, record: str) -> dict[str, Any]:
	"""What was sealed for this record; empty when nothing was. RuleViolation when the key is lost."""
	if not content:
		return {}
	said = len(frappe.local.message_log)
	try:
		values = json.loads(decrypt(content))
	except (frappe.ValidationError, InvalidToken, ValueError):
		del frappe.local.message_log[said:]  # Frappe's words are about passwords
		frappe.throw(
			_(
				"These notes can't be read: the site's encryption key is not the one they were written with. "
				"Ask your administrator to put the former encryption_key back into site_config.json."
			),
			exc=RuleViolation,
		)
	if values.pop("record", None) != record:
		frappe.throw(
			_("These notes were copied here from another record and can't be read."), exc=RuleViolation
		)
	return values


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
