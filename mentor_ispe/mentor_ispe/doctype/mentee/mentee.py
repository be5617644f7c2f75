from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.domain.participants import record_name
from mentor_ispe.events import raise_events
from mentor_ispe.mentor_ispe.doctype.mentor import transition, wishes


class Mentee(Document):
	"""A person's part as mentee, or as peer of a circle, in one cycle."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_mentor_wish.mentoring_mentor_wish import (
			MentoringMentorWish,
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
		declined_mentors: DF.Code | None
		full_name: DF.Data | None
		goals: DF.SmallText | None
		mentoring_group: DF.Link | None
		moderator_training_completed: DF.Check
		profile: DF.Link
		program: DF.Link | None
		status: DF.Literal["Applied", "Approved", "Rejected", "Active", "Completed", "Withdrawn"]
		topics: DF.TableMultiSelect[MentoringTopicItem]
		training_completed: DF.Check
		waiting_since: DF.Datetime | None
		willing_to_moderate: DF.Check
		wishes: DF.Table[MentoringMentorWish]
	# end: auto-generated types

	def insert(self, *args, **kwargs):
		with transition.one_application(self):
			return super().insert(*args, **kwargs)

	def autoname(self):
		self.name = record_name(self.doctype, self.profile, self.cycle)

	def before_insert(self):
		transition.note_earlier_training(self)

	def validate(self):
		wishes.check_wishes(self)
		self._step = transition.validate_transition(self)

	def on_update(self):
		raise_events(self, transition.store_effects(self, self._step))

	def on_trash(self):
		transition.refuse_if_seated(self)
		transition.release_place(self)
