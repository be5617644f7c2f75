from __future__ import annotations

from frappe.model.document import Document

from mentor_ispe.domain.push import device_id


class MentoringPushDevice(Document):
	"""A browser that gets notifications for somebody; written by services/members/devices.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		address: DF.SmallText
		cookie_hash: DF.Data | None
		device: DF.Data | None
		profile: DF.Link
		public_key: DF.Data
		secret: DF.Data
	# end: auto-generated types

	def autoname(self):
		self.name = device_id(self.address)
