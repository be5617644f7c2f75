"""Post a notice: write down in the caller's transaction that a mail is due.

What is rolled back with the caller was never announced; what is committed will be queued by
`mails/sending.py`, once, however often a job dies on the way.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import frappe
from frappe.utils import now

from mentor_ispe.mails.keys import KEY_LENGTH, notice_name

NOTICE = "Mentoring Notice"
PROFILE = "Mentoring Profile"

_SAVEPOINT = "mentoring_notice_post"
_PLANNED = "mentoring_flush_planned"


def post(
	key: str,
	template: str,
	profile: str | None = None,
	recipient: str | None = None,
	context: dict[str, Any] | None = None,
	reference: tuple[str, str] | None = None,
) -> bool:
	"""Announce the occasion `key` to `profile`, or to the address `recipient`; False if that was done before.

	`template` names an Email Template, `context` are its values (dates and plain values, kept as JSON),
	`reference` is the (DocType, name) that it is about. Raises ValueError for a key that is empty or
	longer than 140 characters, and for a person without an address.
	"""
	if not key or len(key) > KEY_LENGTH:
		raise ValueError(f"A notice key has 1 to {KEY_LENGTH} characters: {key!r}")
	name = notice_name(key)
	if frappe.db.exists(NOTICE, name):
		return False
	recipient = recipient or (profile and frappe.db.get_value(PROFILE, profile, "email"))
	if not recipient:
		raise ValueError(f"The notice {key!r} has nobody to go to")
	user, moment = frappe.session.user, now()
	values = {
		"name": name,
		"owner": user,
		"modified_by": user,
		"creation": moment,
		"modified": moment,
		"notice_key": key,
		"template": template,
		"recipient": recipient,
		"profile": profile,
		"status": "Pending",
		"context": frappe.as_json(context or {}, indent=None),
		"reference_doctype": reference[0] if reference else None,
		"reference_name": reference[1] if reference else None,
	}
	if not _insert(values):
		return False
	_flush_after_commit()
	return True


def posted(keys: Collection[str]) -> set[str]:
	"""Return those of the keys that were announced before, in one query."""
	if not keys:
		return set()
	names = {notice_name(key): key for key in keys}
	there = frappe.get_all(NOTICE, filters={"name": ("in", list(names))}, pluck="name")
	return {names[name] for name in there}


def _insert(values: dict[str, Any]) -> bool:
	"""Insert the row; False when someone else did in the meantime.

	Not by `Document.insert`, which tells the user of a duplicate that is none of their business.
	"""
	table = frappe.qb.DocType(NOTICE)
	frappe.db.savepoint(_SAVEPOINT)
	try:
		frappe.qb.into(table).columns(*values).insert(*values.values()).run()
	except Exception as error:
		if not (frappe.db.is_primary_key_violation(error) or frappe.db.is_unique_key_violation(error)):
			raise
		frappe.db.rollback(save_point=_SAVEPOINT)
		return False
	frappe.db.release_savepoint(_SAVEPOINT)
	return True


def _flush_after_commit() -> None:
	"""Have the notices of this transaction queued soon after it's committed, by one job for all."""
	if frappe.flags.get(_PLANNED):
		return
	frappe.flags[_PLANNED] = True
	frappe.db.after_commit.add(_enqueue_flush)
	frappe.db.after_rollback.add(_forget)


def _enqueue_flush() -> None:
	_forget()
	try:
		frappe.enqueue(
			"mentor_ispe.jobs.mails.flush_notices", job_id="mentoring_flush_notices", deduplicate=True
		)
	except Exception:
		# What was committed stays committed; the scheduler queues the notices within minutes.
		frappe.logger("mentor_ispe").warning("The mail job couldn't be enqueued", exc_info=True)


def _forget() -> None:
	frappe.flags[_PLANNED] = False
