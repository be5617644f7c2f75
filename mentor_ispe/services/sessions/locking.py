"""One request at a time changes the meetings of a group: the group's row is the lock.

Order: people (services/locks.py), the group, its meetings. Whoever changes a meeting takes the group's row
first and never a person's after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.utils import cint

from mentor_ispe.services.locks import take_turns

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_session.mentoring_session import MentoringSession

GROUP, SESSION, COUNTER = "Mentoring Group", "Mentoring Session", "meetings_changed"


def hold(group: str | None) -> None:
	"""Take the group's row until the transaction ends; as its first statement, all it reads is up to date."""
	if group and isinstance(group, str):
		take_turns(GROUP, group)


def hold_meeting(session: str | None) -> None:
	"""Take the row of the group whose meeting this is."""
	if session and isinstance(session, str):
		group = frappe.db.get_value(SESSION, session, "mentoring_group")
		if group:
			frappe.db.get_value(GROUP, group, "name", for_update=True)  # `begin_change` writes it


def open_meeting(session: str) -> MentoringSession:
	"""The meeting as it is now, locked."""
	return frappe.get_doc(SESSION, session, for_update=True)


def begin_change(group: str) -> bool:
	"""Take the group's row and note there that its meetings change.

	False when another request did the same after this transaction began to read: a list of meetings, seats
	or signatures that it reads may be out of date.
	"""
	seen = cint(frappe.db.get_value(GROUP, group, COUNTER))
	now = frappe.db.get_value(GROUP, group, COUNTER, for_update=True)
	frappe.db.set_value(GROUP, group, COUNTER, cint(now) + 1, update_modified=False)
	return seen == cint(now)


def start_over() -> None:
	"""Undo this transaction and have it done again, by `api.retry.retried` or `GivesWay`."""
	raise frappe.QueryDeadlockError("The meetings of this group changed meanwhile")
