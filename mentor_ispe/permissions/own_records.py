"""Which groups somebody on the staff has to do with themselves: queries that each select one column, for one user.

Each is a plain sub-select of names, so it serves a list's condition and the check of one document alike.
"""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from pypika.queries import QueryBuilder
from pypika.terms import LiteralValue, ValueWrapper


def own_profiles(user: str) -> QueryBuilder:
	"""The profile that belongs to the login."""
	profile = DocType("Mentoring Profile")
	return frappe.qb.from_(profile).select(profile.name).where(profile.user == _literal(user))


def groups_ever_in(user: str) -> QueryBuilder:
	"""The groups where the person has or had a place of any kind."""
	group, row = DocType("Mentoring Group"), DocType("Mentoring Group Member")
	as_member = (
		frappe.qb.from_(row)
		.select(row.parent)
		.where((row.parenttype == "Mentoring Group") & row.mentee.isin(_own_parts("Mentee", user)))
	)
	return (
		frappe.qb.from_(group)
		.select(group.name)
		.where(group.mentor.isin(_own_parts("Mentor", user)) | group.name.isin(as_member))
	)


def concerns_of_own_groups(user: str) -> QueryBuilder:
	"""The concerns that somebody raised in those groups."""
	concern = DocType("Mentoring Concern")
	return (
		frappe.qb.from_(concern)
		.select(concern.name)
		.where(concern.mentoring_group.isin(groups_ever_in(user)))
	)


def _own_parts(doctype: str, user: str) -> QueryBuilder:
	part = DocType(doctype)
	return frappe.qb.from_(part).select(part.name).where(part.profile.isin(own_profiles(user)))


def _literal(value: str) -> ValueWrapper:
	"""The value as the database itself quotes it: these queries end as text in Frappe's lists."""
	return LiteralValue(frappe.db.escape(value, percent=False))
