"""The words of a mail that a coordinator wrote to many: kept once, filled for each person when theirs is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from frappe.utils import cstr, escape_html
from frappe.utils.html_utils import sanitize_html

from mentor_ispe.domain import mailings

MAILING = "Mentoring Mailing"


def fill(subject: str, message: str, values: Mapping[str, str]) -> dict[str, str]:
	"""The values of the mail NEWS; names in the HTML are escaped, and what isn't safe in it is left out."""
	words = sanitize_html(message, always_sanitize=True)
	return {
		"subject": mailings.fill(subject, values),
		"words_html": mailings.fill(words, values, lambda value: cstr(escape_html(value))),
	}


def filled(mailing: str, context: Mapping[str, Any]) -> dict[str, str] | None:
	"""The same of a mailing for one of its notices; None when it was deleted."""
	found = frappe.db.get_value(MAILING, mailing, ["subject", "message"], as_dict=True)
	return fill(found.subject, found.message, context.get("values") or {}) if found else None


def language_of(mailing: str) -> str | None:
	"""The language in which it is written."""
	return frappe.db.get_value(MAILING, mailing, "language")
