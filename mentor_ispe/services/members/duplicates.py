"""Who may be known to the site twice: profiles, logins and entries of the roll, laid side by side.

The nightly look keeps the list that coordinators work through; what they said of two records is remembered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, getdate, now_datetime

from mentor_ispe.domain.duplicates import Duplicate, DuplicateIndex, KnownPerson
from mentor_ispe.exceptions import RuleViolation, violation_message
from mentor_ispe.membership.base import LONG_LIST

PROFILE, ENTRY, USER, CONTACT = "Mentoring Profile", "Membership Roll Entry", "User", "Contact"
POSSIBLE = "Mentoring Possible Duplicate"
OPEN, DISMISSED = "Open", "Not the Same Person"
# Several people may have one of these.
SHARED_RECORDS = frozenset({"Customer"})
_FIELDS = ("name", "full_name", "email", "user", "membership_email", "employer", "contact")


def duplicate_index() -> DuplicateIndex:
	"""Everybody who has a profile, for many questions; a handful of queries. Keys are names of profiles."""
	return DuplicateIndex(_profiles())


def possible_duplicates_of(person: KnownPerson, index: DuplicateIndex | None = None) -> list[Duplicate]:
	"""The profiles that may be this person's, most likely first, each with its reasons.

	`person.key` is their own profile, or empty for somebody who has none yet, such as a row of a file.
	`index` is to be given when many are asked about.
	"""
	return (index or duplicate_index()).like(person)


def reasons_in_words(duplicate: Duplicate) -> list[str]:
	"""Why, a sentence each, in the language of the session."""
	return [violation_message(reason) for reason in duplicate.reasons]


def refresh_possible_duplicates() -> int:
	"""Bring the coordinators' list up to date; returns how many wait for them. Their decisions stay."""
	kept = {
		frozenset(((row.first_doctype, row.first_record), (row.second_doctype, row.second_record))): row
		for row in frappe.get_all(POSSIBLE, fields=["name", "status", "score", *_PAIR])
	}
	found = {_pair(each): each for each in DuplicateIndex(_everybody()).pairs() if _concerns_us(each)}
	gone = [row.name for pair, row in kept.items() if row.status == OPEN and pair not in found]
	for start in range(0, len(gone), LONG_LIST):
		frappe.db.delete(POSSIBLE, {"name": ("in", gone[start : start + LONG_LIST])})
	for pair, duplicate in found.items():
		row = kept.get(pair)
		if row is None:
			_insert(duplicate)
		elif row.status == OPEN and row.score != duplicate.score:
			values = {"score": duplicate.score, "level": duplicate.level, "reasons": _words(duplicate)}
			frappe.db.set_value(POSSIBLE, row.name, values)
	return frappe.db.count(POSSIBLE, {"status": OPEN})


def forget_pairs_of(doctype: str, record: str) -> None:
	"""Take a record that is gone, or is to be forgotten, out of the list."""
	for side in ("first", "second"):
		frappe.db.delete(POSSIBLE, {f"{side}_doctype": doctype, f"{side}_record": record})


_PAIR = ("first_doctype", "first_record", "second_doctype", "second_record")


def _pair(duplicate: Duplicate) -> frozenset[tuple[str, str]]:
	return frozenset((_record(duplicate.first), _record(duplicate.second)))


def _record(key: str) -> tuple[str, str]:
	doctype, _bar, name = key.partition("|")
	return doctype, name


def _concerns_us(duplicate: Duplicate) -> bool:
	"""Logins alone are the site's own affair; with a profile or an entry of the roll they are ours."""
	kinds = {_record(key)[0] for key in (duplicate.first, duplicate.second)}
	return PROFILE in kinds or kinds == {ENTRY}


def _insert(duplicate: Duplicate) -> None:
	# A profile comes first: the buttons are about it.
	sides = sorted((_record(duplicate.first), _record(duplicate.second)), key=lambda each: each[0] != PROFILE)
	names = [cstr(frappe.db.get_value(doctype, record, "full_name")) for doctype, record in sides]
	doc = frappe.new_doc(POSSIBLE)
	doc.update(
		{
			"name": sha256("|".join(sorted((duplicate.first, duplicate.second))).encode()).hexdigest()[:16],
			"first_doctype": sides[0][0],
			"first_record": sides[0][1],
			"second_doctype": sides[1][0],
			"second_record": sides[1][1],
			"title": " · ".join(dict.fromkeys(filter(None, names)))[:140],
			"status": OPEN,
			"level": duplicate.level,
			"score": duplicate.score,
			"reasons": _words(duplicate),
		}
	)
	doc.insert(ignore_permissions=True, ignore_if_duplicate=True)


