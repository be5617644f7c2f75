from mentor_ispe.permissions.rows import RowOfDocument


class MentoringProgramCriterion(RowOfDocument):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		criterion: DF.Literal[
			"Industry",
			"Topics",
			"Career Stage",
			"Country",
			"Time Zone",
			"Languages",
			"Learning Style",
			"Employer",
			"Chapter",
		]
		is_hard: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		weight: DF.Int
	# end: auto-generated types
