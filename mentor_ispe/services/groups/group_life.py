"""Start, complete, end and cancel a group, take one person out of it, or put another mentor into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentor_ispe.domain.seats import MENTOR
from mentor_ispe.services.groups import ending, propose
from mentor_ispe.services.groups.open_group import open_group, row_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def activate(group: str) -> MentoringGroup:
	"""Start the group with those who accepted; the others may still answer."""
	return _become(group, "Active")


def complete(group: str) -> MentoringGroup:
	"""Complete an active group."""
	return _become(group, "Completed")


def end_early(group: str, reason: str, kind: str = "Something Else") -> MentoringGroup:
	"""End an active group before its time, as staff, with a reason that everyone in it may read."""
	return ending.end(group, kind, reason)


def cancel(group: str, reason: str = "") -> MentoringGroup:
	"""Call off a group that hasn't started."""
	return _become(group, "Cancelled", reason)


def remove_person(group: str, participant: str, reason: str) -> MentoringGroup:
	"""Free the seat of one Mentor or Mentee; the group of the others goes on."""
	doc = open_group(group)
	_take_out(doc, participant, reason)
	return doc.save()


def replace_mentor(group: str, mentor: str, successor: str, reason: str) -> MentoringGroup:
	"""Let another mentor take over from one who goes, in one step: nobody is left without in between.

	The one who goes keeps what they did until today; the successor is asked, and counts from the day on which
	they begin.
	"""
	doc = open_group(group)
	_take_out(doc, mentor, reason)
	doc.append("seats", {"role": MENTOR, "participant": successor, "status": "Proposed"})
	propose.set_deadline(doc)
	return doc.save()


def _take_out(doc: MentoringGroup, participant: str, reason: str) -> None:
	row = row_of(doc, participant)
	if row.status == "Draft":
		doc.remove(row)
	else:
		row.update({"status": "Withdrawn", "reason": reason})


def _become(group: str, status: str, reason: str = "") -> MentoringGroup:
	doc = open_group(group)
	doc.status = status
	if reason:
		doc.end_reason = reason
	return doc.save()
