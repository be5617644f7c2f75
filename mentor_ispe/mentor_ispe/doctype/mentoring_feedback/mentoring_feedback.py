from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.mentor_ispe.doctype.mentoring_feedback import private_answers, rules


class MentoringFeedback(Document):
	"""What one person says of a session, a group or the program.

	The group reads the rating and the comment. What is for the coordinators only is a Mentoring Private Answer.
	"""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		comment: DF.Text | None
		cycle: DF.Link
		full_name: DF.Data | None
		kind: DF.Literal["Session", "Check-in", "Group Update", "Closing", "Program", "Success Story"]
		may_publish: DF.Check
		mentoring_group: DF.Link | None
		profile: DF.Link
		rating: DF.Rating
		request: DF.Link | None
		session: DF.Link | None
	# end: auto-generated types

	def before_validate(self):
		rules.complete(self)

	def validate(self):
		rules.check(self)

	def after_insert(self):
		rules.close_request(self)

	def on_update(self):
		private_answers.store(self)

	def on_trash(self):
		private_answers.delete(self.name)
