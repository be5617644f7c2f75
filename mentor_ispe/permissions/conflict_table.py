"""How records lead to a group: one table, from which the hooks are made, lists are narrowed and documents checked.

A test reads every link of every DocType: one that leads to a group stands here, or the test says so.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lead:
	"""The column that names the group; where it is empty, `person` names whose record it is.

	What somebody says of a program as a whole has no group, and may be about those in theirs.
	"""

	group: str = "mentoring_group"
	person: str | None = None


OF_GROUP, OF_PERSON = Lead(), Lead(person="profile")

# Also records that hold nothing private but a link to the group: lists show fields of what is linked to
# without asking for that record.
LEADS: dict[str, Lead] = {
	"Guest Speaker Request": OF_GROUP,
	"Mentee": OF_GROUP,
	"Mentoring Action Item": OF_GROUP,
	"Mentoring Concern": OF_GROUP,
	"Mentoring Feedback": OF_PERSON,
	"Mentoring Feedback Request": OF_PERSON,
	"Mentoring Goal": OF_PERSON,
	"Mentoring Group": Lead("name"),
	"Mentoring Mailing": OF_PERSON,
	"Mentoring Match Proposal": OF_GROUP,
	"Mentoring Message": OF_GROUP,
	"Mentoring Message File": OF_GROUP,
	"Mentoring Note Opening": OF_GROUP,
	"Mentoring Poll": OF_GROUP,
	"Mentoring Private Answer": OF_PERSON,
	"Mentoring Read Mark": OF_GROUP,
	"Mentoring Session": OF_GROUP,
	"Mentoring Session Note": OF_GROUP,
	"Mentoring Staff Note": OF_GROUP,
}

# (the column that names a DocType, the column that names a record of it)
REFERENCES: dict[str, tuple[str, str]] = {
	"Mentoring Notice": ("reference_doctype", "reference_name"),
	# Rows of our tables, asked for by themselves.
	"Mentoring Concern Step": ("parenttype", "parent"),
	"Mentoring Goal Step": ("parenttype", "parent"),
	"Mentoring Group Member": ("parenttype", "parent"),
	"Mentoring Mentor Wish": ("parenttype", "parent"),
	"Mentoring Poll Answer": ("parenttype", "parent"),
	"Mentoring Poll Slot": ("parenttype", "parent"),
	"Mentoring Resource Item": ("parenttype", "parent"),
	"Mentoring Session Attendance": ("parenttype", "parent"),
	"Mentoring Topic Item": ("parenttype", "parent"),
	# What Frappe keeps about any record.
	"Comment": ("reference_doctype", "reference_name"),
	"Communication": ("reference_doctype", "reference_name"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"DocShare": ("share_doctype", "share_name"),
	"Email Queue": ("reference_doctype", "reference_name"),
	"Error Log": ("reference_doctype", "reference_name"),
	"File": ("attached_to_doctype", "attached_to_name"),
	"Notification Log": ("document_type", "document_name"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Version": ("ref_doctype", "docname"),
	"View Log": ("reference_doctype", "reference_name"),
}
# What a reference may be about so that it is asked where it leads.
ABOUT = (*LEADS, "Mentoring Notice")
