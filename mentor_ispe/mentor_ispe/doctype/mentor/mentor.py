from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import cint

from mentor_ispe.domain.participants import record_name
from mentor_ispe.events import raise_events
from mentor_ispe.mentor_ispe.doctype.mentor import transition, wishes


class Mentor(Document):
	"""A person's part as mentor in one cycle."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_mentee_wish.mentoring_mentee_wish import (
			MentoringMenteeWish,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_topic_item.mentoring_topic_item import (
			MentoringTopicItem,
		)

		answer_by: DF.Date | None
		applied_on: DF.Datetime | None
		cycle: DF.Link
		cycle_status: DF.Literal["", "Draft", "Open", "Matching", "Running", "Completed", "Cancelled"]
		decided_by: DF.Link | None
		decided_on: DF.Datetime | None
		decision_note: DF.SmallText | None
		eager_topics: DF.TableMultiSelect[MentoringTopicItem]
		full_name: DF.Data | None
		goals: DF.SmallText | None
		motivation: DF.SmallText | None
		next_seats: DF.Int
		pauses_next: DF.Check
		profile: DF.Link
		program: DF.Link | None
		seats_offered: DF.Int
		seats_taken: DF.Int
		status: DF.Literal["Applied", "Approved", "Rejected", "Active", "Completed", "Withdrawn"]
		topics: DF.TableMultiSelect[MentoringTopicItem]
		training_completed: DF.Check
		wishes: DF.Table[MentoringMenteeWish]
	# end: auto-generated types

	def insert(self, *args, **kwargs):
		with transition.one_application(self):
			return super().insert(*args, **kwargs)

	def autoname(self):
		self.name = record_name(self.doctype, self.profile, self.cycle)

	def before_insert(self):
		self.offer_usual_seats()
		transition.note_earlier_training(self)

	def validate(self):
		wishes.check_wishes(self)
		self._step = transition.validate_transition(self)

	def offer_usual_seats(self):
		"""Where nobody said how many, the program's usual number."""
		if self.seats_offered is None and self.cycle:
			program = frappe.db.get_value("Mentoring Cycle", self.cycle, "program")
			usual = program and frappe.get_cached_value("Mentoring Program", program, "default_seats")
			self.seats_offered = cint(usual) or 1

	def on_update(self):
		raise_events(self, transition.store_effects(self, self._step))

	def on_trash(self):
		transition.refuse_if_seated(self)
