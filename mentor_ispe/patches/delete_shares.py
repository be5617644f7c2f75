"""Records of the programs are shared and followed no more: both asked none of their rules."""

from __future__ import annotations

import frappe

from mentor_ispe.permissions.conflict_table import ABOUT


def execute() -> None:
	"""Delete what is there; the same again when it runs twice."""
	ours = frappe.get_all("DocType", {"module": "Mentor ISPE"}, pluck="name")
	frappe.db.delete("DocShare", {"share_doctype": ("in", ours)})
	frappe.db.delete("Document Follow", {"ref_doctype": ("in", ABOUT)})
