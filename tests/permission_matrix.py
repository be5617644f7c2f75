"""Who may do what to which record: one table, for the tests and for docs/roles.md.

	python -m tests.permission_matrix docs/roles.md

writes the tables of that page anew. `RIGHTS` is about Frappe's own permissions: role × DocType × action × whose
record. `SHOWN` is about the pages: which field a person sees there, by what they have to do with the record. Nothing
here forbids anything: what the table doesn't give, nobody has.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

COORDINATOR, COMMITTEE, MEMBER = "Mentoring Coordinator", "Mentoring Committee", "Mentoring Member"
SYSTEM_MANAGER = "System Manager"
# Everybody has these; with the members' role they hold nothing.
ROLES_OF_EVERYBODY = ("Guest", "All", "Desk User", MEMBER)
ACTIONS = ("read", "write", "create", "delete", "report", "export", "import", "print", "email", "share")

EDIT = "read write create delete report export print"
IMPORT = f"{EDIT} import"
# Coordinators write by the dialog of the lists: Frappe's own needs an Email Account that they may read.
MANAGE = f"{EDIT} email"
MANAGE_IMPORT = f"{IMPORT} email"
LOOK = "read report print"
TAKE_OUT = "read report export print"


@dataclass(frozen=True)
class Rights:
	"""What the roles may do with a DocType.

	`closed`: not with the records of a group in which one sits or sat oneself, whatever the role; `of_person`: nor
	with those of its people that name no group.
	`members`: what members see of it on their pages, in words for the document.
	"""

	coordinator: str = ""
	manager: str = ""
	committee: str = ""
	closed: bool = False
	of_person: bool = False
	members: str = ""

	def of(self, role: str) -> frozenset[str]:
		"""The actions of one role."""
		given = {COORDINATOR: self.coordinator, SYSTEM_MANAGER: self.manager, COMMITTEE: self.committee}
		return frozenset(given.get(role, "").split())


RIGHTS: dict[str, Rights] = {
	"Guest Speaker": Rights(
		IMPORT, MANAGE_IMPORT, members="names, on their group's requests; own, in the copy of their data"
	),
	"Guest Speaker Request": Rights(EDIT, MANAGE, closed=True, members="their group's"),
	"Membership Roll Entry": Rights(IMPORT, MANAGE_IMPORT, members="own, in the copy of their data"),
	"Mentee": Rights(IMPORT, MANAGE_IMPORT, closed=True, members="own application and its answer"),
	"Mentor": Rights(IMPORT, MANAGE_IMPORT, members="own application and its answer"),
	"Mentoring Action Item": Rights("", "read delete", closed=True, members="their group's"),
	"Mentoring Agreement": Rights(EDIT, MANAGE, LOOK, members="published ones, and those they signed"),
	"Mentoring Agreement Acceptance": Rights(TAKE_OUT, f"{TAKE_OUT} delete", members="own"),
	"Mentoring Application Draft": Rights("", "read delete", members="own"),
	"Mentoring Committee Report": Rights(LOOK, f"{LOOK} delete", LOOK),
	"Mentoring Concern": Rights(
		"read write create report",
		"read write create delete report",
		closed=True,
		members="own, with the answer",
	),
	"Mentoring Cycle": Rights(EDIT, MANAGE, LOOK, members="those that take applications, and their own"),
	"Mentoring Email Wording": Rights(EDIT, MANAGE),
	"Mentoring Employer Change": Rights(
		"read report", "read delete report", members="own, in the copy of their data"
	),
	"Mentoring Erasure": Rights("read report", "read report delete"),
	"Mentoring Feedback": Rights(
		f"{TAKE_OUT} delete",
		f"{TAKE_OUT} delete",
		closed=True,
		of_person=True,
		members="own, and what others told the group",
	),
	"Mentoring Feedback Request": Rights(
		f"{TAKE_OUT} write", f"{TAKE_OUT} write delete", closed=True, of_person=True, members="own"
	),
	"Mentoring Goal": Rights(
		TAKE_OUT,
		f"{TAKE_OUT} delete",
		closed=True,
		of_person=True,
		members="own, and those shared with their group",
	),
	"Mentoring Group": Rights(
		IMPORT, MANAGE_IMPORT, closed=True, members="their own, without reasons and health"
	),
	"Mentoring Import": Rights(EDIT, MANAGE),
	"Mentoring Import Mapping": Rights(EDIT, MANAGE),
	"Mentoring Import Row": Rights(
		"read report", "read delete report", members="own, in the copy of their data"
	),
	"Mentoring Industry": Rights(EDIT, MANAGE, LOOK, members="all"),
	"Mentoring Login Move": Rights("read report", "read report"),
	"Mentoring Mailing": Rights(
		"read report",
		"read delete report",
		closed=True,
		of_person=True,
		members="own, in the copy of their data",
	),
	"Mentoring Match Constraint": Rights(EDIT, MANAGE),
	"Mentoring Match Proposal": Rights(TAKE_OUT, TAKE_OUT, closed=True),
	"Mentoring Match Run": Rights(EDIT, MANAGE),
	"Mentoring Merge": Rights("read report", "read report", members="own, in the copy of their data"),
	"Mentoring Merge Trace": Rights(),
	"Mentoring Message": Rights("", "read delete", closed=True, members="their group's"),
	"Mentoring Message File": Rights("", "read delete", closed=True, members="their group's"),
	"Mentoring Note Opening": Rights("read report", "read report", closed=True, members="their group's"),
	"Mentoring Notice": Rights("read report", "read delete report", closed=True),
	"Mentoring Possible Duplicate": Rights("read report", "read report"),
	"Mentoring Poll": Rights(
		"read report", "read delete report", closed=True, members="their group's, the answers as numbers"
	),
	"Mentoring Private Answer": Rights(TAKE_OUT, TAKE_OUT, closed=True, of_person=True, members="own"),
	"Mentoring Profile": Rights(IMPORT, MANAGE_IMPORT, members="own; of others what those share"),
	"Mentoring Profile Change": Rights(
		"read report", "read report", members="own, in the copy of their data"
	),
	"Mentoring Program": Rights(EDIT, MANAGE, LOOK, members="published ones, without recipients"),
	"Mentoring Push Device": Rights("", "read delete", members="own, by the name of the device"),
	"Mentoring Read Mark": Rights(
		"", "read delete", closed=True, members="how far others have read, unless those hide it"
	),
	"Mentoring Resource": Rights(
		IMPORT, MANAGE_IMPORT, LOOK, members="published ones of their programs, and public ones"
	),
	"Mentoring Retention": Rights("read report", "read report delete"),
	"Mentoring Session": Rights(EDIT, MANAGE, closed=True, members="their group's"),
	"Mentoring Session Note": Rights("", "read delete", closed=True, members="their group's"),
	"Mentoring Settings": Rights("read write", "read write create"),
	"Mentoring Staff Note": Rights(EDIT, MANAGE, closed=True),
	"Mentoring Topic": Rights(EDIT, MANAGE, LOOK, members="all"),
	"Mentoring Workshop": Rights(
		EDIT, MANAGE, members="those of their programs; the link once they signed up"
	),
}

# Every text of every DocType: what somebody has to do with the record to see it on a page, "" for nobody but those
# whose role reads the DocType. The relations are the methods of tests/canaries/readers.py. A field that isn't
# here fails a test: whoever adds one says who sees it.
SHOWN: dict[str, dict[str, str]] = {
	"Guest Speaker": {"self group_of_request": "full_name", "self": "email organisation biography"},
	"Guest Speaker Request": {"group": "message answer"},
	"Membership Roll Entry": {"self": "member_number full_name email chapter"},
	"Mentee": {"self same_group": "goals", "self": "decision_note", "": "declined_mentors"},
	"Mentor": {"self same_group": "motivation goals", "self": "decision_note"},
	"Mentoring Action Item": {"group": "content"},
	"Mentoring Agreement": {"everyone": "title text"},
	"Mentoring Application Draft": {"self": "answers"},
	"Mentoring Committee Report": {"": "subject html plain figures pictures spreadsheet"},
	"Mentoring Committee Report Recipient": {"": "email reason"},
	"Mentoring Concern": {"self": "concern answer", "": "step_note"},
	"Mentoring Concern Step": {"": "note"},
	"Mentoring Cycle": {"everyone": "cycle_name", "": "learned"},
	"Mentoring Email Wording": {"": "title mail subject message original_subject original_message"},
	"Mentoring Employer Change": {"self": "employer_before employer"},
	"Mentoring Erasure": {"": "summary"},
	"Mentoring Erasure Place": {"": "field"},
	"Mentoring Feedback": {"self said_to_group": "comment"},
	"Mentoring Goal": {"self shared_with_group": "title description review"},
	"Mentoring Goal Step": {"self shared_with_group": "step"},
	"Mentoring Group": {
		"sat": "title",
		"group": "end_reason charter_expectations charter_boundaries charter charter_days_off charter_place",
		"": "alarm health_signs",
	},
	"Mentoring Group Member": {"self": "match_reason", "": "reason"},
	"Mentoring Import": {"": "title message mapping preview sheet"},
	"Mentoring Import Mapping": {"": "title mapping"},
	"Mentoring Import Row": {"self": "full_name email message content cells changes"},
	"Mentoring Industry": {"everyone": "industry description"},
	"Mentoring Login Move": {"self": "old_address new_address", "": "old_key new_key"},
	"Mentoring Mailing": {"self": "subject message", "": "left_out_reasons"},
	"Mentoring Match Constraint": {"": "reason"},
	"Mentoring Match Proposal": {"": "parts reasons reason refusal"},
	"Mentoring Match Run": {"": "message summary"},
	"Mentoring Merge": {"self": "full_name merged_name summary undo_summary"},
	"Mentoring Merge Trace": {"": "choices moved"},
	"Mentoring Message": {"group": "content"},
	"Mentoring Message File": {"group": "content"},
	"Mentoring Note Opening": {"group": "reason"},
	"Mentoring Notice": {"self": "recipient", "": "context calendar error"},
	"Mentoring Possible Duplicate": {"": "title reasons"},
	"Mentoring Private Answer": {"self": "comment"},
	"Mentoring Profile": {
		"self same_group": "full_name",
		"self": "email employer job_title city chapter biography meeting_room membership_email membership_reason calendar_token",
	},
	"Mentoring Profile Change": {"self": "full_name old_value new_value"},
	"Mentoring Program": {
		"everyone": "program_name chapter summary description contact_email mail_signature certificate_signed_by"
		" expectations_everyone expectations_mentors expectations_mentees expectations_moderators",
	},
	"Mentoring Program Recipient": {"": "email"},
	"Mentoring Push Device": {"self": "device", "": "address public_key secret cookie_hash"},
	"Mentoring Resource": {"takes_part": "title summary url content attachment"},
	"Mentoring Settings": {"everyone": "join_words"},
	"Mentoring Poll": {"group": "location link"},
	"Mentoring Session": {"group": "location link cancel_reason focus agenda calendar_organizer"},
	"Mentoring Session Note": {"group": "content"},
	"Mentoring Staff Note": {"": "note"},
	"Mentoring Topic": {"everyone": "topic description"},
	"Mentoring Session Attendance": {"self": "calendar_uid"},
	"Mentoring Workshop": {
		"takes_part": "title cancel_reason location description calendar_organizer",
		"signed_up": "link",
	},
}
TEXTS = frozenset(
	{
		"Data",
		"Small Text",
		"Text",
		"Long Text",
		"Text Editor",
		"HTML Editor",
		"Markdown Editor",
		"Code",
		"JSON",
	}
)
# Texts that hold nobody's words, and why.
NO_WORDS: dict[tuple[str, str], str] = {
	("Mentoring Session", "link_made_by"): "the name of a provider",
	("Mentoring Settings", "jitsi_server"): "an address of the association's own",
	("Mentoring Settings", "renewal_url"): "an address of the association's own",
	("Mentoring Settings", "menu_item"): "the name of a record of Frappe's",
	("Mentoring Settings", "join_url"): "an address of the association's own",
	("Mentoring Settings", "reply_to"): "an address of the association's own",
	("Mentoring Settings", "coordinator_email"): "an address of the association's own",
	(
		"Mentoring Profile",
		"calendar_token_hash",
	): "the hash of the calendar's address, which is a canary itself",
	("Mentoring Poll Answer", "numbers"): "numbers of times",
	("Mentoring Group", "charter_days_off"): "names of weekdays",
	("Mentoring Session", "series"): "a key made by the app",
	("Mentoring Session", "calendar_uid"): "a key made by the app",
	("Mentoring Feedback Request", "request_key"): "a key made by the app",
	("Mentoring Notice", "notice_key"): "a key made by the app",
	("Mentoring Notice", "template"): "the name of a template",
	("Mentoring Notice", "email_queue"): "the name of a record of Frappe's",
	("Mentoring Notice", "joined_in"): "the name of a template",
	("Mentoring Notice", "act"): "a name made by the app",
	("Mentoring Match Proposal", "group_key"): "a key made by the app",
	("Mentoring Match Proposal", "co_mentors"): "names of records",
	("Mentoring Merge", "merged_profile"): "the name of a record",
	("Mentoring Private Answer", "kind"): "a copy of the feedback's kind",
	("Mentoring Membership Type", "membership_type"): "a kind of membership, which opens the program",
	("Mentoring Program Membership Type", "membership_type"): "a kind of membership, which opens the program",
	("Membership Roll Entry", "membership_type"): "a kind of membership, which opens the program",
	("Mentoring Group", "format"): "a copy of the program's format",
	("Mentoring Cycle", "format"): "a copy of the program's format",
	("Mentoring Match Run", "format"): "a copy of the program's format",
	("Mentoring Group Member", "suspended_from"): "a state",
	("Mentoring Group Member", "pauses"): "days",
	("Mentoring Group Member", "months_away"): "months",
}
# The name of a person, a group or an agreement that other records repeat; who sees it follows from where it is from.
REPEATED = frozenset(
	{"full_name", "mentor_name", "all_mentors", "mentee_name", "group_title", "agreement_title"}
)


def relations(doctype: str, field: str) -> tuple[str, ...] | None:
	"""What somebody has to do with a record to see this field of it on a page; None when the table doesn't say."""
	for needed, fields in SHOWN.get(doctype, {}).items():
		if field in fields.split():
			return tuple(needed.split())
	return None


