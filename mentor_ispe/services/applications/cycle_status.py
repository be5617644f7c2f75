"""Applications say how far their cycle is: a list can then be narrowed by it, whatever cycles are called.

A filter that names several cycles can't do that: the Desk splits it at every comma. It is written after the
cycle's own transaction, since whoever holds a cycle's lock doesn't ask for those of its people.
"""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce
from frappe.utils import create_batch

AT_ONCE = 1000


def follow_cycles() -> int:
	"""Bring every application in line with its cycle; returns how many weren't. One query each when all are."""
	cycle, changed = DocType("Mentoring Cycle"), 0
	for doctype in ("Mentor", "Mentee"):
		part = DocType(doctype)
		behind = (
			frappe.qb.from_(part)
			.join(cycle)
			.on(cycle.name == part.cycle)
			.select(part.name, cycle.status)
			.where(Coalesce(part.cycle_status, "") != cycle.status)
		).run()
		names: dict[str, list[str]] = {}
		for name, status in sorted(behind):
			names.setdefault(status, []).append(name)
		for status, of_status in names.items():
			for some in create_batch(of_status, AT_ONCE):
				frappe.qb.update(part).set(part.cycle_status, status).where(part.name.isin(some)).run()
		changed += len(behind)
	return changed
