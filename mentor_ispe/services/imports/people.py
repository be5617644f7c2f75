"""Write one person of a list: the profile, and the applications to a cycle. What is done can be told and undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import available_timezones

import frappe
from frappe import _

from mentor_ispe.concurrency.retries import RETRYABLE_ERRORS
from mentor_ispe.domain.application_fields import Role
from mentor_ispe.domain.matching.criteria import KINDS
from mentor_ispe.domain.people_mapping import PROFILE_FIELDS
from mentor_ispe.domain.people_rows import Person
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.services.applications.commands import apply
from mentor_ispe.services.imports.words import refusal_message

PROFILE = "Mentoring Profile"
# Records that a list may bring along; whatever else it names must exist.
CREATED_WHEN_MISSING = {"Mentoring Topic": "topic", "Mentoring Industry": "industry"}
# Child tables of a profile or an application: our field → the DocType and the column of its rows.
LISTS = {"topics": ("Mentoring Topic Item", "topic"), "languages": ("Mentoring Profile Language", "language")}

LONG_TEXTS = ("Text", "Small Text", "Long Text", "Text Editor")
LONGEST_LINE = 140
"""Characters of a field that isn't one of these, as Frappe makes it."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Written:
	"""A record that was created, or changed: then `before` has what the fields of `values` were.

	`modified` is when a record that was created was last saved by the import itself.
	"""

	doctype: str
	name: str
	values: Values
	before: Values | None = None
	modified: str = ""


@contextmanager
def as_import() -> Iterator[None]:
	"""As in Frappe's Data Import: the site's country isn't everybody's, and users aren't rationed by the hour."""
	before, frappe.flags.in_import = frappe.flags.in_import, True
	try:
		yield
	finally:
		frappe.flags.in_import = before


def stored_profiles(emails: Collection[str]) -> dict[str, Values]:
	"""What the profiles with these addresses say now, by folded address; three queries, however many."""
	found = profiles_where({"email": ("in", sorted(emails) or [""])})
	return {row["email"].casefold(): row for row in found}


def profiles_where(filters: Mapping[str, Any]) -> list[Values]:
	"""What these profiles say now, their lists too; three queries, however many."""
	fields = ["name", *(name for name in PROFILE_FIELDS if name not in LISTS)]
	rows = frappe.get_all(PROFILE, filters=filters, fields=fields)
	by_name = {row.name: {**row, **{name: [] for name in LISTS}} for row in rows}
	for name, (doctype, column) in LISTS.items():
		items = frappe.get_all(
			doctype,
			filters={"parenttype": PROFILE, "parentfield": name, "parent": ("in", list(by_name) or [""])},
			fields=["parent", column],
			order_by="parent, idx",
		)
		for item in items:
			by_name[item.parent][name].append(item[column])
	return list(by_name.values())


def changes(person: Person, stored: Values | None) -> dict[str, Any]:
	"""The fields of the profile that this person would change or, for somebody new, fill.

	The file's words come first, then what the profile says, then the constants of the mapping.
	"""
	now = stored or {}
	wanted = dict(person.profile)
	wanted.update(
		{key: value for key, value in person.defaults.items() if key not in wanted and not now.get(key)}
	)
	return {key: value for key, value in wanted.items() if now.get(key) != value}


def save_profile(person: Person, stored: Values | None) -> tuple[str, Written | None]:
	"""Create the profile, or change what is different; its name, and what was done if anything was."""
	changed = changes(person, stored)
	if stored and not changed:
		return stored["name"], None
	doc = frappe.get_doc(PROFILE, stored["name"]) if stored else frappe.get_doc({"doctype": PROFILE})
	doc.update({key: rows_of(key, value) for key, value in changed.items()})
	with as_import():
		doc.save(ignore_permissions=True)
	before = {key: stored.get(key) for key in changed} if stored else None
	return doc.name, Written(PROFILE, doc.name, changed, before, str(doc.modified))


def has_applied(profile: str, cycle: str, side: str) -> bool:
	"""Whether there is an application already, whatever became of it: that is left as it is."""
	return bool(frappe.db.exists(side, {"profile": profile, "cycle": cycle}))


def enter_application(profile: str, cycle: str, side: str, values: Values) -> Written:
	"""Enter one application, through the same service as every other entry point; raises RuleViolation."""
	doc = apply(profile, cycle, cast(Role, side), values)
	return Written(side, doc.name, dict(values), modified=str(doc.modified))


