"""Types of membership that are called otherwise now: what programs and settings say of them goes along."""

from __future__ import annotations

from typing import Any

import frappe

from mentor_ispe.domain.eligibility import fold_types

NAMED_IN = ("Mentoring Program Membership Type", "Mentoring Membership Type")


def follow_rename(doc: Any, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Hook: a Membership Type or a Subscription Plan was renamed, or merged into another."""
	for doctype in NAMED_IN:
		rows = frappe.get_all(doctype, fields=["name", "parent", "parenttype", "membership_type"])
		for row in rows:
			if fold_types([row.membership_type]) == fold_types([old]):
				frappe.db.set_value(doctype, row.name, "membership_type", new)
				frappe.clear_document_cache(row.parenttype, row.parent)
