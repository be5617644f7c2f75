from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.concurrency import locks
from mentor_ispe.domain import charters
from mentor_ispe.domain.events import CharterChanged
from mentor_ispe.domain.group_step import Step
from mentor_ispe.domain.seats import MENTOR
from mentor_ispe.domain.statuses import GONE_SEATS, OPEN_GROUPS
from mentor_ispe.events import raise_events
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_group import transition
from mentor_ispe.mentor_ispe.doctype.mentoring_group.protected_fields import (
	is_allowed,
	restore_protected_fields,
)
from mentor_ispe.readings.seats import seat_of_row


class MentoringGroup(Document):
	"""A mentor with one or several mentees, or a circle of peers; a pair is a group of two."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_group_member.mentoring_group_member import (
			MentoringGroupMember,
		)

		alarm: DF.SmallText | None
		all_mentors: DF.SmallText | None
		announce_on: DF.Datetime | None
		charter: DF.TextEditor | None
		charter_agreed_on: DF.Date | None
		charter_boundaries: DF.SmallText | None
		charter_days_off: DF.Data | None
		charter_expectations: DF.SmallText | None
		charter_meet_every: DF.Int
		charter_meet_every_unit: DF.Literal["Week", "Month"]
		charter_place: DF.SmallText | None
		cycle: DF.Link
		end_date: DF.Date | None
		end_kind: DF.Literal[
			"",
			"Goals Met",
			"Not Working",
			"Too Little Time",
			"Reassigned",
			"Membership Ended",
			"Something Else",
		]
		end_reason: DF.SmallText | None
		extended_to: DF.Link | None
		extends: DF.Link | None
		extension_cycle: DF.Link | None
		format: DF.Data | None
		health: DF.Int
		health_on: DF.Datetime | None
		health_signs: DF.Code | None
		match_run: DF.Link | None
		meetings_changed: DF.Int
		mentor: DF.Link | None
		mentor_name: DF.Data | None
		program: DF.Link | None
		proposed_on: DF.Datetime | None
		respond_by: DF.Date | None
		reason_is_private: DF.Check
		seats: DF.Table[MentoringGroupMember]
		start_date: DF.Date | None
		status: DF.Literal["Draft", "Proposed", "Active", "Completed", "Ended Early", "Cancelled"]
		title: DF.Data | None
		unanswered: DF.Int
	# end: auto-generated types

	_people: locks.People
	_step: Step

	@property
	def mentors(self) -> list[MentoringGroupMember]:
		"""The rows of mentors, also of those who left."""
		return [row for row in self.seats if row.role == MENTOR]

	@property
	def members(self) -> list[MentoringGroupMember]:
		"""The rows of mentees or peers, also of those who left."""
		return [row for row in self.seats if row.role != MENTOR]

	def load_from_db(self):
		if self.flags.for_update and isinstance(self.name, str):
			locks.lock_people_of(self.name)  # before the group's own row, see concurrency/
		return super().load_from_db()

	def check_if_latest(self):
		# Before Frappe locks the stored group: the people whom this save adds. Before it checks the links: what
		# kind of record a seat is about.
		self.set_program()
		transition.complete_seats(self)
		self._people = transition.lock_related(self)
		super().check_if_latest()

	def validate(self):
		restore_protected_fields(self)
		self._step = transition.validate_transition(self, self._people)
		self.count_unanswered()
		self._charter_changed = self.ask_anew_for_charter()
		self.set_end_kind()
		self.set_mentor()
		self.set_title()

	def on_update(self):
		events = transition.store_effects(self, self._people, self._step)
		raise_events(self, [*events, *self._charter_changed])

	def on_trash(self):
		self.refuse_deletion_of_history()

	def set_program(self):
		"""The cycle decides, whatever a request says: the rules are read from this program."""
		self.program = self.cycle and frappe.db.get_value("Mentoring Cycle", self.cycle, "program")
		self.format = (
			frappe.get_cached_value("Mentoring Program", self.program, "format") if self.program else None
		)

	def ask_anew_for_charter(self) -> list[CharterChanged]:
		"""A change takes back what people agreed to, the last to agree settles it; when the seats are as they will be.

		A service that writes for somebody says itself who has agreed to what it wrote.
		"""
		stored = self.get_doc_before_save()
		changed = bool(stored and charters.changed_fields(stored, self))
		if changed and not is_allowed(self, "charter_agreed_on"):
			for row in self.seats:
				row.charter_agreed_on = None
		if self.status in OPEN_GROUPS:
			active = [seat_of_row(row) for row in self.seats if row.status == "Active"]
			self.charter_agreed_on = charters.agreed_on(active)
		asks = changed and self.status == "Active" and not charters.is_empty(self)
		return [CharterChanged()] if asks else []

	def set_end_kind(self):
		"""Every early ending is of some kind; no other group has one."""
		self.end_kind = (self.end_kind or "Something Else") if self.status == "Ended Early" else ""

	def count_unanswered(self):
		"""People who were asked and haven't answered; kept, so that lists can be filtered by it."""
		asked = sum(row.status == "Proposed" for row in self.seats)
		self.unanswered = asked if self.status in ("Proposed", "Active") else 0

	def set_mentor(self):
		"""Who mentors the group now, or did last; kept, so that lists can be filtered by it."""
		there = [row for row in self.mentors if row.status not in GONE_SEATS]
		there = there or [row for row in self.mentors if row.joined_on][-1:] or self.mentors[-1:]
		self.mentor = there[0].participant if there else None
		self.mentor_name = ", ".join(row.full_name for row in there)[:140] or None
		# A group is also looked for by the name of a mentor who left.
		took_part = dict.fromkeys(row.full_name for row in self.mentors if row in there or row.joined_on)
		self.all_mentors = ", ".join(took_part) or None

	def set_title(self):
		"""Called by its people, unless somebody gave it a name; another mentor, another title."""
		stored = self.get_doc_before_save()
		replaced = (
			stored and stored.mentor_name != self.mentor_name and self.title == stored.title_of_people()
		)
		if not self.title or replaced:
			self.title = self.title_of_people()

	def title_of_people(self) -> str:
		names = [row.full_name for row in self.members if row.full_name][:3]
		more = len(self.members) - len(names)
		people = ", ".join(names) + (f" +{more}" if more else "")
		return " – ".join(part for part in (self.mentor_name, people) if part)[:140]

	def refuse_deletion_of_history(self):
		if self.status == "Draft":
			return
		frappe.throw(
			_(
				"People were already asked to join this group, so it can't be deleted. Cancel or end it instead."
			),
			exc=RuleViolation,
		)
