"""Whom a mail goes to: their name, language and clock, and how dates are written for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

import frappe
from frappe import _
from frappe.utils import format_date, get_datetime, getdate

from mentor_ispe.mails.calendar_events import in_zone


@dataclass(frozen=True)
class Reader:
	"""The person behind an address; `language` and `zone` are None where the site's hold."""

	name: str | None = None
	language: str | None = None
	zone: str | None = None
	is_member: bool = False
	one_a_day: bool = False


def reader_of(profile: str | None, recipient: str | None = None) -> Reader:
	"""The reader of a mail to a profile, or to an address; one or two queries."""
	if profile:
		fields = ("full_name", "user", "time_zone", "mail_rhythm")
		person = frappe.db.get_value("Mentoring Profile", profile, fields, as_dict=True)
		if person:
			login = _login({"name": person.user}) if person.user else None
			return Reader(
				person.full_name,
				login and login.language,
				person.time_zone or (login and login.time_zone),
				is_member=True,
				one_a_day=person.mail_rhythm == "One a Day",
			)
	login = _login({"email": recipient}) if recipient else None
	return Reader(None, login.language, login.time_zone) if login else Reader()


def _login(filters: dict[str, str]) -> frappe._dict | None:
	return frappe.db.get_value("User", filters, ("language", "time_zone"), as_dict=True)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
	"""Let what is written in the block be in this language, else in the site's."""
	before = frappe.local.lang
	frappe.local.lang = language or frappe.get_system_settings("language") or "en"
	try:
		yield
	finally:
		frappe.local.lang = before


def dates_for(reader: Reader) -> dict[str, Callable[[date | datetime | str | None], str]]:
	"""How a template writes dates, in the language that is spoken and on the reader's clock.

	`day` writes a date and `moment` a date with its time, as they are given; `clock` puts a moment of the
	site on the reader's clock, and says whose clock it is.
	"""

	def clock(value: datetime | str | None) -> str:
		if not value:
			return ""
		local, zone = in_zone(value, reader.zone)
		return _("{0} ({1})").format(_moment(local), zone)

	return {"day": _day, "moment": _moment, "clock": clock}


def _day(value: date | datetime | str | None) -> str:
	return format_date(getdate(value), "long") if value else ""


def _moment(value: datetime | str | None) -> str:
	return f"{_day(value)}, {get_datetime(value):%H:%M}" if value else ""
