from __future__ import annotations

from frappe.model.document import Document


class MentoringLoginMove(Document):
	"""Somebody asked for a profile's login to move to another address; written by services/members/login_moves.py."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		expires_on: DF.Datetime
		merge: DF.Link | None
		new_address: DF.Data
		new_confirmed_on: DF.Datetime | None
		new_key: DF.Data | None
		old_address: DF.Data
		old_confirmed_on: DF.Datetime | None
		old_key: DF.Data | None
		profile: DF.Link
		requested_by: DF.Link
		status: DF.Literal["Waiting", "Moved", "Refused", "Replaced", "Not Possible"]
	# end: auto-generated types
