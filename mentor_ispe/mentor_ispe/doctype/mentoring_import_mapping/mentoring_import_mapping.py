from __future__ import annotations

from frappe import _
from frappe.model.document import Document

from mentor_ispe.domain.mapping_text import from_toml
from mentor_ispe.domain.people_mapping import MappingError, parse_mapping
from mentor_ispe.exceptions import raise_violations


class MentoringImportMapping(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		kind: DF.Literal["People", "Applications", "Membership Roll"]
		mapping: DF.Code
		title: DF.Data
	# end: auto-generated types
	"""How the files of one source are read, kept for the next one: the same text as the command's file."""

	def validate(self):
		self.check_mapping()

	def check_mapping(self):
		try:
			parse_mapping(from_toml(self.mapping or ""))
		except MappingError as error:
			raise_violations(error.violations, title=_("The mapping"))
