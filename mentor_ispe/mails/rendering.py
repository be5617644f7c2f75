"""Turn notices into a subject and a body, in the language of the person they go to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, format_date, get_datetime, get_url, getdate

from mentor_ispe.mails.attachments import RenderedReport
from mentor_ispe.mails.calendar_events import in_zone
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.permissions import signed_links

CHOICE = "/mentoring/data#mails"
POLL_PAGE = "/mentoring/poll"


class CannotRender(Exception):
	"""The mail can't be written; the message says why, in words for the coordinator."""


@dataclass(frozen=True)
class RenderedMail:
	"""What goes out; `message` is HTML, Frappe adds the plain text. A `report` brings pictures and files."""

	subject: str
	message: str
	report: RenderedReport | None = None


def render(
	template: str,
	context: str | Sequence[str | None] | None,
	profile: str | None,
	recipient: str | None = None,
	language: str | None = None,
) -> RenderedMail:
	"""Fill the Email Template with the values of a notice, or of several, for the person they go to.

	`language` replaces the reader's own. Raises CannotRender when the template can't be filled.
	"""
	reader = reader_of(profile, recipient)
	if language:
		reader = replace(reader, language=language)
	contexts = [context] if context is None or isinstance(context, str) else context
	with use_language(reader.language):
		return add_footer(fill_template(template, contexts, reader), reader)


def fill_template(template: str, contexts: Sequence[str | None], reader: Reader) -> RenderedMail:
	"""The mail without its foot; the caller speaks the reader's language.

	A template for several matters at once gets their values as a list, and those of the first one.
	"""
	found = [json.loads(context or "{}") for context in contexts]
	values = {
		"recipient_name": reader.name or _("member"),
		"portal_url": get_url("/mentoring"),
		"site_name": frappe.get_website_settings("app_name") or "Mentoring",
		**found[0],
	}
	ours = MAILS.get(template)
	if ours and ours.digest_list:
		values[ours.digest_list] = found
	wording = _wording(template, reader.language)
	dates = {**dates_for(reader), "answer_link": partial(_answer_link, reader)}
	try:
		subject = frappe.render_template(wording.subject, {**dates, **values})
		# Frappe's Jinja doesn't escape, and names and reasons are written by people.
		message = frappe.render_template(wording.response_, {**dates, **_safe(values)})
	except Exception as error:
		frappe.clear_messages()
		raise CannotRender(
			_("The Email Template {0} has a mistake: {1}").format(wording.name, error.__cause__ or error)
		) from error
	return RenderedMail(" ".join(subject.split()), message)


def add_footer(mail: RenderedMail, reader: Reader) -> RenderedMail:
	"""The mail with the way to fewer of them, if it goes to a member."""
	if not reader.is_member:
		return mail
	words = _("Change how often we write to you") if reader.one_a_day else _("Get fewer emails")
	foot = f'<p style="font-size: 12px"><a href="{get_url(CHOICE)}">{words}</a></p>'
	return replace(mail, message=f"{mail.message}\n{foot}")


def _wording(template: str, language: str | None):
	"""The Email Template for the language, "Name (de)", else the one without; "de" serves "de-CH" as well."""
	spoken = [language, language.partition("-")[0]] if language else []
	for name in [*(f"{template} ({each})" for each in spoken), template]:
		if frappe.db.exists("Email Template", name):
			return frappe.get_cached_doc("Email Template", name)
	raise CannotRender(
		_("There is no Email Template {0}. Create it, or run migrate, which does.").format(template)
	)


def _safe(values: dict[str, Any]) -> dict[str, Any]:
	"""Everything escaped, but for what staff wrote in an editor of ours: its name ends in `_html`."""
	return {key: value if key.endswith("_html") else _escaped(value) for key, value in values.items()}


def _escaped(value: Any) -> Any:
	if isinstance(value, str):
		return escape_html(value)
	if isinstance(value, dict):
		return _safe(value)
	if isinstance(value, list):
		return [_escaped(each) for each in value]
	return value


@dataclass(frozen=True)
class Reader:
	"""The person behind an address; `language` and `zone` are None where the site's hold."""

	name: str | None = None
	language: str | None = None
	zone: str | None = None
	is_member: bool = False
	one_a_day: bool = False
	profile: str | None = None


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
				profile=profile,
			)
	login = _login({"email": recipient}) if recipient else None
	return Reader(None, login.language, login.time_zone) if login else Reader()


def _answer_link(reader: Reader, poll: str, until: str, number: int) -> str:
	"""Where the reader answers a poll without a login; made here, so that no record of the mail has the link."""
	if not reader.profile:
		return get_url(POLL_PAGE)
	token = signed_links.make(signed_links.POLL, reader.profile, poll, until)
	return get_url(f"{POLL_PAGE}?token={token}&time={number}")


def _login(filters: dict[str, str]) -> frappe._dict | None:
	return frappe.db.get_value("User", filters, ("language", "time_zone"), as_dict=True)


@contextmanager
def use_language(language: str | None) -> Iterator[None]:
	"""Let what is written in the block be in this language, else in the site's."""
	before = frappe.local.lang
	frappe.local.lang = language or frappe.get_system_settings("language") or "en"
	try:
		yield
	finally:
		frappe.local.lang = before


def dates_for(reader: Reader) -> dict[str, Callable[[date | datetime | str | None], str]]:
	"""How a template writes dates, in the language that is spoken and on the reader's clock.

	`day` writes a date and `moment` a date with its weekday and time, as they are given; `clock` puts a moment of the
	site on the reader's clock, and says whose clock it is.
	"""

	def clock(value: date | datetime | str | None) -> str:
		if not value:
			return ""
		local, zone = in_zone(get_datetime(value), reader.zone)
		return _("{0} ({1})").format(_moment(local), zone)

	return {"day": _day, "moment": _moment, "clock": clock}


def _day(value: date | datetime | str | None) -> str:
	return format_date(getdate(value), "long") if value else ""


def _moment(value: date | datetime | str | None) -> str:
	return f"{format_date(getdate(value), 'full')}, {get_datetime(value):%H:%M}" if value else ""
