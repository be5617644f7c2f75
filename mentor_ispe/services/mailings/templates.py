"""An Email Template as the beginning of a letter."""

from __future__ import annotations

import re

import frappe
from frappe import _
from frappe.utils import cstr
from frappe.utils.html_utils import sanitize_html

from mentor_ispe.domain.mailings import FIELDS

# What templates of Frappe's call a value of ours.
_CALLED = {"recipient_name": "full_name", "name": "full_name"}
_VALUE = re.compile(r"\{\{\s*(?:doc\.)?(\w+)\s*\}\}")


def words_of(name: str) -> dict[str, str]:
	"""Its subject and message; code that is one of our values becomes its field, the rest stays for the user to delete."""
	doc = frappe.get_doc("Email Template", name)
	doc.check_permission("read")
	message = doc.response_html if doc.use_html else doc.response
	return {
		"subject": _with_fields(cstr(doc.subject)),
		"message": _with_fields(sanitize_html(cstr(message), always_sanitize=True)),
	}


def _with_fields(text: str) -> str:
	def field(found: re.Match[str]) -> str:
		label = FIELDS.get(_CALLED.get(found[1], found[1]))
		return f"{{{_(label)}}}" if label else found[0]

	return _VALUE.sub(field, text)
