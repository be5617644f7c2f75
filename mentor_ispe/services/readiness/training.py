"""Training done: whoever attended a workshop that counts has done what the program requires of their part."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import frappe

from mentor_ispe.domain.workshops import NOTED_IN, PARTS_FOR, TrainingAttended, TrainingMissed
from mentor_ispe.readings.workshop_people import trainings_attended
from mentor_ispe.services.polls import polling
from mentor_ispe.services.sessions import attendance_lists

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_workshop.mentoring_workshop import MentoringWorkshop

OVER = ("Rejected", "Withdrawn", "Completed")


def training_attended(workshop: MentoringWorkshop, event: TrainingAttended) -> None:
	"""Note it, and invite those who are ready now to the meetings that are planned."""
	of = (workshop.program, workshop.cycle, workshop.audience)
	for profile in note_training(*of, event.profiles):
		attendance_lists.invite_to_planned_meetings(profile)
		polling.decide_waiting(profile)


def training_missed(workshop: MentoringWorkshop, event: TrainingMissed) -> None:
	"""Take back what was noted."""
	take_back_training(workshop.program, workshop.cycle, workshop.audience, event.profiles)


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
			for row in trainings_attended(program, profiles)
			if part in PARTS_FOR[row.audience] and (not row.cycle or row.cycle == cycle)
		}
		_set(program, cycle, {part}, set(profiles) - others, 0)


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
