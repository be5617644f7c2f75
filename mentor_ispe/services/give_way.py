"""When two requests lock the same rows crosswise, the database undoes one of them: that one goes again.

Our own endpoints are repeated whole (`api/retry.py`), jobs repeat their own steps. What comes through
Frappe's own doors (the Desk's form, REST, frappe.client, Data Import) is repeated here, save by save, and
REST's opening of the record that it changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import TypeVar

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.exceptions import UNDONE, Busy

ATTEMPTS = 8
_OPENED = "mentoring_opened"
FRAPPES_DOORS = re.compile(r"^/api/(v1/|v2/)?((resource|document)/|method/frappe\.(client|desk)\.)")

D = TypeVar("D", bound=Document)


class GivesWay(Document):
	"""A record that many people may change at the same moment; nobody is shown the locks behind it."""

	def insert(self, *args, **kwargs):
		return _saved(self, lambda: super(GivesWay, self).insert(*args, **kwargs))

	def save(self, *args, **kwargs):
		return _saved(self, lambda: super(GivesWay, self).save(*args, **kwargs))

	def load_from_db(self):
		return _opened(self, self._load_locked) if self.flags.for_update else super().load_from_db()

	def _load_locked(self):
		self.lock_first()
		return super().load_from_db()

	def lock_first(self) -> None:
		"""Take the locks that come before this record's own: REST, the Desk and our services alike."""


def busy() -> None:
	"""Raise the error that asks the user to try again."""
	frappe.throw(_("Someone else is changing the same records right now. Please try again."), exc=Busy)


def _saved(doc: D, save: Callable[[], D]) -> D:
	"""Run `save`, again from the start when the database undid it.

	It undid everything since the last commit, so a save that wasn't the first change is not repeated.
	"""
	if not _through_frappes_door() or doc.flags.gives_way:
		return save()
	attempts = 1 if frappe.db.transaction_writes else ATTEMPTS
	said, state = len(frappe.local.message_log), deepcopy(doc.__getstate__())
	for _attempt in range(attempts):
		doc.flags.gives_way = True  # saving a new record calls insert in turn
		try:
			return save()
		except UNDONE:
			frappe.db.rollback()
			del frappe.local.message_log[said:]
			_restore(doc, deepcopy(state))
		except frappe.QueryTimeoutError:
			break  # the database waited long enough
		finally:
			doc.flags.gives_way = False
	busy()


def _opened(doc: D, load: Callable[[], D]) -> D:
	"""Run `load`, again when the database undid it: for the record that a request names, before anything else."""
	if frappe.flags.get(_OPENED) or not _is_named_by_the_request(doc):
		return load()
	attempts = 1 if frappe.db.transaction_writes else ATTEMPTS
	for _attempt in range(attempts):
		try:
			loaded = load()
		except UNDONE:
			frappe.db.rollback()
		else:
			frappe.flags[_OPENED] = True
			return loaded
	busy()


def _through_frappes_door() -> bool:
	request = getattr(frappe.local, "request", None)
	return bool(frappe.flags.in_import or (request and FRAPPES_DOORS.match(request.path)))


def _is_named_by_the_request(doc: Document) -> bool:
	request = getattr(frappe.local, "request", None)
	return bool(
		request
		and FRAPPES_DOORS.match(request.path)
		and request.path.rstrip("/").endswith(f"/{doc.doctype}/{doc.name}")
	)


def _restore(doc: Document, state: dict) -> None:
	"""Put the document back as it was before it was saved."""
	tables = {df.fieldname: state.pop(df.fieldname, None) for df in doc.meta.get_table_fields()}
	doc.__dict__.clear()
	doc.__dict__.update(state)
	for field, rows in tables.items():
		doc.set(field, rows or [])
