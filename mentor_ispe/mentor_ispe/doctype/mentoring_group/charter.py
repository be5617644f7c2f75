"""What a save of a group means for its charter: a change asks everybody again, the last to agree settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentor_ispe.domain import charters
from mentor_ispe.domain.events import CharterChanged
from mentor_ispe.domain.statuses import OPEN_GROUPS
from mentor_ispe.mentor_ispe.doctype.mentoring_group.protected_fields import is_allowed
from mentor_ispe.readings.seats import seat_of_row

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def ask_anew(doc: MentoringGroup) -> list[CharterChanged]:
	"""Take back what people agreed to before a change; call it when the seats are as they will be.

	A service that writes for somebody says itself who has agreed to what it wrote.
	"""
	stored = doc.get_doc_before_save()
	changed = bool(stored and charters.changed_fields(stored, doc))
	if changed and not is_allowed(doc, "charter_agreed_on"):
		for row in doc.seats:
			row.charter_agreed_on = None
	if doc.status in OPEN_GROUPS:
		active = [seat_of_row(row) for row in doc.seats if row.status == "Active"]
		doc.charter_agreed_on = charters.agreed_on(active)
	asks = changed and doc.status == "Active" and not charters.is_empty(doc)
	return [CharterChanged()] if asks else []
