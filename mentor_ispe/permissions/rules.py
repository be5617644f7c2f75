"""Who reaches which record: one rule for each DocType, asked by lists and by single documents.

A rule narrows what the roles of a DocType allow; it never widens it. It holds for people whose access
comes from the members' role or from no role at all. Someone with another role that has the right, a
coordinator for example or a role that the site gave rights of its own, isn't narrowed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from pypika.queries import QueryBuilder

from mentor_ispe.permissions import kept_apart, own_records
from mentor_ispe.setup.roles import MEMBER

# Roles that everybody has; none of them makes a person staff.
ROLES_OF_MEMBERS = frozenset({MEMBER, "All", "Guest", "Desk User"})
# Rights that need no more than that of reading the record.
READING = frozenset({"read", "select", "report", "export", "print", "email", "share"})


@dataclass(frozen=True)
class Rule:
	"""A record is within reach when the value of `field` is among those that the query selects.

	`write`, when given, is the narrower query for everything that isn't reading, about `write_field` if
	that is another field.
	"""

	field: str
	read: Callable[[str], QueryBuilder]
	write: Callable[[str], QueryBuilder] | None = None
	write_field: str | None = None

	def reach(self, ptype: str) -> Callable[[str], QueryBuilder]:
		return self.read if ptype in READING else self.write or self.read

	def asked_of(self, ptype: str) -> str:
		"""The field whose value must be within reach."""
		return self.field if ptype in READING else self.write_field or self.field


RULES: dict[str, Rule] = {
	"Mentoring Profile": Rule("name", own_records.own_profiles),
	"Mentor": Rule("profile", own_records.own_profiles),
	"Mentee": Rule("profile", own_records.own_profiles),
	"Mentoring Group": Rule("name", own_records.own_groups),
	"Mentoring Session": Rule(
		"mentoring_group", own_records.groups_with_meetings, own_records.groups_to_meet
	),
	"Mentoring Feedback": Rule("name", own_records.feedback_shown, own_records.own_profiles, "profile"),
	"Mentoring Feedback Request": Rule("profile", own_records.own_profiles),
	"Mentoring Goal": Rule("name", own_records.goals_shown),
	"Mentoring Concern": Rule("raised_by", own_records.own_profiles),
	"Mentoring Note Opening": Rule("mentoring_group", own_records.groups_with_meetings),
	"Mentoring Resource": Rule("name", own_records.resources_shown),
	"Mentoring Agreement": Rule("name", own_records.known_agreements),
	"Mentoring Agreement Acceptance": Rule("profile", own_records.own_profiles),
	"Mentoring Program": Rule("name", own_records.published_programs),
	"Mentoring Cycle": Rule("name", own_records.announced_cycles),
}

# Members have no right to any of these.
KEPT_BY_STAFF = (
	"Guest Speaker",
	"Guest Speaker Request",
	"Membership Roll Entry",
	"Mentoring Committee Report",
	"Mentoring Employer Change",
	"Mentoring Match Constraint",
	"Mentoring Match Proposal",
	"Mentoring Match Run",
	"Mentoring Notice",
	"Mentoring Action Item",
	"Mentoring Application Draft",
	"Mentoring Session Note",
	"Mentoring Settings",
	"Mentoring Staff Note",
	"Mentoring Workshop",
)

# Rows of these tables are read with their document only: Frappe asks no rule of the document for them.
CHILD_TABLES = (
	"Mentoring Group Member",
	"Mentoring Mentee Wish",
	"Mentoring Mentor Wish",
	"Mentoring Session Attendance",
	"Mentoring Topic Item",
	"Mentoring Profile Language",
	"Mentoring Program Membership Type",
	"Mentoring Program Agreement",
	"Mentoring Program Criterion",
	"Mentoring Program Recipient",
	"Mentoring Committee Report Recipient",
	"Mentoring Program Health Sign",
	"Mentoring Concern Step",
	"Mentoring Goal Step",
	"Mentoring Resource Item",
	"Mentoring Workshop Participant",
)


def is_narrowed(doctype: str, ptype: str = "read", user: str | None = None) -> bool:
	"""Whether a rule holds for this user: no role of staff gives them the right."""
	user = user or frappe.session.user
	if user == "Administrator":
		return False
	right = "read" if ptype in READING else ptype
	staff = set(frappe.get_roles(user)) - ROLES_OF_MEMBERS
	return not any(
		perm.role in staff and not perm.permlevel and perm.get(right)
		for perm in frappe.get_meta(doctype).permissions
	)


def is_staff() -> bool:
	"""Whether the user has work to do in the Desk: the app is shown on their start page then."""
	return not is_narrowed("Mentoring Group")


def list_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""The condition that Frappe adds to every list of the DocType, as SQL text; empty for staff."""
	user = user or frappe.session.user
	if not is_narrowed(doctype, "read", user):
		return kept_apart.condition(doctype, user)
	rule = RULES[doctype]
	return f"`tab{doctype}`.`{rule.field}` in ({rule.read(user).get_sql()})"


def child_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""The same for rows of a table: only those who may read every document list its rows alone."""
	parents = frappe.get_all(
		"DocField",
		filters={"options": doctype, "fieldtype": ["in", frappe.model.table_fields]},
		pluck="parent",
		distinct=True,
	)
	narrowed = any(is_narrowed(parent, "read", user) for parent in parents)
	return "1 = 0" if narrowed else kept_apart.condition(doctype, user or frappe.session.user)


def has_permission(doc, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Whether the rule lets the user do this to the document, as it is stored and as it would become."""
	user = user or frappe.session.user
	ptype = ptype or "read"
	if not is_narrowed(doc.doctype, ptype, user):
		return doc.is_new() or kept_apart.may_see(doc.doctype, doc.name, user)
	rule = RULES[doc.doctype]
	field = rule.asked_of(ptype)
	values = {doc.get(field)}
	if not doc.is_new():
		values.add(frappe.db.get_value(doc.doctype, doc.name, field))
	reachable = {row[0] for row in rule.reach(ptype)(user).run()}
	return values <= reachable
