"""Turn broken rules into one translated error."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

import frappe
from frappe import _

from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import RuleViolation


def in_words(violation: Violation) -> str:
	"""The violation as a sentence in the language of the session."""
	params = {
		key: ", ".join(_(item) for item in value) if isinstance(value, list | tuple) else value
		for key, value in violation.params.items()
	}
	return _(violation.message).format(**params)


def plain_words(error: Exception) -> str:
	"""What the error says as plain text, for an answer in JSON or a text field."""
	return unescape(frappe.utils.strip_html(str(error)))


def refuse(violations: Iterable[Violation], title: str | None = None) -> None:
	"""Raise one RuleViolation that lists every broken rule; do nothing when there is none.

	Values of names come from people, so the words are escaped before they reach a dialog.
	"""
	broken = list({(violation.code, str(violation)): violation for violation in violations}.values())
	if not broken:
		return
	sentences = [frappe.utils.escape_html(in_words(violation)) for violation in broken]
	frappe.throw(
		sentences if len(sentences) > 1 else sentences[0],
		exc=RuleViolation(" ".join(sentences), broken),
		title=title or _("Not possible"),
		as_list=len(sentences) > 1,
	)
