"""Turn notices into a subject and a body, in the language of the person they go to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, escape_html, get_datetime, get_url

from mentor_ispe.clock import day_text, moment_text
from mentor_ispe.domain.spoken_dates import spoken_zone
from mentor_ispe.mails import written_words
from mentor_ispe.mails.calendar_events import in_zone
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates.news import NEWS
from mentor_ispe.mails.definition import HOME
from mentor_ispe.mails.email_templates import standard_wording
from mentor_ispe.mails.frames import frame_for
from mentor_ispe.mails.layout import site_name
from mentor_ispe.mails.places import NOTHING, Reference, button_of, program_of
from mentor_ispe.mails.readers import Reader, reader_of
from mentor_ispe.mails.rendered import RenderedMail
from mentor_ispe.mails.wordings import editing, filling, markup
from mentor_ispe.mails.wordings.pieces import original_of
from mentor_ispe.mails.wordings.stored import wording_for
from mentor_ispe.permissions import signed_links

POLL_PAGE = "/mentoring/poll"


class CannotRender(Exception):
	"""The mail can't be written; the message says why, in words for the coordinator."""


def render(
	template: str,
	context: str | Sequence[str | None] | None,
	profile: str | None,
	recipient: str | None = None,
	language: str | None = None,
	reference: Reference = NOTHING,
) -> RenderedMail:
	"""Fill the Email Template with the values of a notice, or of several, for the person they go to.

	`language` replaces the reader's own. Raises CannotRender when the template can't be filled.
	"""
	reader = reader_of(profile, recipient)
	if language:
		reader = replace(reader, language=language)
	contexts = [context] if context is None or isinstance(context, str) else context
	with use_language(reader.language):
		mail = fill_template(template, contexts, reader, reference)
		return replace(mail, frame=frame_for(template, reader, program_of(reference)))


def fill_template(
	template: str,
	contexts: Sequence[str | None],
	reader: Reader,
	reference: Reference = NOTHING,
	draft: Any = None,
) -> RenderedMail:
	"""The mail without its frame; the caller speaks the reader's language. `draft` is a wording in place of the one kept.

	A template for several matters at once gets their values as a list, and those of the first one.
	"""
	found = [json.loads(context or "{}") for context in contexts]
	if template == NEWS and reference[1]:
		found = [_written(reference[1], found[0])]
	values = {
		"recipient_name": reader.name or _("member"),
		"first_name": reader.first_name or _("there"),
		"portal_url": get_url(HOME),
		"site_name": site_name(),
		**found[0],
	}
	ours = MAILS.get(template)
	if ours and ours.list_field:
		values[ours.list_field] = found
	dates = {**dates_for(reader), "answer_link": partial(_answer_link, reader)}
	# Frappe's Jinja doesn't escape, and names and reasons are written by people.
	plain, safe = {**dates, **values}, {**dates, **_safe(values)}
	own = draft or wording_for(template, reader.language, partial(program_of, reference))
	if own:
		subject, message = fill(own, plain, safe)
	else:
		subject, message = _standard(template, reader.language, plain, safe)
	button = button_of(ours, {**values, **_for_buttons(values, reader)}, reference) if ours else None
	return RenderedMail(" ".join(subject.split()), message, button=button)


def _standard(
	template: str, language: str | None, plain: dict[str, Any], safe: dict[str, Any]
) -> tuple[str, str]:
	"""Subject and text by the site's Email Template, else our own."""
	wording = standard_wording(template, language)
	if wording is None:
		raise CannotRender(_("There is no email called {0}.").format(template))
	try:
		return (
			frappe.render_template(wording.subject, plain),
			frappe.render_template(wording.response_html, safe),
		)
	except Exception as error:
		frappe.clear_messages()
		raise CannotRender(
			_("The Email Template {0} has a mistake: {1}").format(wording.name, error.__cause__ or error)
		) from error


def fill(wording: Any, plain: dict[str, Any], safe: dict[str, Any]) -> tuple[str, str]:
	"""Subject and text of a coordinator's wording; what leaves no subject takes that of the original."""
	original = original_of(wording.mail, wording.language)
	subject = filling.subject_of(original, wording.subject, plain)
	if not subject:
		subject = filling.subject_of(original, editing.subject_as_html(original), plain)
	return subject, filling.message_of(original, wording.message, safe)


def lists(template: str, language: str | None, field: str, program: Callable[[], str | None]) -> bool:
	"""Whether the wording names the list: one that staff wrote before there was one tells the first matter alone."""
	if own := wording_for(template, language, program):
		pieces = original_of(own.mail, own.language).pieces
		return any(field in pieces[key].uses for key in markup.fields_of(own.message))
	wording = standard_wording(template, language)
	return bool(wording and field in cstr(wording.response_html))


def _written(mailing: str, context: dict[str, Any]) -> dict[str, str]:
	words = written_words.filled(mailing, context)
	if words is None:
		raise CannotRender(_("The email was deleted before it was sent."))
	return words


def _for_buttons(values: dict[str, Any], reader: Reader) -> dict[str, Any]:
	"""What buttons may ask for beside the values of the wording."""
	found: dict[str, Any] = {
		"is_member": reader.is_member,
		"is_staff": not reader.is_member,
		"renewal_url": frappe.db.get_single_value("Mentoring Settings", "renewal_url"),
	}
	if values.get("poll"):
		found["answer_url"] = _answer_link(reader, values["poll"], values["until"])
	return found


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


def _answer_link(reader: Reader, poll: str, until: str, number: int | None = None) -> str:
	"""Where the reader answers a poll without a login; made here, so that no record of the mail has the link."""
	if not reader.profile:
		return get_url(POLL_PAGE)
	token = signed_links.make(signed_links.POLL, reader.profile, poll, until)
	return get_url(f"{POLL_PAGE}?token={token}" + ("" if number is None else f"&time={number}"))


@contextmanager
def use_language(language: str | None) -> Iterator[None]:
	"""Let what is written in the block be in this language, else in the site's."""
	before = frappe.local.lang
	frappe.local.lang = language or frappe.get_system_settings("language") or "en"
	try:
		yield
	finally:
		frappe.local.lang = before


def dates_for(reader: Reader) -> dict[str, Callable[..., str]]:
	"""How a template writes dates, in the language that is spoken and on the reader's clock.

	`day` writes a date and `moment` a date and a time as they are given, with a zone also in which city that is;
	`clock` puts a moment of the site on the reader's clock, and `city` says whose clock a zone is.
	"""

	def clock(value: datetime | str | None) -> str:
		return moment_text(*in_zone(get_datetime(value), reader.zone)) if value else ""

	def _city(zone: str) -> str:
		return spoken_zone(zone, frappe.local.lang)

	return {"day": day_text, "moment": moment_text, "clock": clock, "city": _city}