# The document ---------------------------------------------------------------------------------------

BEGIN, END = "<!-- from tests/permission_matrix.py -->", "<!-- end -->"


def table() -> str:
	"""The rights as a table in Markdown."""
	lines = [
		"| record | Coordinator | System Manager | Committee | closed in one's own group | Members and guests, on the pages |",
		"|---|---|---|---|---|---|",
	]
	for doctype, rights in RIGHTS.items():
		cells = [_in_words(rights.of(role)) for role in (COORDINATOR, SYSTEM_MANAGER, COMMITTEE)]
		cells += ["yes" if rights.closed else "", rights.members or "nothing"]
		lines.append(f"| {doctype} | " + " | ".join(cells) + " |")
	return "\n".join(lines)


def _in_words(actions: frozenset[str]) -> str:
	if not actions:
		return "nothing"
	withheld = set(ACTIONS) - actions - {"share"}  # which nobody has
	if not withheld:
		return "all"
	if withheld <= {"import", "email"}:
		return f"all but {' and '.join(sorted(withheld))}"
	return ", ".join(action for action in ACTIONS if action in actions)


def page(text: str) -> str:
	"""The page with its table as it is now."""
	before, _, rest = text.partition(BEGIN)
	after = rest.partition(END)[2]
	return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


if __name__ == "__main__":
	path = Path(sys.argv[1])
	path.write_text(page(path.read_text()))
