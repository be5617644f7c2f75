"""Turn notices into a subject and a body, in the language of the person they go to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, get_url

from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.enclosed import Letter
from mentor_ispe.mails.reader import Reader, dates_for, reader_of, speaking

CHOICE = "/mentoring/data#mails"


class CannotRender(Exception):
	"""The mail can't be written; the message says why, in words for the coordinator."""


@dataclass(frozen=True)
class Mail:
	"""What goes out; `message` is HTML, Frappe adds the plain text. A `letter` brings pictures and files."""

	subject: str
	message: str
	letter: Letter | None = None


def render(
	template: str,
	context: str | Sequence[str | None] | None,
	profile: str | None,
	recipient: str | None = None,
	language: str | None = None,
) -> Mail:
	"""Fill the Email Template with the values of a notice, or of several, for the person they go to.

	`language` replaces the reader's own. Raises CannotRender when the template can't be filled.
	"""
	reader = reader_of(profile, recipient)
	if language:
		reader = replace(reader, language=language)
	contexts = [context] if context is None or isinstance(context, str) else context
	with speaking(reader.language):
		return with_foot(fill(template, contexts, reader), reader)


def fill(template: str, contexts: Sequence[str | None], reader: Reader) -> Mail:
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
	wording, dates = _wording(template, reader.language), dates_for(reader)
	try:
		subject = frappe.render_template(wording.subject, {**dates, **values})
		# Frappe's Jinja doesn't escape, and names and reasons are written by people.
		message = frappe.render_template(wording.response_, {**dates, **_safe(values)})
	except Exception as error:
		frappe.clear_messages()
		raise CannotRender(
			_("The Email Template {0} has a mistake: {1}").format(wording.name, error.__cause__ or error)
		) from error
	return Mail(" ".join(subject.split()), message)


def with_foot(mail: Mail, reader: Reader) -> Mail:
	"""The mail with the way to fewer of them, if it goes to a member."""
	if not reader.is_member:
		return mail
	words = _("Change how often we write to you") if reader.one_a_day else _("Fewer mails")
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
