from frappe.model.document import Document


class MentoringMatchProposal(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		by_hand: DF.Check
		co_mentors: DF.SmallText | None
		group_key: DF.Data | None
		is_moderator: DF.Check
		match_run: DF.Link
		mentee: DF.Link
		mentee_name: DF.Data | None
		mentor: DF.Link | None
		mentor_name: DF.Data | None
		mentoring_group: DF.Link | None
		parts: DF.Code | None
		pinned: DF.Check
		reason: DF.SmallText | None
		reasons: DF.Code | None
		refusal: DF.SmallText | None
		score: DF.Int
		state: DF.Literal["Proposed", "Unmatched", "Published", "Refused"]
	# end: auto-generated types
