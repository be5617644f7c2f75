"""The app's own membership roll, loaded by CSV or REST from wherever the members are kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import frappe
from frappe import _

from mentor_ispe.domain.membership import Period
from mentor_ispe.membership.base import PeopleIndex, Person, Source, SourceUnavailable, folded, narrow

ENTRY = "Membership Roll Entry"


class RollSource(Source):
	"""Finds the entry linked to a profile, or the entries with the profile's email address."""

	name = "Membership Roll"
	doctypes = (ENTRY,)
	record = ENTRY

	def periods(self, people: Sequence[Person]) -> dict[str, list[Period]]:
		index = PeopleIndex(people, ENTRY)
		entry = frappe.qb.DocType(ENTRY)
		query = narrow(
			frappe.qb.from_(entry).select(
				entry.name,
				entry.email,
				entry.membership_type,
				entry.from_date,
				entry.to_date,
				entry.cancelled,
			),
			(entry.name, index.records),
			(folded(entry.email), index.by_email),
		)
		rows = query.run() if query else ()
		if not rows and not frappe.db.a_row_exists(ENTRY):
			# Nobody's membership has lapsed because a table was emptied.
			raise SourceUnavailable(_("The membership roll is empty. Import it first."))
		found: dict[str, list[Period]] = {}
		for name, email, membership_type, start, end, cancelled in rows:
			profiles = index.find(name, email)
			if not profiles or cancelled:
				continue
			period = Period(start, end, membership_type or "", ENTRY, name)
			for profile in profiles:
				found.setdefault(profile, []).append(period)
		return found

	def types_of(self, records: Collection[str]) -> dict[str, set[str]]:
		entry = frappe.qb.DocType(ENTRY)
		query = narrow(
			frappe.qb.from_(entry).select(entry.name, entry.membership_type), (entry.name, records)
		)
		return {name: {membership_type or ""} for name, membership_type in (query.run() if query else ())}

	def full_name(self, email: str) -> str | None:
		return frappe.db.get_value(ENTRY, {"email": email}, "full_name", order_by="from_date desc")
