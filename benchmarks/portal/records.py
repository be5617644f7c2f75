"""Records that are written in bulk under one mark, and taken away again by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import frappe
from frappe.utils import now_datetime

from benchmarks.matching_desk.association import put


class Records:
	"""Writes rows whose names, or whose profile's, begin with `mark`; days are counted from now."""

	def __init__(self, mark: str):
		self.mark = f"{mark}-{frappe.generate_hash(length=6)}-"
		self.now = now_datetime().replace(microsecond=0)
		self._made: set[str] = set()
		self._numbers = count()

	def rows(self, doctype: str, rows: Iterable[dict[str, Any]]) -> list[str]:
		"""Write rows of the same fields as they are, with a name where they have none; returns the names."""
		found = [{"name": f"{self.mark}{next(self._numbers)}", **row} for row in rows]
		fields = [field for field in found[0] if field != "name"] if found else []
		put(doctype, fields, ((row["name"], *(row[field] for field in fields)) for row in found))
		self._made.add(doctype)
		return [row["name"] for row in found]

	def children(
		self, doctype: str, parent: tuple[str, str], field: str, rows: Iterable[dict[str, Any]]
	) -> list[str]:
		"""Write the rows of a table; `parent` is (DocType, name)."""
		of = {"parenttype": parent[0], "parent": parent[1], "parentfield": field}
		return self.rows(doctype, ({**of, "idx": idx, **row} for idx, row in enumerate(rows, 1)))

	def take_away(self) -> None:
		"""Delete everything again."""
		for doctype in self._made:
			frappe.db.delete(doctype, {"name": ("like", f"{self.mark}%")})
			if frappe.get_meta(doctype).has_field(
				"profile"
			):  # the names of some are made of profile and cycle
				frappe.db.delete(doctype, {"profile": ("like", f"{self.mark}%")})

	def moment(self, days: int) -> datetime:
		return self.now + timedelta(days=days)

	def day(self, days: int) -> date:
		return self.moment(days).date()
