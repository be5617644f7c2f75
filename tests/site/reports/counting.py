"""Plain ways to count, which share nothing with the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import frappe


def all_of(doctype: str, cycles: Iterable[Any], **filters: Any) -> list[frappe._dict]:
	"""Every record of these cycles, whole."""
	filters["cycle"] = ("in", [cycle.name for cycle in cycles])
	return frappe.get_all(doctype, filters, ["*"])


def of_program(world, program) -> list[Any]:
	return [cycle for cycle in world.cycles if cycle.program == program.name]


def number(rows: Iterable[Any], condition: Callable[[Any], Any]) -> int:
	return len([row for row in rows if condition(row)])


def percent(part: float, whole: float) -> float | None:
	return round(100 * part / whole, 1) if whole else None


def stars(rating: float) -> int:
	return round(rating * 5)


def day_of(moment: datetime | date | str) -> date:
	return frappe.utils.getdate(moment)


def rows_of(doctype: str, parents: Iterable[str]) -> list[frappe._dict]:
	"""Rows of a table of these documents."""
	return frappe.get_all(doctype, {"parent": ("in", list(parents) or [""])}, ["*"])
