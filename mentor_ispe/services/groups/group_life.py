"""Start, complete, end and cancel a group, and take one person out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentor_ispe.services.groups import ending
from mentor_ispe.services.groups.open_group import member_row, open_group

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


def remove_member(group: str, mentee: str, reason: str) -> MentoringGroup:
	"""Free the seat of one member; the group of the others goes on."""
	doc = open_group(group)
	row = member_row(doc, mentee)
	if row.status == "Draft":
		doc.remove(row)
	else:
		row.update({"status": "Withdrawn", "reason": reason})
	return doc.save()


def _become(group: str, status: str, reason: str = "") -> MentoringGroup:
	doc = open_group(group)
	doc.status = status
	if reason:
		doc.end_reason = reason
	return doc.save()
