"""What staff don't see of groups they sit in themselves: a concern may be about them.

A coordinator may be a mentor or a mentee as well. Concerns of a group that they are or were in are for the
other coordinators, and so is every trace that such a concern exists. What they raised themselves they read
where members do.
"""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder

from mentor_ispe.permissions import own_records

CONCERN, STEP, NOTICE = "Mentoring Concern", "Mentoring Concern Step", "Mentoring Notice"

# DocType → the field whose value must not be among those that the query selects.
APART: dict[str, tuple[str, Callable[[str], QueryBuilder]]] = {
	CONCERN: ("mentoring_group", own_records.groups_ever_in),
	STEP: ("parent", own_records.concerns_of_own_groups),
	NOTICE: ("reference_name", own_records.concerns_of_own_groups),
}


def condition(doctype: str, user: str) -> str:
	"""The condition on lists of the DocType for staff, as SQL text; empty where there is none."""
	if doctype not in APART or user == "Administrator":
		return ""
	field, query = APART[doctype]
	column = f"`tab{doctype}`.`{field}`"
	return f"({column} is null or {column} not in ({query(user).get_sql()}))"


def may_see(doctype: str, name: str | None, user: str) -> bool:
	"""Whether a stored record is for this member of staff."""
	if doctype not in APART or user == "Administrator" or not name:
		return True
	field, query = APART[doctype]
	table = DocType(doctype)
	kept = (
		frappe.qb.from_(table).select(table.name).where((table.name == name) & table[field].isin(query(user)))
	)
	return not kept.run()


def list_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""The condition that Frappe adds to every list of the DocType."""
	return condition(doctype, user or frappe.session.user)


def has_permission(doc, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool:
	"""The same for one record."""
	return doc.is_new() or may_see(doc.doctype, doc.name, user or frappe.session.user)
