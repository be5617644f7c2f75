from __future__ import annotations

from zoneinfo import available_timezones

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.exceptions import RuleViolation


class GuestSpeaker(Document):
	"""Somebody from outside who speaks to groups on what they know."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_topic_item.mentoring_topic_item import (
			MentoringTopicItem,
		)

		active: DF.Check
		biography: DF.SmallText | None
		country: DF.Link | None
		email: DF.Data | None
		expertise: DF.TableMultiSelect[MentoringTopicItem]
		full_name: DF.Data
		organisation: DF.Data | None
		time_zone: DF.Autocomplete | None
	# end: auto-generated types

	def validate(self):
		self.check_time_zone()

	def check_time_zone(self):
		if self.time_zone and self.time_zone not in available_timezones():
			frappe.throw(
				_("There is no time zone {0}. Use a name such as Europe/Berlin.").format(self.time_zone),
				exc=RuleViolation,
			)
