"""Every way in which somebody is known to the site: their records, names, addresses and telephone numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import frappe
from frappe.utils import cstr

from mentor_ispe.domain.erasure.known_as import KnownAs, known_as
from mentor_ispe.readings.copied_fields import copies_of

PROFILE, SPEAKER, ROLL = "Mentoring Profile", "Guest Speaker", "Membership Roll Entry"
# What no record is called; an empty text would find every record without a link.
NOBODY = "(nobody)"
NOTICE, MOVE = "Mentoring Notice", "Mentoring Login Move"
# What a word may mean that is no name.
VOCABULARY = (
	("Mentoring Topic", "name"),
	("Mentoring Industry", "name"),
	("Mentoring Program", "name"),
	("Mentoring Cycle", "name"),
	("Country", "name"),
	(PROFILE, "employer"),
	(PROFILE, "city"),
)


@dataclass(frozen=True)
class Person:
	"""Somebody to be erased. `profile` and `login` may be missing: a speaker has none, nor who was imported."""

	profile: str | None
	login: str | None
	addresses: frozenset[str]
	speakers: tuple[str, ...]
	roll: tuple[str, ...]
	participants: dict[str, tuple[str, ...]]
	known: KnownAs

	@property
	def records(self) -> dict[str, tuple[str, ...]]:
		"""The records that are the person's, by DocType."""
		return {
			PROFILE: (self.profile,) if self.profile else (),
			SPEAKER: self.speakers,
			ROLL: self.roll,
			**self.participants,
		}

	@property
	def is_known(self) -> bool:
		"""Whether there is anything of ours to erase."""
		return any(self.records.values()) or bool(
			frappe.db.exists(NOTICE, {"recipient": ("in", sorted(self.addresses) or [NOBODY])})
		)


def find_person(profile: str | None = None, address: str | None = None, speaker: str | None = None) -> Person:
	"""The person of a profile or a speaker, or known by an address: as a login, in a profile, on the roll …"""
	if speaker:
		address = address or frappe.db.get_value(SPEAKER, speaker, "email")
	profile = profile or _profile_at(cstr(address))
	row = frappe.db.get_value(
		PROFILE, profile, ["user", "email", "membership_email", "contact"], as_dict=True
	)
	row = row or frappe._dict()
	login = row.user or next(iter(frappe.get_all("User", {"name": address or NOBODY}, pluck="name")), None)
	today = {cstr(each).strip().lower() for each in (address, *_addresses_today(row, login)) if each}
	today -= _of_others(today, profile, login)
	addresses = today | {cstr(each).strip().lower() for each in _former_addresses(profile) if each}
	addresses -= _of_others(addresses, profile, login)
	participants = {
		doctype: tuple(frappe.get_all(doctype, {"profile": profile or NOBODY}, pluck="name", order_by="name"))
		for doctype in ("Mentor", "Mentee")
	}
	speakers = tuple(dict.fromkeys([*([speaker] if speaker else ()), *_with_address(SPEAKER, today)]))
	roll = tuple({*_with_address(ROLL, today), *_own_entry(profile)})
	names = set(_names(profile, participants, login, speakers, roll))
	return Person(
		profile,
		login,
		frozenset(addresses),
		speakers,
		roll,
		participants,
		known_as(
			names,
			addresses,
			_numbers(login, row.contact),
			_namesakes(profile, login, speakers),
			_vocabulary(profile),
		),
	)


def _profile_at(address: str) -> str | None:
	"""Whose login it is comes first: an address may be in two profiles. A login takes nobody else's with it."""
	unclaimed = {"user": ("is", "not set")} if frappe.db.exists("User", address) else {}
	address = address.lower()
	for known in (
		{"user": address},
		{"email": address, **unclaimed},
		{"membership_email": address, **unclaimed},
	):
		if found := frappe.db.get_value(PROFILE, known, "name"):
			return found
	return None


def _addresses_today(row: frappe._dict, login: str | None) -> Iterator[str | None]:
	yield from (row.email, row.membership_email, login)
	yield frappe.db.get_value("User", login, "email") if login else None


