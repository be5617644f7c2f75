from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.events import raise_events
from mentor_ispe.mentor_ispe.doctype.guest_speaker_request import transition


class GuestSpeakerRequest(Document):
	"""A group asks for a guest speaker; the coordinators find one and arrange the session."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		answer: DF.SmallText | None
		cycle: DF.Link | None
		group_title: DF.Data | None
		mentoring_group: DF.Link
		message: DF.SmallText | None
		program: DF.Link | None
		requested_by: DF.Link
		session: DF.Link | None
		speaker: DF.Link | None
		status: DF.Literal["Requested", "Approaching", "Arranged", "Held", "Declined", "Cancelled"]
		topic: DF.Link
		wished_from: DF.Date | None
		wished_until: DF.Date | None
	# end: auto-generated types

	def check_if_latest(self):
		# The group before the request, so that no two requests of a group are counted at once.
		transition.lock_related(self)
		super().check_if_latest()

	def validate(self):
		self._step = transition.validate_transition(self)

	def on_update(self):
		raise_events(self, self._step.events)
