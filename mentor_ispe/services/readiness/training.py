"""Training done: whoever attended a workshop that counts has done what the program requires of their part."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import frappe

from mentor_ispe.domain.workshops import PARTS_FOR

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor

# Whose training it is → where it is noted.
NOTED_IN = {
	"Mentor": ("Mentor", "training_completed"),
	"Mentee": ("Mentee", "training_completed"),
	"Moderator": ("Mentee", "moderator_training_completed"),
}
OVER = ("Rejected", "Withdrawn", "Completed")


def note_training(program: str, cycle: str | None, audience: str, profiles: Collection[str]) -> list[str]:
	"""Note that these people did the training; return whose record changed.

	Everybody who may still become a participant is noted: an application may be approved later.
	"""
	return _set(program, cycle, PARTS_FOR[audience], profiles, 1)


def take_back_training(program: str, cycle: str | None, audience: str, profiles: Collection[str]) -> None:
	"""Take it back from people who missed the workshop after all, but for what another one gave them."""
	for part in PARTS_FOR[audience]:
		others = {
			row.profile
			for row in _attended(program, profiles)
			if part in PARTS_FOR[row.audience] and (not row.cycle or row.cycle == cycle)
		}
		_set(program, cycle, {part}, set(profiles) - others, 0)


def note_earlier(doc: Mentor | Mentee) -> None:
	"""Note on a new application what the person attended earlier in workshops that count for every cycle."""
	if not (doc.profile and doc.cycle):
		return
	program = frappe.db.get_value("Mentoring Cycle", doc.cycle, "program")
	counted = {
		part
		for row in _attended(program, [doc.profile])
		if not row.cycle or row.cycle == doc.cycle
		for part in PARTS_FOR[row.audience]
	}
	for part in counted:
		doctype, field = NOTED_IN[part]
		if doctype == doc.doctype:
			doc.set(field, 1)


def _set(
	program: str, cycle: str | None, parts: Iterable[str], profiles: Collection[str], done: int
) -> list[str]:
	people = []
	for part in sorted(parts):
		doctype, field = NOTED_IN[part]
		filters: dict = {"program": program, "profile": ("in", sorted(profiles) or [""])}
		if cycle:
			filters["cycle"] = cycle
		rows = frappe.get_all(
			doctype,
			{**filters, "status": ("not in", OVER), field: 1 - done},
			["name", "profile"],
			order_by="name",
		)
		for row in rows:
			# Counts as a change of the record, so that nobody saves an open form over it.
			frappe.db.set_value(doctype, row.name, field, done)
		people += [row.profile for row in rows]
	return sorted(set(people))


def _attended(program: str | None, profiles: Collection[str]) -> list[frappe._dict]:
	workshop, row = (
		frappe.qb.DocType("Mentoring Workshop"),
		frappe.qb.DocType("Mentoring Workshop Participant"),
	)
	return (
		frappe.qb.from_(row)
		.join(workshop)
		.on(workshop.name == row.parent)
		.select(row.profile, workshop.audience, workshop.cycle)
		.where(
			(workshop.program == program)
			& (workshop.is_training == 1)
			& (row.status == "Attended")
			& row.profile.isin(sorted(profiles) or [""])
		)
	).run(as_dict=True)
