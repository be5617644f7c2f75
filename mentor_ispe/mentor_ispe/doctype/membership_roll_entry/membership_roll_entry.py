from __future__ import annotations

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from mentor_ispe.domain.roll import check_dates, normalise_email
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.mentor_ispe.doctype.membership_roll_entry.import_columns import file_of, read_as_written


class MembershipRollEntry(Document):
	"""One membership as an outside system told it; the roll is one of the membership sources."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		cancelled: DF.Check
		chapter: DF.Data | None
		email: DF.Data
		from_date: DF.Date
		full_name: DF.Data
		member_number: DF.Data
		membership_type: DF.Data | None
		to_date: DF.Date | None
	# end: auto-generated types

	def insert(self, *args, **kwargs):
		"""Insert the entry, or in a data import change the one with this member number.

		Frappe's import either inserts or updates; a roll is a list of everybody, loaded again and again.
		"""
		if frappe.flags.in_import:
			self.read_as_written()
			if stored := self.stored_entry():
				return stored
		return super().insert(*args, **kwargs)

	def validate(self):
		self.normalise()
		self.check_dates()

	def normalise(self):
		self.email = normalise_email(self.email)
		self.full_name = " ".join((self.full_name or "").split())

	def check_dates(self):
		raise_violations(
			check_dates(getdate(self.from_date), getdate(self.to_date) if self.to_date else None)
		)

	def read_as_written(self):
		if file := self.imported_file():
			read_as_written(self, file)

	def imported_file(self):
		return file_of((self.flags.updater_reference or {}).get("docname"))

	def stored_entry(self) -> MembershipRollEntry | None:
		"""The stored entry with this member number, changed to what the file says and saved.

		A column that the file hasn't got leaves what was there; an empty cell empties it.
		"""
		name = frappe.db.exists(self.doctype, (self.member_number or "").strip())
		if not name:
			return None
		stored = frappe.get_doc(self.doctype, name)
		file = self.imported_file()
		told = file.fields if file else None
		for field in self.meta.get_fieldnames_with_value():
			if field != "member_number" and (field in told if told is not None else self.get(field)):
				stored.set(field, self.get(field))
		return stored.save()