def _former_addresses(profile: str | None) -> Iterator[str | None]:
	"""Where mails went, and from where the login moved; what the person has no more may be somebody else's."""
	if profile:
		yield from frappe.get_all(
			NOTICE, {"profile": profile}, pluck="recipient", distinct=True, order_by=None
		)
		for move in frappe.get_all(
			MOVE, {"profile": profile, "status": "Moved"}, ["old_address", "new_address"]
		):
			yield from move.values()


def _of_others(addresses: set[str], profile: str | None, login: str | None) -> set[str]:
	"""Those of the addresses under which somebody else is known today."""
	known = sorted(addresses) or [NOBODY]
	found = set(frappe.get_all("User", {"name": ("in", known)}, pluck="name")) - {cstr(login)}
	for field in ("user", "email"):
		others = {field: ("in", known), "name": ("!=", profile or NOBODY)}
		found |= set(frappe.get_all(PROFILE, others, pluck=field, order_by=None))
	return {address.lower() for address in found}


def own_records(profile: str) -> dict[str, list[str]]:
	"""What else is the person's by an address that is theirs today: {DocType: names} of the roll and of speakers."""
	row = frappe.db.get_value(PROFILE, profile, ["user", "email"], as_dict=True)
	addresses = {cstr(each).lower() for each in row.values() if each}
	addresses -= _of_others(addresses, profile, row.user)
	roll = {*_with_address(ROLL, addresses), *_own_entry(profile)}
	return {ROLL: sorted(roll), SPEAKER: _with_address(SPEAKER, addresses)}


def _with_address(doctype: str, addresses: Collection[str]) -> list[str]:
	return frappe.get_all(
		doctype, {"email": ("in", sorted(addresses) or [NOBODY])}, pluck="name", order_by="name"
	)


def _own_entry(profile: str | None) -> list[str]:
	"""The entry of the roll that the profile is linked to, unless others share it."""
	link = {"membership_doctype": ROLL}
	entry = profile and frappe.db.get_value(PROFILE, {"name": profile, **link}, "membership_record")
	if not entry or frappe.db.exists(PROFILE, {"membership_record": entry, "name": ("!=", profile), **link}):
		return []
	return [entry]


def _names(
	profile: str | None,
	participants: dict[str, tuple[str, ...]],
	login: str | None,
	speakers: Collection[str],
	roll: Collection[str],
) -> Iterator[str]:
	"""Today's and those of earlier years, which old records still have."""
	of = {PROFILE: [profile] if profile else [], **participants}
	yield from _values(PROFILE, "full_name", "name", of[PROFILE])
	for doctype, field, link, target in copies_of("full_name"):
		yield from _values(doctype, field, link, of.get(target, ()))
	yield from _values("User", "full_name", "name", [login] if login else [])
	yield from _values(SPEAKER, "full_name", "name", speakers)
	yield from _values(ROLL, "full_name", "name", roll)


def _values(doctype: str, field: str, link: str, of: Collection[str]) -> list[str]:
	if not of:
		return []
	return frappe.get_all(doctype, {link: ("in", of)}, pluck=field, distinct=True, order_by=None)


def _numbers(login: str | None, contact: str | None) -> Iterator[str]:
	rows = frappe.get_all("User", {"name": login or NOBODY}, ["phone", "mobile_no"])
	rows += frappe.get_all("Contact", {"name": contact or NOBODY}, ["phone", "mobile_no"])
	rows += frappe.get_all("Contact Phone", {"parent": contact or NOBODY}, ["phone"])
	for row in rows:
		yield from map(cstr, row.values())


def _namesakes(profile: str | None, login: str | None, speakers: Collection[str]) -> list[str]:
	"""What everybody else here is called."""
	ours = {PROFILE: [profile], SPEAKER: speakers, "User": [login]}
	return [
		cstr(name)
		for doctype, own in ours.items()
		for name in frappe.get_all(
			doctype, {"name": ("not in", [each for each in own if each] or [NOBODY])}, pluck="full_name"
		)
	]


def _vocabulary(profile: str | None) -> list[str]:
	return [
		cstr(word)
		for doctype, field in VOCABULARY
		for word in frappe.get_all(
			doctype,
			{"name": ("!=", profile or NOBODY), field: ("is", "set")},
			pluck=field,
			distinct=True,
			order_by=None,
		)
	]
