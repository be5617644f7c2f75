from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.concurrency import locks
from mentor_ispe.domain.sessions.events import MeetingDeleted
from mentor_ispe.events import raise_events
from mentor_ispe.mentor_ispe.doctype.mentoring_session import transition


class MentoringSession(Document):
	"""One meeting of a group: when, where, who was there. What was said is not kept here."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_resource_item.mentoring_resource_item import (
			MentoringResourceItem,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_session_attendance.mentoring_session_attendance import (
			MentoringSessionAttendance,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_topic_item.mentoring_topic_item import (
			MentoringTopicItem,
		)

		agenda: DF.TextEditor | None
		asked_sequence: DF.Int
		attendance: DF.Table[MentoringSessionAttendance]
		calendar_organizer: DF.Data | None
		calendar_sequence: DF.Int
		calendar_uid: DF.Data | None
		cancel_reason: DF.SmallText | None
		changed_by: DF.Link | None
		changed_on: DF.Datetime | None
		cycle: DF.Link | None
		duration_minutes: DF.Int
		focus: DF.Data | None
		group_title: DF.Data | None
		guest_speaker: DF.Link | None
		host: DF.Link | None
		link: DF.Data | None
		link_made_by: DF.Data | None
		location: DF.Data | None
		mentoring_group: DF.Link
		mode: DF.Literal["Online", "In Person"]
		program: DF.Link | None
		recorded_by: DF.Link | None
		recorded_on: DF.Datetime | None
		resources: DF.TableMultiSelect[MentoringResourceItem]
		series: DF.Data | None
		starts_on: DF.Datetime
		status: DF.Literal["Planned", "Held", "Cancelled"]
		topics: DF.TableMultiSelect[MentoringTopicItem]
	# end: auto-generated types

	def load_from_db(self):
		if self.flags.for_update:
			locks.lock_group_of_meeting(self.name)  # before the meeting's own row, see concurrency/
		return super().load_from_db()

	def check_if_latest(self):
		self._up_to_date = transition.lock_related(self)
		super().check_if_latest()

	def validate(self):
		self._step = transition.validate_transition(self, self._up_to_date)

	def on_update(self):
		raise_events(self, self._step.events)

	def on_trash(self):
		transition.refuse_deletion(self)
		raise_events(self, [MeetingDeleted()])
