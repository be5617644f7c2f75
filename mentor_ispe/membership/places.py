"""Memberships that several people share: a company's, a household's. How many may, and who does.

A place is taken by linking the record to a profile, and free again once the link is gone. It is counted when a
profile is linked only: where there are too few later, because the type is another one now or is for fewer people,
nobody loses anything, and the coordinators see it in their worklist.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import frappe
from frappe.query_builder.functions import Count

from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.membership.base import Source, places_for_types
from mentor_ispe.membership.registry import BUILT_IN, missing_doctypes

PROFILE = "Mentoring Profile"


@dataclass(frozen=True)
class Holder:
	"""Somebody who has a place."""

	profile: str
	full_name: str


def places_of(doctype: str, record: str) -> int | None:
	"""How many people may have this membership record, by its types of membership; None: any number."""
	return _places(_source_of(doctype), [record])[record]


def holders(doctype: str, record: str) -> list[Holder]:
	"""Who has the record, by name."""
	rows = frappe.get_all(
		PROFILE,
		{"membership_doctype": doctype, "membership_record": record},
		["name", "full_name"],
		order_by="full_name, name",
	)
	return [Holder(row.name, row.full_name) for row in rows]


def lock_holders(doctype: str, record: str) -> list[Holder]:
	"""The same, with the record locked until the transaction ends, as others have left them at this moment."""
	lock_row_for_write(doctype, record)
	profile = frappe.qb.DocType(PROFILE)
	rows = (
		frappe.qb.from_(profile)
		.select(profile.name, profile.full_name)
		.where((profile.membership_record == record) & (profile.membership_doctype == doctype))
		.for_update()
	).run()
	return sorted((Holder(*row) for row in rows), key=lambda holder: (holder.full_name, holder.profile))


def with_too_few_places() -> set[str]:
	"""The profiles on a membership that more people have than may. A few queries for each source."""
	profile = frappe.qb.DocType(PROFILE)
	shared = (
		frappe.qb.from_(profile)
		.select(profile.membership_doctype, profile.membership_record, Count(profile.name))
		.where(profile.membership_record.notnull())
		.groupby(profile.membership_doctype, profile.membership_record)
		.having(Count(profile.name) > 1)
	).run()
	too_many: dict[str, list[str]] = {}
	for source in (each() for each in BUILT_IN):
		people = {record: count for doctype, record, count in shared if doctype == source.record}
		if not people or missing_doctypes(source):
			continue
		for record, places in _places(source, people).items():
			if places is not None and people[record] > places:
				too_many.setdefault(source.record, []).append(record)
	found: set[str] = set()
	for doctype, records in too_many.items():
		found.update(
			frappe.get_all(
				PROFILE,
				{"membership_doctype": doctype, "membership_record": ("in", records)},
				pluck="name",
			)
		)
	return found


def _source_of(doctype: str) -> Source:
	return next(source for source in BUILT_IN if source.record == doctype)()


def _places(source: Source, records: Collection[str]) -> dict[str, int | None]:
	if source.shared:
		return dict.fromkeys(records)
	types = source.types_of(records)
	return {record: places_for_types(types.get(record, ())) for record in records}
