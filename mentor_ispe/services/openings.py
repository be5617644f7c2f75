"""Staff open what a group wrote: with a reason, leaving a trace, and the group is told.

The trace, a Mentoring Note Opening, is committed before a word is decrypted, so that nothing that goes wrong later
takes it back. The coordinators are signed in themselves, so that the group reads who it was.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from mentor_ispe.domain.conversations import ConversationOpened
from mentor_ispe.domain.sessions.events import NotesOpened
from mentor_ispe.domain.sessions.private_words import check_reason
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.permissions import gate, group_records
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.readings.seats import profiles_in

OPENING = "Mentoring Note Opening"
MAY_OPEN = frozenset({"Mentoring Coordinator", "System Manager", "Administrator"})


def require_opener(user: str) -> None:
	"""Refuse everybody but coordinators who are signed in themselves."""
	if not MAY_OPEN & set(frappe.get_roles(user)):
		raise frappe.PermissionError(_("Only coordinators can open what a group wrote."))
	require_own_session()


def store(group: str, user: str, reason: str, session: str | None = None) -> None:
	"""Write down that `user` opens the notes of a meeting, or the group's messages, tell the group and commit that."""
	words = " ".join(reason.split())
	raise_violations(check_reason(words))
	doc = frappe.new_doc(OPENING)
	doc.update(
		{
			"session": session,
			"mentoring_group": group,
			"opened_by": user,
			"opened_on": now_datetime(),
			"reason": words,
		}
	)
	group_records.save(doc)
	# Also those who have accepted write to each other; notes there are none before the start.
	people = profiles_in(group, gate.READ if session else ("Accepted", *gate.READ))
	rows = frappe.get_all("Mentoring Profile", {"name": ("in", people or [""])}, ["name", "time_zone"])
	zones = {row.name: row.time_zone for row in rows}
	if session:
		starts_on = frappe.db.get_value("Mentoring Session", session, "starts_on")
		raise_events(doc, [NotesOpened(starts_on, zones)])
	else:
		raise_events(doc, [ConversationOpened(zones)])
	frappe.db.commit()


def of_notes(session: str) -> list[dict[str, Any]]:
	"""Who of the staff opened the notes of this meeting, when and why; the latest first."""
	return _openings({"session": session})


def of_messages(group: str) -> list[dict[str, Any]]:
	"""Who of the staff opened the messages of this group, when and why; the latest first."""
	return _openings({"mentoring_group": group, "session": ("is", "not set")})


def _openings(filters: dict[str, Any]) -> list[dict[str, Any]]:
	rows = frappe.get_all(OPENING, filters, ["opened_by", "opened_on", "reason"], order_by="opened_on desc")
	users = [row.opened_by for row in rows]
	names = dict(frappe.get_all("User", {"name": ("in", users or [""])}, ["name", "full_name"], as_list=True))
	return [{**row, "opened_by": names.get(row.opened_by) or row.opened_by} for row in rows]
