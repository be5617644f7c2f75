"""What a save has brought about is said here, and `consequences.py` answers.

The one place where a record looks up: it doesn't know what follows from what happened to it, and a reader of
the table of consequences sees all of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from frappe.model.document import Document

from mentor_ispe.domain.events import Event


def raise_events(doc: Document, events: Iterable[Event]) -> None:
	"""Run what follows from each event, in the order of the table, in the caller's transaction.

	An error of a consequence is the error of the save: nothing is kept of either.
	"""
	from mentor_ispe.consequences import CONSEQUENCES

	for event in events:
		for consequence in CONSEQUENCES.get(type(event), ()):
			consequence(doc, event)
