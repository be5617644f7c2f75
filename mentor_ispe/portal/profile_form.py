"""The form of a profile: whole on its own page, and the part of it that a program asks for when one applies."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import frappe

from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.profile_fields import OWN_FIELDS
from mentor_ispe.portal import choices
from mentor_ispe.readings.profiles import own_values
from mentor_ispe.services.applications import requirements
from mentor_ispe.services.members import profiles

ALWAYS = ("full_name", "career_stage", "employer", "time_zone")
ALL = tuple(field.name for field in OWN_FIELDS)
LANGUAGES_AT_MOST = 3


def fields_for(program: str) -> list[str]:
	"""What this program needs to know of a person: what everyone is asked, and what it matches by."""
	criteria = frappe.get_all(
		"Mentoring Program Criterion",
		{"parent": program, "parenttype": "Mentoring Program"},
		pluck="criterion",
	)
	employers = frappe.get_cached_value("Mentoring Program", program, "employers_apart")
	wanted = {*ALWAYS, *(KINDS[each].profile_field for each in criteria)}
	if employers:
		wanted.add("employer")
	return [field for field in ALL if field in wanted]


def needed_for(program: str) -> frozenset[str]:
	"""Those of them without which nobody can be matched."""
	return requirements.needs(program).profile


def values(profile: str | None) -> dict[str, Any]:
	"""What is known: the profile, or what the association's own records say of the person."""
	if not profile:
		return {**dict.fromkeys(ALL), **profiles.starting_values(frappe.session.user)}
	known = own_values(profile)
	return {**known, "time_zone": known["time_zone"] or profiles.zone_of_country(known["country"])}


def options(fields: list[str], known: dict[str, Any]) -> dict[str, choices.Options]:
	"""What there is to choose from, for those of the fields that offer a choice."""
	offered: dict[str, Callable[[], choices.Options]] = {
		**{
			kind.profile_field: partial(choices.of_select, "Mentoring Profile", kind.profile_field)
			for kind in KINDS.values()
			if kind.choices
		},
		"industry": choices.industries,
		"country": choices.countries,
		"languages": choices.languages,
		"topics": choices.topics,
		"time_zone": lambda: choices.time_zones(known.get("time_zone")),
	}
	return {field: offered[field]() for field in fields if field in offered}


def prepare(
	context: Any, profile: str | None, fields: list[str], needed: Collection[str] = frozenset()
) -> None:
	"""Fill what templates/mentoring/me/profile_fields.html needs; `needed` are marked beside those always so."""
	context.needed = needed
	context.profile_fields = [field for field in OWN_FIELDS if field.name in fields]
	context.known = values(profile)
	stored = profile and frappe.db.get_value("Mentoring Profile", profile, "time_zone")
	context.zone_is_guessed = not stored
	context.options = options(fields, context.known)
	context.languages_at_most = max(LANGUAGES_AT_MOST, len(context.known.get("languages") or ()))
