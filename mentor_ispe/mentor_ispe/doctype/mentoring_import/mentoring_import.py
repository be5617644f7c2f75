from __future__ import annotations

from pathlib import PurePath

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_days, date_diff

from mentor_ispe.clock import today
from mentor_ispe.exceptions import RuleViolation

ROW = "Mentoring Import Row"
KEPT_DAYS, LONGEST_KEPT_DAYS = 90, 366
"""How long rows and file are kept unless the coordinator says otherwise, and how long they may be."""
CLOSED = "Closed"
UNDER_WAY = ("Checking", "Importing", "Undoing")
NOT_IMPORTED_YET = ("Draft", "Checked")
# What the file is: once something was imported from it, it stays.
SOURCE = ("kind", "cycle", "role", "file", "sheet", "day_order")
# Fields that only the import and its jobs write; a form or a request that sends them is put back.
RESULT = ("status", "message", "mapping", "preview", "attempt", "total", "started_on", "ended_on")


class MentoringImport(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		attempt: DF.Int
		cycle: DF.Link | None
		day_order: DF.Literal["", "Day First", "Month First"]
		delete_on: DF.Date | None
		ended_on: DF.Datetime | None
		file: DF.Attach | None
		kind: DF.Literal["People", "Applications", "Membership Roll"]
		mapping: DF.Code | None
		message: DF.SmallText | None
		preview: DF.Code | None
		role: DF.Literal["", "Mentor", "Mentee or Peer", "A Column Says It"]
		sheet: DF.Data | None
		started_on: DF.Datetime | None
		status: DF.Literal[
			"Draft", "Checking", "Checked", "Importing", "Imported", "Undoing", "Undone", "Closed"
		]
		title: DF.Data | None
		total: DF.Int
	# end: auto-generated types
	"""A file of people, applications or memberships on its way in: read, checked, imported, perhaps undone."""

	def validate(self):
		self.keep_result()
		self.check_delete_on()
		self.check_applications()
		self.set_title()
		self.check_source()

	def on_trash(self):
		if self.status in UNDER_WAY:
			frappe.throw(_("This import is still running. Wait until it has finished."), exc=RuleViolation)
		frappe.db.delete(ROW, {"mentoring_import": self.name})
		self.preview = None  # Frappe keeps a copy of what is deleted; nobody's rows are to stay in it

	def keep_result(self):
		stored = self.get_doc_before_save()
		for field in RESULT:
			self.set(field, stored.get(field) if stored else None)
		self.status = self.status or "Draft"

	def check_delete_on(self):
		self.delete_on = self.delete_on or add_days(today(), KEPT_DAYS)
		if self.has_value_changed("delete_on") and date_diff(self.delete_on, today()) > LONGEST_KEPT_DAYS:
			frappe.throw(
				_("The rows and the file can be stored for at most a year. Choose an earlier day."),
				exc=RuleViolation,
			)

	def check_applications(self):
		if self.kind != "Applications":
			self.cycle = self.role = None
		elif not (self.cycle and self.role):
			frappe.throw(
				_("Choose the cycle that these people apply to, and whether they are mentors or mentees."),
				exc=RuleViolation,
			)

	def set_title(self):
		self.title = PurePath(self.file or "").name[:140] or _(self.kind)

	def check_source(self):
		"""Another file, or the same read as something else, begins anew."""
		stored = self.get_doc_before_save()
		if not stored or all(stored.get(field) == self.get(field) for field in SOURCE):
			return
		if self.status in UNDER_WAY:
			frappe.throw(_("This import is still running. Wait until it has finished."), exc=RuleViolation)
		if self.status not in NOT_IMPORTED_YET:
			frappe.throw(
				_("This file was already imported. Start a new import for another file."), exc=RuleViolation
			)
		self.update({"status": "Draft", "message": None, "preview": None, "total": 0})
		if stored.kind != self.kind:
			self.mapping = None
		frappe.db.delete(ROW, {"mentoring_import": self.name})
