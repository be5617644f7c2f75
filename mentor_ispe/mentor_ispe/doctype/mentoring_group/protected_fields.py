"""Fields of a group that only a service or a job sets; whatever else saves the group leaves them as they are.

Read-only in the form isn't read-only over REST, in an import or in a script, so the controller restores
them from the stored document. A service says with `allow_fields` which of them it sets in this save.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

PROTECTED_FIELDS = (
	"health",
	"health_on",
	"health_signs",
	"alarm",
	"charter_agreed_on",
	"charter_days_off",
	"match_run",
	"extends",
	"extension_cycle",
	"extended_to",
	"meetings_changed",
	"proposed_on",
	"start_date",
	"end_date",
)
PROTECTED_OF_SEATS = (
	*("charter_agreed_on", "extends", "suspended_from"),
	*("proposed_on", "responded_on", "joined_on", "left_on"),
	*("pauses", "months_away", "returns_on"),
)


def allow_fields(doc: MentoringGroup, *fields: str) -> None:
	"""Let the next saves of this document keep what it says in `fields`, in its seats as well."""
	doc.flags.allowed_fields = {*(doc.flags.allowed_fields or ()), *fields}


def is_allowed(doc: MentoringGroup, field: str) -> bool:
	return field in (doc.flags.allowed_fields or ())


def restore_protected_fields(doc: MentoringGroup) -> None:
	"""Undo whatever the request says of the protected fields, but for those that a service may set now."""
	stored = doc.get_doc_before_save()
	for field in PROTECTED_FIELDS:
		if not is_allowed(doc, field):
			doc.set(field, stored.get(field) if stored else None)
	rows = {row.name: row for row in stored.seats} if stored else {}
	for row in doc.seats:
		before = rows.get(row.name)
		same = before is not None and (before.role, before.participant) == (row.role, row.participant)
		for field in PROTECTED_OF_SEATS:
			if not is_allowed(doc, field):
				row.set(field, before.get(field) if same else None)
		if same and row.status == before.status:
			row.reason = before.reason  # what somebody gave as theirs stays
