"""What people say to the coordinators only: a record of its own beside each piece of feedback.

The group reads the feedback. Nobody in it has a permission on this record, it has no title and no versions,
and no list of the feedback can filter by it or sort by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cstr, flt

from mentor_ispe.domain.feedback.kinds import codes_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_feedback.mentoring_feedback import MentoringFeedback

PRIVATE_ANSWER = "Mentoring Private Answer"
# The name in an answer → the field of the record.
COLUMNS = {"going": "going", "staff_rating": "rating", "staff_comment": "comment"}
PRIVATE_FIELDS = tuple(COLUMNS)
NOTHING: dict[str, Any] = {"going": "", "staff_rating": 0.0, "staff_comment": ""}


def stored_of(feedback: Iterable[str]) -> dict[str, dict[str, Any]]:
	"""What was said in private with each of these, by the names of COLUMNS; one query."""
	rows = frappe.get_all(
		PRIVATE_ANSWER,
		{"feedback": ("in", sorted(feedback) or [""])},
		["feedback", *(f"{column} as {name}" for name, column in COLUMNS.items() if name != column), "going"],
	)
	return {row.feedback: _clean(row) for row in rows}


def stored(feedback: str | None) -> dict[str, Any]:
	"""The same of one, every name in it."""
	return (stored_of([feedback]).get(feedback) if feedback else None) or dict(NOTHING)


def said_in(doc: MentoringFeedback) -> dict[str, Any]:
	"""What the answer says in private once it is saved: as stored, with what the writer gives now."""
	before = NOTHING if doc.is_new() else stored(doc.name)
	said = _clean({**before, **(doc.flags.private or {})})
	if doc.kind not in codes_of(asks_going=True):
		said["going"] = ""
	return said


def store(doc: MentoringFeedback) -> None:
	"""Keep what the writer gives with this save; a record that would say nothing goes."""
	if not doc.flags.private:
		return
	said = said_in(doc)
	doc.flags.private = None
	if said == NOTHING:
		delete(doc.name)
		return
	name = frappe.db.get_value(PRIVATE_ANSWER, {"feedback": doc.name})
	record = frappe.get_doc(PRIVATE_ANSWER, name) if name else frappe.new_doc(PRIVATE_ANSWER)
	record.update({field: doc.get(field) for field in ("profile", "mentoring_group", "cycle")})
	record.update({"feedback": doc.name, **{column: said[name] for name, column in COLUMNS.items()}})
	record.save(ignore_permissions=True)


def delete(feedback: str) -> None:
	"""Delete what was said in private with this feedback, leaving no copy of it."""
	frappe.db.delete(PRIVATE_ANSWER, {"feedback": feedback})


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
	return {
		"going": cstr(values.get("going")),
		"staff_rating": flt(values.get("staff_rating")),
		"staff_comment": cstr(values.get("staff_comment")),
	}
