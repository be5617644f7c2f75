from __future__ import annotations

from frappe.model.document import Document


class MentoringEmployerChange(Document):
	"""Where somebody worked until a day; written when a profile is saved, asked by the rules of credit."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		changed_on: DF.Date
		employer: DF.Data | None
		employer_before: DF.Data
		full_name: DF.Data | None
		profile: DF.Link
	# end: auto-generated types
