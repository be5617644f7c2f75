"""Who worked where on which day: changes are noted when a profile is saved, and read for many people at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cstr, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.partnership import Employment, fold

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile

CHANGE = "Mentoring Employer Change"


def note_change(profile: MentoringProfile) -> None:
	"""Keep the employer that a saved profile named before.

	Filling in an empty one is no change: the person says then where they have been working.
	"""
	stored = profile.get_doc_before_save()
	before = cstr(stored.employer).strip() if stored else ""
	if not before or fold(before) == fold(cstr(profile.employer)):
		return
	frappe.get_doc(
		{
			"doctype": CHANGE,
			"profile": profile.name,
			"full_name": profile.full_name,
			"employer_before": before,
			"employer": cstr(profile.employer).strip(),
			"changed_on": today(),
		}
	).insert(ignore_permissions=True)


def forget(profile: str) -> None:
	"""Delete what is kept of a person whose profile is deleted."""
	frappe.db.delete(CHANGE, {"profile": profile})


def employments_of(profiles: Mapping[str, str | None]) -> dict[str, tuple[Employment, ...]]:
	"""The employers of people over time, by profile; `profiles` says who works where now. One query."""
	if not profiles:
		return {}
	rows = frappe.get_all(
		CHANGE,
		filters={"profile": ("in", list(profiles))},
		fields=["profile", "employer_before", "changed_on"],
		order_by="changed_on, creation, name",
	)
	changes: dict[str, list[frappe._dict]] = {}
	for row in rows:
		changes.setdefault(row.profile, []).append(row)
	return {
		profile: _over_time(changes.get(profile, []), cstr(now).strip()) for profile, now in profiles.items()
	}


def _over_time(changes: list[frappe._dict], now: str) -> tuple[Employment, ...]:
	"""What each change says was before it held until then; the profile says what holds since the last."""
	days = [None, *(getdate(row.changed_on) for row in changes)]
	employers = [*(row.employer_before for row in changes), now]
	return tuple(Employment(day, employer) for day, employer in zip(days, employers, strict=True))
