from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cstr

from mentor_ispe.domain.web_links import is_of_this_site, is_web_link
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_resource.attachment import keep_private


class MentoringResource(Document):
	"""Something to read or to use, for a topic, an audience and a phase of a program."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_topic_item.mentoring_topic_item import (
			MentoringTopicItem,
		)

		attachment: DF.Attach | None
		audience: DF.Literal["Everyone", "Mentors", "Mentees", "Moderators"]
		content: DF.TextEditor | None
		phase: DF.Literal["Any Time", "Before the Start", "First Meeting", "During the Program", "Closing"]
		program: DF.Link | None
		public: DF.Check
		published: DF.Check
		summary: DF.SmallText | None
		title: DF.Data
		topics: DF.TableMultiSelect[MentoringTopicItem]
		url: DF.Data | None
	# end: auto-generated types

	def validate(self):
		self.check_leads_somewhere()

	def on_update(self):
		keep_private(self)

	def check_leads_somewhere(self):
		if not any((cstr(self.url).strip(), cstr(self.attachment).strip(), cstr(self.content).strip())):
			frappe.throw(_("Add an address, a file or a text."), exc=RuleViolation)
		if self.attachment and not (is_of_this_site(self.attachment) or is_web_link(self.attachment)):
			frappe.throw(_("Attach the file, or enter the full address."), exc=RuleViolation)
