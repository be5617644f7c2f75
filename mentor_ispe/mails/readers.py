"""Who reads a mail: name, language, clock, and how often they want to hear from us."""

from __future__ import annotations

from dataclasses import dataclass

import frappe
from frappe.utils import cstr

ONE_A_DAY, ONLY_NEEDED = "One a Day", "Only What Is Needed"
AT_MOST_ONE_A_DAY = (ONE_A_DAY, ONLY_NEEDED)


@dataclass(frozen=True)
class Reader:
	"""The person behind an address; `language` and `zone` are None where the site's hold."""

	name: str | None = None
	language: str | None = None
	zone: str | None = None
	is_member: bool = False
	rhythm: str = ""
	profile: str | None = None
	given_name: str = ""

	@property
	def first_name(self) -> str:
		return first_name_of(self.given_name, cstr(self.name))


def first_name_of(given: str, full_name: str) -> str:
	"""As the login has it, else the first word of the name; the whole name where that is a title."""
	first = given or full_name.partition(" ")[0]
	return full_name if len(first) < 2 or first.endswith(".") else first


def reader_of(profile: str | None, recipient: str | None = None) -> Reader:
	"""The reader of a mail to a profile, or to an address; one or two queries."""
	if profile:
		fields = ("full_name", "user", "time_zone", "mail_rhythm")
		person = frappe.db.get_value("Mentoring Profile", profile, fields, as_dict=True)
		if person:
			login = (person.user and _login({"name": person.user})) or frappe._dict()
			# Somebody may have another name in the programs than the login has.
			called = cstr(login.first_name)
			return Reader(
				person.full_name,
				login.language,
				person.time_zone or login.time_zone,
				is_member=True,
				rhythm=cstr(person.mail_rhythm),
				profile=profile,
				given_name=called if called and called in cstr(person.full_name) else "",
			)
	login = (recipient and _login({"email": recipient})) or frappe._dict()
	return Reader(None, login.language, login.time_zone, given_name=cstr(login.first_name))


def _login(filters: dict[str, str]) -> frappe._dict | None:
	return frappe.db.get_value("User", filters, ("language", "time_zone", "first_name"), as_dict=True)
