"""Where the button of a mail leads, and which program the mail is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cstr, get_url, get_url_to_form

from mentor_ispe.mails.definition import DESK, DESK_FORM, HOME, MailDefinition
from mentor_ispe.mails.layout import Link

GROUP, PROGRAM = "Mentoring Group", "Mentoring Program"
Reference = tuple[str | None, str | None]
NOTHING: Reference = (None, None)


def button_of(mail: MailDefinition, values: Mapping[str, Any], reference: Reference) -> Link | None:
	"""The button that fits; one whose place can't be told leads to the first page, which says what is to be done."""
	fitting = [button for button in mail.buttons if not button.when or values.get(button.when)]
	for button in fitting:
		if url := _address(button.address, values, reference):
			return Link(_(button.words), url)
	return Link(_(fitting[0].words), get_url(HOME)) if fitting else None


def _address(address: str, values: Mapping[str, Any], reference: Reference) -> str:
	"""The whole address; "" when a part of it isn't known."""
	if address == DESK_FORM:
		return get_url_to_form(*reference) if all(reference) else get_url(DESK)
	if not address.startswith("/"):
		return cstr(values.get(address))
	parts = {
		name: _part(name, values, reference)
		for _text, name, _spec, _conv in Formatter().parse(address)
		if name
	}
	return get_url(address.format(**parts)) if all(parts.values()) else ""


def _part(name: str, values: Mapping[str, Any], reference: Reference) -> str:
	if name == "name":
		value = reference[1]
	elif name == "group_name":
		value = _field_of(reference, "mentoring_group") if reference[0] != GROUP else reference[1]
	else:
		value = values.get(name)
	return quote(cstr(value), safe="")


def program_of(reference: Reference) -> str | None:
	"""The program that a record is of."""
	return reference[1] if reference[0] == PROGRAM else _field_of(reference, "program")


def shared_program(references: Iterable[Reference]) -> str | None:
	"""The program that all the records are of; None for records of several."""
	programs = {program_of(reference) for reference in references}
	return programs.pop() if len(programs) == 1 else None


def _field_of(reference: Reference, field: str) -> str | None:
	doctype, name = reference
	if doctype and name and frappe.get_meta(doctype).has_field(field):
		return frappe.db.get_value(doctype, name, field)
	return None
