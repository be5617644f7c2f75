"""What the association says of its types of membership: which never end, and how many people share one."""

from __future__ import annotations

from collections.abc import Iterable

import frappe
from frappe.utils import cint

SETTINGS = "Mentoring Settings"


def endless() -> frozenset[str]:
	"""Names of the types that never end, folded. From the cached settings: no query of its own."""
	return frozenset(_fold(row.membership_type) for row in _rows() if cint(row.never_ends))


def never_ends(membership_type: str | None, types: frozenset[str]) -> bool:
	return _fold(membership_type) in types


def places(membership_types: Iterable[str | None]) -> int:
	"""How many people may share a record that has memberships of these types; one where nothing is said."""
	said = {_fold(row.membership_type): cint(row.places) for row in _rows()}
	return max((said.get(_fold(each), 1) for each in membership_types), default=1) or 1


def _rows() -> list:
	return frappe.get_cached_doc(SETTINGS).membership_types


def _fold(membership_type: str | None) -> str:
	return " ".join((membership_type or "").split()).casefold()
