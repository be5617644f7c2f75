from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.mentor_ispe.doctype.mentor import wishes
from mentor_ispe.services.applications import participant_step
from mentor_ispe.services.readiness import training
from mentor_ispe.services.sessions import joining


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
		with participant_step.one_application(self):
			return super().insert(*args, **kwargs)

	def autoname(self):
		self.name = participant_step.record_name(self.doctype, self.profile, self.cycle)

	def before_insert(self):
		training.note_earlier(self)

	def validate(self):
		wishes.check_wishes(self)
		participant_step.take(self)

	def on_update(self):
		participant_step.follow_up(self)
		joining.follow_training(self)

	def on_trash(self):
		participant_step.refuse_if_seated(self)
		participant_step.release_place(self)
