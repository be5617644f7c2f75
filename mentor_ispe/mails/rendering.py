"""Turn a notice into a subject and a body, in the language of the person it goes to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, get_url


class CannotRender(Exception):
	"""The mail can't be written; the message says why, in words for the coordinator."""


@dataclass(frozen=True)
class Mail:
	"""What goes out; `message` is HTML, Frappe adds the plain text."""

	subject: str
	message: str


def render(template: str, context: str | None, profile: str | None) -> Mail:
	"""Fill the Email Template with the notice's values; raise CannotRender when that's not possible."""
	name, language = _reader(profile)
	values = {
		"recipient_name": name or _("member"),
		"portal_url": get_url("/mentoring"),
		"site_name": frappe.get_website_settings("app_name") or "Mentoring",
		**json.loads(context or "{}"),
	}
	with _speaking(language):
		wording = _wording(template, language)
		try:
			subject = frappe.render_template(wording.subject, values)
			# Frappe's Jinja doesn't escape, and names and reasons are written by people.
			message = frappe.render_template(wording.response_, _safe(values))
		except Exception as error:
			frappe.clear_messages()
			raise CannotRender(
				_("The Email Template {0} has a mistake: {1}").format(wording.name, error.__cause__ or error)
			) from error
	return Mail(" ".join(subject.split()), message)


def _reader(profile: str | None) -> tuple[str | None, str | None]:
	"""The name of the person and the language of their login."""
	if not profile:
		return None, None
	person = frappe.db.get_value("Mentoring Profile", profile, ("full_name", "user"), as_dict=True)
	if not person:
		return None, None
	return person.full_name, person.user and frappe.db.get_value("User", person.user, "language")


def _wording(template: str, language: str | None):
	"""The Email Template for the language, "Name (de)", else the one without."""
	for name in ([f"{template} ({language})"] if language else []) + [template]:
		if frappe.db.exists("Email Template", name):
			return frappe.get_cached_doc("Email Template", name)
	raise CannotRender(
		_("There is no Email Template {0}. Create it, or run migrate, which does.").format(template)
	)


@contextmanager
def _speaking(language: str | None) -> Iterator[None]:
	before = frappe.local.lang
	frappe.local.lang = language or frappe.get_system_settings("language") or "en"
	try:
		yield
	finally:
		frappe.local.lang = before


def _safe(values: dict[str, Any]) -> dict[str, Any]:
	"""Everything escaped, but for what staff wrote in an editor of ours: its name ends in `_html`."""
	return {key: value if key.endswith("_html") else _escaped(value) for key, value in values.items()}


def _escaped(value: Any) -> Any:
	if isinstance(value, str):
		return escape_html(value)
	if isinstance(value, dict):
		return {key: _escaped(each) for key, each in value.items()}
	if isinstance(value, list):
		return [_escaped(each) for each in value]
	return value
