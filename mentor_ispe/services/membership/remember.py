"""The last known standing, kept with the profile so that lists can show and filter it.

It's a copy for reading: every rule asks the membership source itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from frappe.utils import now_datetime

from mentor_ispe.domain.membership import Standing

PROFILE = "Mentoring Profile"
KEPT = ("membership_state", "active_until", "grace_until", "lapsed_since", "membership_reason")
STANDING_FIELDS = (*KEPT, "membership_checked_on")
CHUNK = 500
# Of more cached documents than these, all are dropped at once.
FEW = 20


def remember(standings: Mapping[str, Standing]) -> list[str]:
	"""Write the standings into the profiles, in bulk; return the profiles whose standing is another.

	Runs in the caller's transaction, leaves `modified` alone and writes no history: it's the machine's
	knowledge, not a change that a person made.
	"""
	if not standings:
		return []
	profile = frappe.qb.DocType(PROFILE)
	names = list(standings)
	stored = {}
	for start in range(0, len(names), CHUNK):
		rows = (
			frappe.qb.from_(profile)
			.select(profile.name, *(profile[field] for field in KEPT))
			.where(profile.name.isin(names[start : start + CHUNK]))
		).run()
		stored.update({name: tuple(values) for name, *values in rows})
	changed = {
		name: dict(zip(KEPT, values, strict=True))
		for name, standing in standings.items()
		if name in stored and stored[name] != (values := _values(standing))
	}
	frappe.db.bulk_update(PROFILE, changed, chunk_size=CHUNK, update_modified=False)
	moment = now_datetime()
	for start in range(0, len(names), CHUNK):
		(
			frappe.qb.update(profile)
			.set(profile.membership_checked_on, moment)
			.where(profile.name.isin(names[start : start + CHUNK]))
		).run()
	_forget_cached(list(changed))
	return list(changed)


def _forget_cached(profiles: list[str]) -> None:
	if len(profiles) > FEW:
		frappe.clear_document_cache(PROFILE)
		return
	for name in profiles:
		frappe.clear_document_cache(PROFILE, name)


def _values(standing: Standing) -> tuple[Any, ...]:
	return (
		standing.state,
		standing.active_until,
		standing.grace_until,
		standing.lapsed_since,
		standing.reason or None,
	)
