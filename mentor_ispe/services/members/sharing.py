"""What members see of each other: what each wrote into their profile and chose to show (domain/sharing.py).

The one reading of somebody else's profile for everything that members are shown: the people of a group, the
people of a match, the cards of mentors, the clocks and calendar files of a meeting. Staff read the records.
The membership and the learning style are shown to no member.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain import sharing as domain
from mentor_ispe.domain.sharing import GROUP, MATCH, SEEKER
from mentor_ispe.domain.violations import N_
from mentor_ispe.exceptions import raise_violations

__all__ = [
	"FIELDS",
	"GROUP",
	"MATCH",
	"SEEKER",
	"choices",
	"choose",
	"read",
	"share_email",
	"shares_email",
	"shown_to_group",
	"who_show",
]

PROFILE = "Mentoring Profile"
# field → label; whoever leaves a field empty shares nothing there.
FIELDS = {
	"job_title": N_("Job"),
	"employer": N_("Employer"),
	"career_stage": N_("Career stage"),
	"industry": N_("Industry"),
	"city": N_("City"),
	"country": N_("Country"),
	"time_zone": N_("Time zone"),
	"languages": N_("Languages"),
	"topics": N_("Topics"),
	"biography": N_("About"),
	"email": N_("Email address"),
}
TRANSLATED = ("career_stage", "industry", "country")
LISTS = {"languages": ("Mentoring Profile Language", "language"), "topics": ("Mentoring Topic Item", "topic")}
PLAIN = tuple(field for field in FIELDS if field not in LISTS)


def read(profiles: Collection[str], reader: str) -> dict[str, dict[str, Any]]:
	"""Of each profile the fields that `reader` (GROUP, MATCH or SEEKER) sees, with `full_name`; three queries.

	Lists come as lists. `may` holds the names of the fields that are shown, also of those left empty.
	"""
	names = sorted(set(profiles))
	if not names:
		return {}
	columns = ["name", "full_name", *PLAIN, *(f"show_{field}" for field in FIELDS)]
	rows = frappe.get_all(PROFILE, {"name": ("in", names)}, columns)
	may = {row.name: {field for field in FIELDS if _shows(row, field, reader)} for row in rows}
	found = {
		row.name: {
			"full_name": row.full_name,
			"may": may[row.name],
			**{field: row[field] for field in PLAIN if field in may[row.name]},
		}
		for row in rows
	}
	for field in LISTS:
		wanted = [name for name in found if field in may[name]]
		items = _items(field, wanted)
		for name in wanted:
			found[name][field] = items.get(name, [])
	return found


def shown_to_group(profiles: Collection[str]) -> dict[str, list[tuple[str, str]]]:
	"""Of each profile the (label, words) that its group reads, in the order of FIELDS."""
	return {
		name: [
			(_(label), words)
			for field, label in FIELDS.items()
			if (words := _in_words(field, shown.get(field)))
		]
		for name, shown in read(profiles, GROUP).items()
	}


def who_show(field: str, profiles: Collection[str], reader: str = GROUP) -> set[str]:
	"""Those of the profiles who show this one field to `reader`; one query."""
	rows = frappe.get_all(PROFILE, {"name": ("in", sorted(profiles) or [""])}, ["name", f"show_{field}"])
	return {row.name for row in rows if _shows(row, field, reader)}


def choices(profile: str) -> list[dict[str, Any]]:
	"""What the person chose for each field: `field`, `label`, `level` (domain.LEVELS), and `words`: what it says now."""
	doc = frappe.get_doc(PROFILE, profile)
	values = {
		field: _items(field, [profile]).get(profile) if field in LISTS else doc.get(field) for field in FIELDS
	}
	return [
		{
			"field": field,
			"label": _(label),
			"level": domain.level(field, doc.get(f"show_{field}")),
			"words": _in_words(field, values[field]),
		}
		for field, label in FIELDS.items()
	]


def choose(profile: str, chosen: Mapping[str, str]) -> None:
	"""Keep to whom the person shows these fields, by field; raises RuleViolation."""
	raise_violations(domain.check_choices(chosen))
	doc = frappe.get_doc(PROFILE, profile, for_update=True)
	doc.update({f"show_{field}": level for field, level in chosen.items()})
	doc.save(ignore_permissions=True)


def shares_email(profile: str) -> bool:
	"""Whether the person's groups see the e-mail address."""
	return bool(who_show("email", [profile]))


def share_email(profile: str, share: bool) -> None:
	"""Show the person's address to their groups, or no longer; more than that, as to whoever searches, stays."""
	if share != shares_email(profile):
		choose(profile, {"email": domain.GROUPS if share else domain.NOBODY})


def _items(field: str, profiles: Collection[str]) -> dict[str, list[str]]:
	"""The rows of a list by profile, languages by their names; one query."""
	doctype, column = LISTS[field]
	row = frappe.qb.DocType(doctype)
	query = frappe.qb.from_(row).where(
		(row.parenttype == PROFILE) & (row.parentfield == field) & row.parent.isin(sorted(profiles) or [""])
	)
	if field == "languages":
		language = frappe.qb.DocType("Language")
		query = query.join(language).on(language.name == row[column])
		query = query.select(row.parent, language.language_name)
	else:
		query = query.select(row.parent, row[column])
	found: dict[str, list[str]] = {}
	for parent, item in query.orderby(row.parent).orderby(row.idx).run():
		found.setdefault(parent, []).append(item)
	return found


def _shows(row: Mapping[str, Any], field: str, reader: str) -> bool:
	return domain.is_shown(field, row.get(f"show_{field}"), reader)


def _in_words(field: str, value: Any) -> str:
	if field in LISTS:
		return ", ".join(_(item) for item in value or ())
	return _(value) if value and field in TRANSLATED else value or ""
