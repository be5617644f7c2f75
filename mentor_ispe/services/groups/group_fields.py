"""Fields of a group that only a service or a job sets; whatever else saves the group leaves them as they are.

Read-only in the form isn't read-only over REST, in an import or in a script, so the controller puts them
back from the stored document. A service says with `may_set` which of them it sets in this save.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

KEPT_BY_SERVICES = (
	"health",
	"health_on",
	"health_signs",
	"alarm",
	"charter_agreed_on",
	"mentor_charter_agreed_on",
	"extends",
	"extension_cycle",
	"mentor_extends",
	"extended_to",
	"meetings_changed",
)
KEPT_OF_MEMBERS = ("charter_agreed_on", "extends")


def may_set(doc: MentoringGroup, *fields: str) -> None:
	"""Let the next saves of this document keep what it says in `fields`, in its members' rows as well."""
	doc.flags.may_set = {*(doc.flags.may_set or ()), *fields}


def put_back(doc: MentoringGroup) -> None:
	"""Undo whatever the request says of the kept fields, but for those that a service may set now."""
	allowed = doc.flags.may_set or ()
	stored = doc.get_doc_before_save()
	for field in KEPT_BY_SERVICES:
		if field not in allowed:
			doc.set(field, stored.get(field) if stored else None)
	rows = {row.name: row for row in stored.members} if stored else {}
	for row in doc.members:
		before = rows.get(row.name)
		same = before is not None and before.mentee == row.mentee
		for field in KEPT_OF_MEMBERS:
			if field not in allowed:
				row.set(field, before.get(field) if same else None)
