from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.services.library import resource_files, resources


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
		resources.check(self)

	def on_update(self):
		resource_files.keep_private(self)
