"""What a person is called: a new name goes into every copy that other records hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import frappe
from frappe.utils import cstr

from mentor_ispe.readings.copied_fields import copies_of
from mentor_ispe.readings.seats import CALLED_BY_PEOPLE, groups_with

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile

PROFILE, GROUP = "Mentoring Profile", "Mentoring Group"


def rename(profile: MentoringProfile, name: str) -> None:
	"""Call the person by another name, in the profile, in every copy of it and in titles made of it."""
	old = cstr(profile.full_name)
	profile.full_name = name
	profile.save(ignore_permissions=True)
	copy_name(profile.name, old, name)


def copy_name(profile: str, old: str, new: str) -> None:
	"""Write the name into what was copied from the profile, its applications and its groups."""
	records = {
		PROFILE: [profile],
		**{
			doctype: frappe.get_all(doctype, {"profile": profile}, pluck="name")
			for doctype in ("Mentor", "Mentee")
		},
	}
	write_copies(records, "full_name", new)
	if old:
		for group in frappe.get_all(
			GROUP, {"name": ("in", groups_with([profile]) or [""])}, ["name", *CALLED_BY_PEOPLE]
		):
			values = {field: cstr(group[field]).replace(old, new) for field in CALLED_BY_PEOPLE}
			frappe.db.set_value(GROUP, group.name, values, update_modified=False)
			write_copies({GROUP: [group.name]}, "title", values["title"])


def write_copies(records: Mapping[str, Collection[str]], source: str, value: str) -> None:
	"""Write the value of a field `source` of these records (names by DocType) into every copy of it."""
	for doctype, field, link, target in copies_of(source):
		if records.get(target):
			frappe.db.set_value(doctype, {link: ("in", records[target])}, field, value, update_modified=False)
