from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.events import raise_events
from mentor_ispe.mentor_ispe.doctype.mentoring_concern import transition


class MentoringConcern(Document):
	"""A conflict or anything else that worries somebody in a group; read by them and the coordinators only."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_concern_step.mentoring_concern_step import (
			MentoringConcernStep,
		)

		answer: DF.SmallText | None
		assigned_to: DF.Link | None
		closed_on: DF.Datetime | None
		concern: DF.Text
		cycle: DF.Link | None
		full_name: DF.Data | None
		kind: DF.Literal[
			"Communication", "Commitment", "Conduct", "Confidentiality", "Personal Matter", "Something Else"
		]
		mentoring_group: DF.Link
		program: DF.Link | None
		raised_by: DF.Link
		status: DF.Literal["Open", "In Mediation", "Resolved", "Reassigned", "Ended"]
		step_note: DF.SmallText | None
		steps: DF.Table[MentoringConcernStep]
	# end: auto-generated types

	def validate(self):
		self._step = transition.validate_transition(self)

	def on_update(self):
		raise_events(self, self._step.events)
