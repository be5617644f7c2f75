"""What the fields of forms offer to choose from, as (value, words)."""

from __future__ import annotations

from zoneinfo import available_timezones

import frappe
from frappe import _

from mentor_ispe.domain.application_fields import ApplicationField

Options = list[tuple[str, str]]
AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def of_select(doctype: str, field: str) -> Options:
	"""The options of a Select field, an empty one first."""
	options = (frappe.get_meta(doctype).get_field(field).options or "").split("\n")
	return [("", _("Choose one")), *((option, _(option)) for option in options if option)]


def of_field(field: ApplicationField) -> Options:
	"""The choices of a field of an application, an empty one first."""
	return [("", _("Choose one")), *((choice, _(choice)) for choice in field.choices)]


def industries() -> Options:
	return [("", _("Choose one")), *_records("Mentoring Industry")]


def topics() -> Options:
	return _records("Mentoring Topic")


def countries() -> Options:
	return [("", _("Choose one")), *sorted(_records("Country"), key=lambda each: each[1])]


def languages() -> Options:
	rows = frappe.get_all("Language", {"enabled": 1}, ["name", "language_name"], order_by="language_name")
	return [("", _("None")), *((row.name, row.language_name) for row in rows)]


def time_zones(chosen: str | None = None) -> Options:
	"""Those that are called by a place; the one that was chosen is among them whatever its name."""
	names = {zone for zone in available_timezones() if zone.partition("/")[0] in AREAS}
	return [("", _("Choose one"))] + [
		(zone, zone) for zone in sorted(names | ({chosen} if chosen else set()))
	]


def _records(doctype: str) -> Options:
	return [(name, _(name)) for name in frappe.get_all(doctype, pluck="name", order_by="name")]
