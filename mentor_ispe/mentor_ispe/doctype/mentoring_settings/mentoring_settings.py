from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.membership.base import SourceUnavailable
from mentor_ispe.membership.registry import get_source, sources
from mentor_ispe.mentor_ispe.doctype.mentoring_settings import website


class MentoringSettings(Document):
	"""What holds for the whole site: where memberships are kept, how mails answer."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		from mentor_ispe.mentor_ispe.doctype.mentoring_membership_type.mentoring_membership_type import (
			MentoringMembershipType,
		)

		coordinator_email: DF.Data | None
		default_grace_days: DF.Int
		jitsi_server: DF.Data | None
		is_home_page: DF.Check
		join_url: DF.Data | None
		join_words: DF.SmallText | None
		keep_mails: DF.Int
		membership_source: DF.Autocomplete
		membership_types: DF.Table[MentoringMembershipType]
		members_land_here: DF.Check
		menu_item: DF.Data | None
		renewal_url: DF.Data | None
		reply_to: DF.Data | None
		show_in_menu: DF.Check
		waiting_warning_days: DF.Int
		weekly_digest: DF.Check
	# end: auto-generated types

	def onload(self):
		self.set_onload("membership_sources", sorted(sources()))

	def validate(self):
		self.check_source()
		website.check_choices(self)

	def on_update(self):
		website.update_website(self)

	def check_source(self):
		"""A source that can't be asked isn't chosen; one that was chosen before stays and says so when asked."""
		if not self.has_value_changed("membership_source"):
			return
		if self.membership_source not in sources():
			frappe.throw(
				_("{0} is not a membership source. Choose one of: {1}.").format(
					self.membership_source, ", ".join(sorted(sources()))
				)
			)
		try:
			get_source(self.membership_source)
		except SourceUnavailable as unavailable:
			frappe.throw(str(unavailable))
