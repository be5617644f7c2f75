"""Errors of this app that a caller may want to tell apart, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from html import unescape
from typing import Any

import frappe
from frappe import _

from mentor_ispe.clock import format_short_date, moment_text
from mentor_ispe.domain.violations import Message, Violation

# Values that are words of the app's own, not names that people gave.
WORDS = frozenset(
	{
		"country",
		"doctype",
		"encoding",
		"mentee_stage",
		"mentor_stage",
		"new",
		"old",
		"rule",
		"seats",
		"stage",
		"status",
		"topic",
		"value",
		"why",
	}
)


class RuleViolation(frappe.ValidationError):
	"""A rule of the program refuses this; `violations` says which, in order."""

	def __init__(self, message: str = "", violations: list[Violation] | None = None):
		super().__init__(message)
		self.violations = violations or []

	def __str__(self) -> str:
		"""The sentences one after another; Frappe keeps several of them as a list."""
		said = self.args[0] if self.args else ""
		return " ".join(said) if isinstance(said, list | tuple) else str(said)

	@property
	def codes(self) -> list[str]:
		return [violation.code for violation in self.violations]


def violation_message(violation: Message) -> str:
	"""The violation as a sentence in the language of the session."""
	params = {key: _shown(key, value) for key, value in violation.params.items()}
	return _(violation.message).format(**params)


def _shown(key: str, value: Any) -> Any:
	"""One value of a sentence, as the reader writes it."""
	if isinstance(value, list | tuple):
		return ", ".join(_(item) for item in value)
	if key in WORDS and isinstance(value, str):
		return _(value)
	if isinstance(value, datetime):
		return moment_text(value)
	if isinstance(value, date):
		return format_short_date(value)
	return value


def error_text(error: Exception) -> str:
	"""What the error says as plain text, for an answer in JSON or a text field."""
	text = unescape(frappe.utils.strip_html(str(error)))
	if not text and isinstance(error, frappe.PermissionError):  # Frappe often raises it without a word
		return _("You don't have permission to change this record. Ask another coordinator to do it.")
	return text


def raise_violations(violations: Iterable[Violation], title: str | None = None) -> None:
	"""Raise one RuleViolation that lists every broken rule; do nothing when there is none.

	Values of names come from people, so the words are escaped before they reach a dialog.
	"""
	broken = list({(violation.code, str(violation)): violation for violation in violations}.values())
	if not broken:
		return
	sentences = [frappe.utils.escape_html(violation_message(violation)) for violation in broken]
	frappe.throw(
		sentences if len(sentences) > 1 else sentences[0],
		exc=RuleViolation(" ".join(sentences), broken),
		title=title or _("Not possible"),
		as_list=len(sentences) > 1,
	)
