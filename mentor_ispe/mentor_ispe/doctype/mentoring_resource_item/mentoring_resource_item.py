from __future__ import annotations

from mentor_ispe.permissions.rows import RowOfDocument


class MentoringResourceItem(RowOfDocument):
	"""A resource that belongs to a session or a workshop."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		resource: DF.Link
	# end: auto-generated types
