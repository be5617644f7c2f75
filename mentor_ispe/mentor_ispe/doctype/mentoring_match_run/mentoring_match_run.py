from __future__ import annotations

import frappe
from frappe.model.document import Document

from mentor_ispe.services.matching import rules


class MentoringMatchRun(Document):
	"""One run of the matching engine over the people of a cycle who are open."""

	def before_insert(self):
		self.set_program()
		if not self.criteria:
			rules.take_from_program(self)

	def validate(self):
		self.keep_result()

	def on_trash(self):
		self.delete_proposals()

	def set_program(self):
		self.program = frappe.db.get_value("Mentoring Cycle", self.cycle, "program")
		self.format = frappe.get_cached_value("Mentoring Program", self.program, "format")

	def keep_result(self):
		"""Figures come from the engine; a form saved by hand changes the parameters only."""
		stored = self.get_doc_before_save()
		for field in rules.RESULT:
			self.set(field, stored.get(field) if stored else None)
		self.status = self.status or "Draft"

	def delete_proposals(self):
		frappe.db.delete("Mentoring Match Proposal", {"match_run": self.name})
