"""What of each kind is still there, and how one batch of it is deleted. Figures that reports need stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import frappe
from frappe.query_builder import DocType
from pypika.terms import Criterion

from mentor_ispe.domain.concerns import CLOSED
from mentor_ispe.mails.written_words import MAILING
from mentor_ispe.services.conversation import writing
from mentor_ispe.services.erasure.own_records import empty_rows, empty_words

AT_ONCE = 200
NOTES = ("Mentoring Session Note", "Mentoring Action Item", writing.MESSAGE)
REQUIRED = "…"
"""Stands where a record can't be without words."""


@dataclass(frozen=True)
class Work:
	"""`find` gives pairs of a DocType and a name, at most so many; `delete` takes them and leaves none to find."""

	find: Callable[[str, int], list[tuple[str, str]]]
	delete: Callable[[list[tuple[str, str]]], None]


def _drafts(cycle: str, limit: int) -> list[tuple[str, str]]:
	doctype = "Mentoring Application Draft"
	names = frappe.get_all(doctype, {"cycle": cycle}, pluck="name", order_by="name", limit=limit)
	return [(doctype, name) for name in names]


def _applications(cycle: str, limit: int) -> list[tuple[str, str]]:
	"""Those who never had a seat, and whose words are still there."""
	found: list[tuple[str, str]] = []
	seat = DocType("Mentoring Group Member")
	for doctype in ("Mentor", "Mentee"):
		record = DocType(doctype)
		seated = frappe.qb.from_(seat).select(seat.participant).where(seat.participant_type == doctype)
		query = frappe.qb.from_(record).select(record.name)
		query = query.where((record.cycle == cycle) & record.name.notin(seated))
		query = query.where(Criterion.any(record[field] != "" for field in _fields(doctype)))
		found += [(doctype, name) for name in query.orderby(record.name).limit(limit).run(pluck=True)]
	return found[:limit]


def _private_answers(cycle: str, limit: int) -> list[tuple[str, str]]:
	answer = DocType("Mentoring Private Answer")
	query = frappe.qb.from_(answer).select(answer.name).where(answer.cycle == cycle)
	query = query.where((answer.profile != "") | (answer.comment != ""))
	return [
		("Mentoring Private Answer", name) for name in query.orderby(answer.name).limit(limit).run(pluck=True)
	]


def _notes(cycle: str, limit: int) -> list[tuple[str, str]]:
	"""Those of groups that are over; what goes on in the next cycle still reads its own."""
	group, found = DocType("Mentoring Group"), []
	running = frappe.qb.from_(group).select(group.extends).where(group.status == "Active")
	running = running.where(group.extends.isnotnull())
	ended = (
		frappe.qb.from_(group).select(group.name).where((group.cycle == cycle) & (group.status != "Active"))
	)
	ended = ended.where(group.name.notin(running))
	for doctype in NOTES:
		note = DocType(doctype)
		query = frappe.qb.from_(note).select(note.name).where(note.mentoring_group.isin(ended))
		query = query.where(note.content != "")
		found += [(doctype, name) for name in query.orderby(note.name).limit(limit).run(pluck=True)]
	return found[:limit]


def _concerns(cycle: str, limit: int) -> list[tuple[str, str]]:
	concern = DocType("Mentoring Concern")
	query = frappe.qb.from_(concern).select(concern.name)
	query = query.where((concern.cycle == cycle) & concern.status.isin(sorted(CLOSED)))
	query = query.where(
		(concern.concern != REQUIRED) | Criterion.any(concern[f] != "" for f in ("answer", "step_note"))
	)
	return [("Mentoring Concern", name) for name in query.orderby(concern.name).limit(limit).run(pluck=True)]


def mails_before(moment: datetime, limit: int) -> list[tuple[str, str]]:
	"""The mails that went out before, and whose words are still there."""
	notice = DocType("Mentoring Notice")
	query = frappe.qb.from_(notice).select(notice.name)
	query = query.where((notice.status != "Pending") & (notice.creation < moment))
	query = query.where(notice.context.notin(["", "{}"]) | (notice.calendar != "") | (notice.error != ""))
	notices = [("Mentoring Notice", name) for name in query.orderby(notice.name).limit(limit).run(pluck=True)]
	written = (
		frappe.get_all(
			MAILING,
			{"creation": ("<", moment), "message": ("!=", REQUIRED)},
			pluck="name",
			order_by="name",
			limit=limit - len(notices),
		)
		if len(notices) < limit
		else []
	)
	return notices + [(MAILING, name) for name in written]


def _delete_drafts(found: list[tuple[str, str]]) -> None:
	for doctype, name in found:
		frappe.db.delete(doctype, {"name": name})


def _empty(found: list[tuple[str, str]]) -> None:
	for doctype, name in found:
		meta = frappe.get_meta(doctype)
		_store(doctype, name, empty_words(meta, REQUIRED))
		empty_rows(meta, name, REQUIRED)


def _unname(found: list[tuple[str, str]]) -> None:
	"""The stars stay for the reports, and nothing that leads to a person: a pair is two of them."""
	gone = dict.fromkeys(("comment", "profile", "feedback", "mentoring_group"))
	for doctype, name in found:
		_store(doctype, name, gone)


def _clear_notes(found: list[tuple[str, str]]) -> None:
	writing.clear([name for doctype, name in found if doctype == writing.MESSAGE])
	for doctype, name in found:
		if doctype != writing.MESSAGE:
			_store(doctype, name, {"content": ""})


def clear_mails(found: list[tuple[str, str]]) -> None:
	for doctype, name in found:
		written = doctype == MAILING
		_store(
			doctype,
			name,
			{"message": REQUIRED} if written else {"context": "{}", "calendar": None, "error": None},
		)


def _store(doctype: str, name: str, values: dict[str, str | None]) -> None:
	"""What a record said before is in its versions too."""
	frappe.db.set_value(doctype, name, values, update_modified=False)
	frappe.db.delete("Version", {"ref_doctype": doctype, "docname": name})


def _fields(doctype: str) -> list[str]:
	return list(empty_words(frappe.get_meta(doctype), REQUIRED))


WORK = {
	"Drafts": Work(_drafts, _delete_drafts),
	"Applications": Work(_applications, _empty),
	"Private Answers": Work(_private_answers, _unname),
	"Notes": Work(_notes, _clear_notes),
	"Concerns": Work(_concerns, _empty),
}