def _words(duplicate: Duplicate) -> str:
	return "\n".join(reasons_in_words(duplicate))


def _everybody() -> Iterator[KnownPerson]:
	"""Everybody, keyed by DocType and name; what belongs to a profile already isn't laid beside it."""
	known: set[str] = set()
	linked: set[str] = set()
	for person in _profiles():
		known.update(person.addresses)
		linked.update(name for doctype, name in person.records if doctype == ENTRY)
		yield _called(person, PROFILE)
	yield from (_called(person, ENTRY) for person in _entries(known, linked))
	yield from (_called(person, USER) for person in _logins(known))


def _called(person: KnownPerson, doctype: str) -> KnownPerson:
	return KnownPerson(
		f"{doctype}|{person.key}",
		person.full_name,
		person.addresses,
		person.phones,
		person.born,
		person.employer,
		person.records,
	)


def _profiles() -> Iterator[KnownPerson]:
	rows = frappe.get_all(PROFILE, fields=[*_FIELDS, "membership_doctype", "membership_record"])
	phones = _contact_phones({row.contact for row in rows if row.contact})
	logins = {
		row.name: row
		for row in _rows(USER, ["name", "phone", "mobile_no", "birth_date"], {r.user for r in rows if r.user})
	}
	for row in rows:
		login = logins.get(row.user) or frappe._dict()
		records = [(CONTACT, row.contact)] if row.contact else []
		if row.membership_record and row.membership_doctype not in SHARED_RECORDS:
			records.append((row.membership_doctype, row.membership_record))
		yield KnownPerson(
			row.name,
			cstr(row.full_name),
			tuple(dict.fromkeys(filter(None, (row.email, row.user, row.membership_email)))),
			tuple(filter(None, (*phones.get(row.contact, ()), login.phone, login.mobile_no))),
			getdate(login.birth_date) if login.birth_date else None,
			cstr(row.employer),
			tuple(records),
		)


def _entries(known: set[str], linked: set[str]) -> Iterator[KnownPerson]:
	"""The roll, once for each address: an entry a year is how many associations keep it."""
	seen = set(known)
	for row in frappe.get_all(ENTRY, fields=["name", "full_name", "email"], order_by="from_date desc, name"):
		if row.name not in linked and (not row.email or row.email not in seen):
			seen.add(cstr(row.email))
			yield KnownPerson(row.name, cstr(row.full_name), tuple(filter(None, (row.email,))))


def _logins(known: set[str]) -> Iterator[KnownPerson]:
	fields = ["name", "full_name", "email", "phone", "mobile_no", "birth_date"]
	filters = {"enabled": 1, "user_type": "Website User", "name": ("not in", frappe.STANDARD_USERS)}
	for row in frappe.get_all(USER, filters, fields):
		if row.name not in known and row.email not in known:
			yield KnownPerson(
				row.name,
				cstr(row.full_name),
				tuple({row.name, cstr(row.email)}),
				tuple(filter(None, (row.phone, row.mobile_no))),
				getdate(row.birth_date) if row.birth_date else None,
			)


def _contact_phones(contacts: Collection[str]) -> dict[str, list[str]]:
	found: dict[str, list[str]] = {}
	for row in _rows("Contact Phone", ["parent", "phone"], contacts, by="parent"):
		found.setdefault(row.parent, []).append(row.phone)
	return found


def _rows(doctype: str, fields: list[str], names: Collection[str], by: str = "name") -> list[Any]:
	"""The rows of these names; of all where the list would be longer than the database likes."""
	filters = {by: ("in", sorted(names) or [""])} if len(names) <= LONG_LIST else {}
	return [row for row in frappe.get_all(doctype, filters, fields) if row[by] in names]


def dismiss(names: Collection[str]) -> None:
	"""Remember that these are two people each; the nightly look doesn't list them again."""
	values = {"status": DISMISSED, "decided_by": frappe.session.user, "decided_on": now_datetime()}
	for name in sorted(set(names)):
		frappe.db.set_value(POSSIBLE, {"name": name, "status": OPEN}, values)


def link_membership(duplicate: str) -> str:
	"""Link the entry of the roll to the profile beside it; returns the profile's name. Raises RuleViolation."""
	pair = frappe.get_doc(POSSIBLE, duplicate)
	if (pair.first_doctype, pair.second_doctype) != (PROFILE, ENTRY):
		frappe.throw(_("These aren't a profile and a membership roll entry."), exc=RuleViolation)
	profile = frappe.get_doc(PROFILE, pair.first_record, for_update=True)
	profile.update({"membership_doctype": ENTRY, "membership_record": pair.second_record})
	profile.save()
	forget_pairs_of(ENTRY, pair.second_record)
	return profile.name
