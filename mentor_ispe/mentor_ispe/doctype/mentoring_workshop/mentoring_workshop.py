from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.events import raise_events
from mentor_ispe.mentor_ispe.doctype.mentoring_workshop import transition


class MentoringWorkshop(Document):
	"""A training or another meeting of a program: places, sign-up, who came."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_resource_item.mentoring_resource_item import (
			MentoringResourceItem,
		)
		from mentor_ispe.mentor_ispe.doctype.mentoring_workshop_participant.mentoring_workshop_participant import (
			MentoringWorkshopParticipant,
		)

		announced_on: DF.Datetime | None
		audience: DF.Literal["Everyone", "Mentors", "Mentees", "Moderators"]
		calendar_organizer: DF.Data | None
		calendar_sequence: DF.Int
		cancel_reason: DF.SmallText | None
		cycle: DF.Link | None
		description: DF.TextEditor | None
		duration_minutes: DF.Int
		is_training: DF.Check
		link: DF.Data | None
		location: DF.Data | None
		mode: DF.Literal["Online", "In Person"]
		participants: DF.Table[MentoringWorkshopParticipant]
		places: DF.Int
		places_taken: DF.Int
		program: DF.Link
		resources: DF.TableMultiSelect[MentoringResourceItem]
		sign_up_until: DF.Datetime | None
		starts_on: DF.Datetime
		status: DF.Literal["Planned", "Held", "Cancelled"]
		title: DF.Data
	# end: auto-generated types

	def validate(self):
		self._events = transition.validate_transition(self)

	def on_update(self):
		raise_events(self, self._events)

	def on_trash(self):
		transition.refuse_deletion(self)
