from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.services import participant_step


class Mentee(Document):
	"""A person's part as mentee, or as peer of a circle, in one cycle."""

	def autoname(self):
		self.name = participant_step.record_name(self.doctype, self.profile, self.cycle)

	def validate(self):
		participant_step.take(self)

	def on_update(self):
		participant_step.follow_up(self)

	def on_trash(self):
		participant_step.refuse_if_seated(self)
		participant_step.release_place(self)