def write_person(person: Person, stored: Values | None, cycle: str | None) -> tuple[str, list[Written]]:
	"""Write the profile and, with a cycle, the applications that aren't there; raises what a rule refuses."""
	written = create_missing([person])
	profile, saved = save_profile(person, stored)
	written += [saved] if saved else []
	if cycle:
		written += [
			enter_application(profile, cycle, side, values)
			for side, values in person.applications.items()
			if not has_applied(profile, cycle, side)
		]
	return profile, written


def refusal_of(step: Callable[[], object]) -> str | None:
	"""Do it; when a rule refuses it, why. What was written by then is the caller's to take back."""
	said = len(frappe.local.message_log)
	try:
		step()
	except RETRYABLE_ERRORS:
		raise
	except (frappe.ValidationError, frappe.PermissionError, frappe.DuplicateEntryError) as error:
		del frappe.local.message_log[said:]
		return refusal_message(error) or _("A rule of this site doesn't allow it.")
	return None


def too_long(person: Person) -> list[str]:
	"""What doesn't fit into its field, in words."""
	meta = frappe.get_meta(PROFILE)
	return [
		_("{0} has more than {1} characters. Shorten it in the file.").format(
			_(meta.get_label(name)), LONGEST_LINE
		)
		for name, value in person.profile.items()
		if isinstance(value, str)
		and len(value) > LONGEST_LINE
		and meta.get_field(name).fieldtype not in LONG_TEXTS
	]


def names_of_languages(codes: Collection[str]) -> list[str]:
	"""What people call these languages."""
	return [_(frappe.get_cached_value("Language", code, "language_name") or code) for code in codes]


def create_missing(people: Sequence[Person]) -> list[Written]:
	"""Create the topics and industries that these people name and the site doesn't have."""
	named: dict[str, dict[str, None]] = {doctype: {} for doctype in CREATED_WHEN_MISSING}
	for person in people:
		for part in (person.defaults, person.profile, *person.applications.values()):
			named["Mentoring Topic"].update(dict.fromkeys(part.get("topics", ())))
			if part.get("industry"):
				named["Mentoring Industry"][part["industry"]] = None
	created = []
	for doctype, column in CREATED_WHEN_MISSING.items():
		if not named[doctype]:
			continue
		there = set(frappe.get_all(doctype, filters={"name": ("in", list(named[doctype]))}, pluck="name"))
		for value in named[doctype]:
			if value not in there:
				doc = frappe.get_doc({"doctype": doctype, column: value}).insert(ignore_permissions=True)
				created.append(Written(doctype, doc.name, {column: value}, modified=str(doc.modified)))
	return created


def choices() -> dict[str, list[str]]:
	"""The values that fields may have which aren't free text."""
	meta = frappe.get_meta(PROFILE)
	options = {
		name: [option for option in meta.get_field(name).options.split("\n") if option]
		for name in (kind.profile_field for kind in KINDS.values() if kind.choices)
	}
	return {
		**options,
		"country": frappe.get_all("Country", pluck="name"),
		"languages": frappe.get_all("Language", pluck="name"),
		"time_zone": sorted(available_timezones()),
	}


def spellings() -> dict[str, list[str]]:
	"""Values of free texts that the site has already; another spelling of one of them is the same."""
	return {
		"topics": frappe.get_all("Mentoring Topic", pluck="name"),
		"industry": frappe.get_all("Mentoring Industry", pluck="name"),
	}


def wrong_constants(constants: Values) -> list[Violation]:
	"""Constants of a mapping that this site doesn't know."""
	known = choices()
	return [
		Violation(
			"constant",
			N_("[constants] {field}: '{value}' isn't known here."),
			{"field": name, "value": word},
		)
		for name, value in constants.items()
		for word in ([value] if isinstance(value, str) else value)
		if word not in known.get(name, [word])
	]


def rows_of(name: str, value: Any) -> Any:
	"""A value as a document takes it: lists become the rows of a child table."""
	return [{LISTS[name][1]: item} for item in value or ()] if name in LISTS else value


def plain(doc: Any, name: str) -> Any:
	"""The value of a document's field: of a child table the list of its items."""
	return [row.get(LISTS[name][1]) for row in doc.get(name) or []] if name in LISTS else doc.get(name)
