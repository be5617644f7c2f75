"""What of the app's records is the person's own: deleted, or emptied of words where figures and others need it.

Read from the DocTypes, so that a field that is added is cleared without a word here; a DocType that names a person
and isn't in one of these tables fails a test.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.meta import Meta
from frappe.utils.password import remove_encrypted_password

from mentor_ispe.domain.concerns import CLOSED
from mentor_ispe.domain.erasure.wording import FORMER
from mentor_ispe.domain.profile_fields import PROFILE_FIELDS
from mentor_ispe.mentor_ispe.doctype.mentoring_import_row.mentoring_import_row import forget_person
from mentor_ispe.readings.identity import NOBODY, PROFILE, ROLL, SPEAKER, Person
from mentor_ispe.services.conversation import personal_data
from mentor_ispe.services.members import names
from mentor_ispe.services.members.duplicates import forget_pairs_of

# DocType → the link that says whose it is.
DELETED = {
	"Mentoring Application Draft": "profile",
	"Mentoring Notice": "profile",
	"Mentoring Employer Change": "profile",
	"Mentoring Login Move": "profile",
	"Mentoring Mailing": "profile",
	"Mentoring Profile Change": "profile",
	"Mentoring Merge": "profile",
	"Mentoring Merge Trace": "profile",
	"Mentoring Import Row": "profile",
	"Mentoring Read Mark": "profile",
	"Mentoring Push Device": "profile",
}
EMPTIED = {
	PROFILE: "name",
	"Mentor": "profile",
	"Mentee": "profile",
	"Mentoring Goal": "profile",
	"Mentoring Feedback": "profile",
	"Mentoring Private Answer": "profile",
	"Mentoring Feedback Request": "profile",
	"Mentoring Agreement Acceptance": "profile",
	"Mentoring Concern": "raised_by",
	"Guest Speaker Request": "requested_by",
	SPEAKER: "name",
}
# Records of a group, which stay; the person's name is taken out of their words.
OF_GROUPS = frozenset(
	{
		"Mentoring Action Item",
		"Mentoring Group",
		"Mentoring Message",
		"Mentoring Group Member",
		"Mentoring Session",
		"Mentoring Session Attendance",
		"Mentoring Session Note",
		"Mentoring Workshop Participant",
	}
)
WORDS = frozenset(
	{
		*("Data", "Small Text", "Text", "Long Text", "Text Editor", "HTML Editor", "Markdown Editor"),
		*("Autocomplete", "Attach", "Attach Image"),
	}
)
# Words that say nothing of who it was, and that reports or the app itself need.
KEPT = frozenset(
	{
		(PROFILE, "chapter"),
		("Mentoring Feedback Request", "request_key"),
		("Mentoring Concern Step", "note"),  # what coordinators did about it
	}
)
# What says who somebody is, and isn't a text.
ALSO_EMPTIED: dict[str, tuple[str, ...]] = {
	PROFILE: (
		*(field.name for field in PROFILE_FIELDS if field.erased),
		*("contact", "membership_doctype", "membership_record"),
	),
}
LISTS = {PROFILE: ("Mentoring Profile Language", "Mentoring Topic Item"), SPEAKER: ("Mentoring Topic Item",)}


def records_of(person: Person, doctype: str, link: str) -> list[str]:
	"""The names of the person's records of a DocType."""
	if link == "name":
		return list(person.records[doctype])
	return frappe.get_all(doctype, {link: person.profile or NOBODY}, pluck="name", order_by="name")


def kept_words(person: Person) -> list[str]:
	"""Concerns that are still looked into: their words stay until they are closed, without the name."""
	return frappe.get_all(
		"Mentoring Concern",
		{"raised_by": person.profile or NOBODY, "status": ("not in", sorted(CLOSED))},
		pluck="name",
		order_by="name",
	)


def delete(person: Person) -> dict[str, int]:
	"""Delete what is nobody else's; returns how many of which DocType."""
	done = {}
	forget_person(person.profile, person.addresses)
	for doctype, link in DELETED.items():
		done[doctype] = _delete(doctype, records_of(person, doctype, link))
	to = frappe.get_all(
		"Mentoring Notice", {"recipient": ("in", sorted(person.addresses) or [NOBODY])}, pluck="name"
	)
	done["Mentoring Notice"] += _delete("Mentoring Notice", to)
	done[ROLL] = _delete(ROLL, list(person.roll))
	if person.profile:
		personal_data.erase(person.profile)
	known_records = {**person.records, "User": (person.login,) if person.login else ()}
	for doctype, records in known_records.items():
		for record in records:
			forget_pairs_of(doctype, record)
	return done


def _delete(doctype: str, names: list[str]) -> int:
	for name in names:
		frappe.db.delete(doctype, {"name": name})
		frappe.clear_document_cache(doctype, name)
	return len(names)


def empty(person: Person, address: str) -> dict[str, int]:
	"""Clear the person's own words; `address` is written in the place of theirs."""
	done, kept = {}, set(kept_words(person))
	for doctype, link in EMPTIED.items():
		records = [name for name in records_of(person, doctype, link) if name not in kept]
		for name in records:
			_empty(doctype, name, address)
		done[doctype] = len(records)
	names.write_copies(person.records, "full_name", FORMER)
	frappe.db.set_value(
		"Mentoring Group Member", {"profile": person.profile or NOBODY}, {"match_reason": "", "reason": ""}
	)
	if person.profile:
		remove_encrypted_password(PROFILE, person.profile, "calendar_token")
	return done


def _empty(doctype: str, name: str, address: str) -> None:
	meta = frappe.get_meta(doctype)
	values = {**dict.fromkeys(ALSO_EMPTIED.get(doctype, ())), **empty_words(meta, FORMER)}
	if doctype == PROFILE:
		values |= {"email": address, "calendar_token": None}
	values |= {field: 0 for field in ("active", "may_publish") if meta.has_field(field)}
	if values:
		frappe.db.set_value(doctype, name, values, update_modified=False)
	for items in LISTS.get(doctype, ()):
		frappe.db.delete(items, {"parenttype": doctype, "parent": name})
	empty_rows(meta, name, FORMER)


def word_fields(meta: Meta) -> list[Any]:
	"""The fields that hold somebody's words, not copies of another record's."""
	return [
		df
		for df in meta.fields
		if df.fieldtype in WORDS
		and not df.fetch_from
		and not df.is_virtual
		and (meta.name, df.fieldname) not in KEPT
	]


def empty_words(meta: Meta, instead: str) -> dict[str, str | None]:
	"""The fields with somebody's words, empty; `instead` is written where there must be something."""
	return {df.fieldname: instead if df.reqd else None for df in word_fields(meta)}


def empty_rows(meta: Meta, name: str, instead: str) -> None:
	"""Clear the words in the tables of a record."""
	for df in meta.get_table_fields():
		if df.fieldtype == "Table" and (rows := empty_words(frappe.get_meta(df.options), instead)):
			frappe.db.set_value(df.options, {"parenttype": meta.name, "parent": name}, rows)
