from __future__ import annotations

import frappe
from frappe.model.document import Document

from mentor_ispe.concurrency.after_commit import enqueue_after_commit
from mentor_ispe.domain import programs as domain
from mentor_ispe.domain.months import last_day_of
from mentor_ispe.domain.statuses import check_transition
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.membership import commitment

# What a new status calls for; every one of these jobs would do it the next night anyway.
JOB_OF_EACH = "mentor_ispe.jobs.cycles.follow_cycles"
JOB_OF = {
	"Open": "mentor_ispe.jobs.cycles.process_next_cycles",
	"Running": "mentor_ispe.jobs.cycles.start_groups",
}


class MentoringCycle(Document):
	"""One run of a program."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		announcement_date: DF.Date | None
		announcement_time: DF.Time | None
		application_from: DF.Date
		application_until: DF.Date
		cycle_name: DF.Data
		end_date: DF.Date
		format: DF.Data | None
		invite_last_cycle: DF.Check
		kickoff_on: DF.Datetime | None
		learned: DF.SmallText | None
		places: DF.Int
		places_taken: DF.Int
		program: DF.Link
		start_date: DF.Date
		status: DF.Literal["Draft", "Open", "Matching", "Running", "Completed", "Cancelled"]
	# end: auto-generated types

	def validate(self):
		self.keep_places_taken()
		self.check_status()
		self.fill_end_date()
		self.check_dates()

	def on_update(self):
		self.enqueue_jobs_of_status()

	def enqueue_jobs_of_status(self):
		if self.has_value_changed("status"):
			enqueue_after_commit(JOB_OF_EACH)
			if self.status in JOB_OF:
				enqueue_after_commit(JOB_OF[self.status])

	def keep_places_taken(self):
		"""Counted by the applications; whatever a request says of it is put back."""
		stored = self.get_doc_before_save()
		self.places_taken = stored.places_taken if stored else 0

	def check_status(self):
		stored = self.get_doc_before_save()
		raise_violations(check_transition(self.doctype, stored.status if stored else None, self.status))
		open_groups = 0
		if self.status in ("Completed", "Cancelled") and stored and stored.status != self.status:
			open_groups = commitment.open_groups(self.name)
		raise_violations(domain.check_closing(self.status, open_groups))

	def fill_end_date(self):
		"""A cycle lasts as long as its program says, unless it has a last day of its own."""
		if self.program and self.start_date and not self.end_date:
			months = frappe.get_cached_value("Mentoring Program", self.program, "length_months")
			self.end_date = last_day_of(frappe.utils.getdate(self.start_date), frappe.utils.cint(months))

	def check_dates(self):
		raise_violations(
			domain.check_cycle(
				application_from=frappe.utils.getdate(self.application_from),
				application_until=frappe.utils.getdate(self.application_until),
				start=frappe.utils.getdate(self.start_date),
				end=frappe.utils.getdate(self.end_date),
				announcement=frappe.utils.getdate(self.announcement_date) if self.announcement_date else None,
				places=self.places or 0,
				places_taken=self.places_taken or 0,
			)
		)
