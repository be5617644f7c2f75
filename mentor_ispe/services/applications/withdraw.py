"""Withdraw a person from a cycle: their seats become free, then the application is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe

from mentor_ispe.concurrency.retries import raise_busy
from mentor_ispe.domain.seats import MENTOR
from mentor_ispe.domain.statuses import LIVE_SEATS
from mentor_ispe.readings.seats import seats
from mentor_ispe.services.groups.open_group import open_group

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor


def withdraw(doctype: str, name: str, reason: str) -> Mentor | Mentee:
	"""Withdraw a Mentor or Mentee, whoever asks; pairs end, the groups of others go on.

	The caller has checked that the user may speak for this person.
	"""
	for group in _groups(doctype, name):
		doc = open_group(group)
		row = next((row for row in doc.seats if row.participant == name and row.status in LIVE_SEATS), None)
		if row is None:
			continue
		row.update({"status": "Withdrawn", "reason": reason})
		doc.flags.leaves_the_cycle = row.profile
		doc.save(ignore_permissions=True)
	record = frappe.get_doc(doctype, name, for_update=True)
	if record.get("seats_taken"):
		raise_busy()  # proposed by another request after this one read the mentor's groups
	record.status = "Withdrawn"
	return record.save(ignore_permissions=True)


def _groups(doctype: str, name: str) -> list[str]:
	"""The groups in which this Mentor or Mentee holds a seat; a mentee's as it is now, locked."""
	if doctype == "Mentor":
		return sorted(
			{seat.group for seat in seats(participants=[name], statuses=LIVE_SEATS, roles=[MENTOR])}
		)
	group = frappe.db.get_value("Mentee", name, "mentoring_group", for_update=True)
	return [group] if group else []
