"""The time that whoever plans is choosing, on everybody's clock, before it becomes a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_datetime

from mentor_ispe.clock import moment_text
from mentor_ispe.domain.sessions.slots import DAY, NIGHT
from mentor_ispe.domain.violations import N_
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.sessions import finding, queries

PARTS = {"Early": N_("early"), "Late": N_("late"), "Night": N_("at night")}


People = Mapping[str, frappe._dict]
"""Whose clocks count, as `finding.people_named` gives them."""


def clock_rows(people: People, starts_on: datetime, minutes: int | None, reader: str) -> list[dict[str, str]]:
	"""Of each of these people `name`, `time` (in words, on their clock) and `mark`: "at night", or empty."""
	found = queries.clocks(starts_on, people, reader, minutes or finding.USUAL_MINUTES)
	return [
		{
			"name": cstr(each["full_name"]),
			"time": moment_text(each["starts_on"], each["zone"]),
			"mark": mark(each["part"], each["weekend"]),
		}
		for each in found
	]


def mark(part: str, weekend: bool) -> str:
	"""What is to be said of a person's hour; nothing of a working day."""
	words = [_(PARTS[part])] if part != DAY else []
	return ", ".join([*words, _("weekend")] if weekend else words)


def suggested(known: finding.Planning, reader: str) -> list[dict[str, Any]]:
	"""Times that suit everyone: `at` for an address, `starts_on`, in words for whom it is early or late, `at_night`:
	it is night for somebody.
	"""
	return [
		{
			"at": f"{one['starts_on']:%Y-%m-%dT%H:%M}",
			"starts_on": one["starts_on"],
			"words": _for_whom(one["off_hours"]),
			"at_night": any(part == NIGHT for _name, part, _weekend in one["off_hours"]),
		}
		for one in queries.suggestions(known, reader)
	]


def _for_whom(off_hours: list[tuple[str, str, bool]]) -> str:
	if not off_hours:
		return _("Daytime for everyone.")
	said = [
		_("{0}: {1}").format(name or _("Someone"), mark(part, weekend)) for name, part, weekend in off_hours
	]
	return "; ".join(said)


def moment_in_form(
	flash: dict[str, Any] | None, form: str, stored: datetime | None, clock: Clock
) -> datetime | None:
	"""The moment that stands in the form's field, on the site's clock: as it was typed, else the `stored` one."""
	entered = (flash or {}).get("entered", {}) if (flash or {}).get("form") == form else {}
	typed = (entered.get("starts_on") or [""])[0]
	try:
		return clock.of_site(typed) if typed else stored
	except (ValueError, TypeError):
		return None


def minutes_in_form(flash: dict[str, Any] | None, form: str, stored: int) -> int:
	entered = (flash or {}).get("entered", {}) if (flash or {}).get("form") == form else {}
	return cint((entered.get("duration_minutes") or [""])[0]) or stored


def asked_for() -> datetime | None:
	"""The moment of a suggestion that was chosen: `at` in the address, on the site's clock."""
	try:
		return get_datetime(cstr(frappe.form_dict.get("at"))) if frappe.form_dict.get("at") else None
	except (ValueError, TypeError, frappe.ValidationError):
		return None


def fill(context: Any, people: People, form: str, stored: datetime | None, minutes: int) -> None:
	"""Put the clocks of the moment in this form into the page: `clocks[form]`."""
	at = moment_in_form(context.flash, form, stored, context.clock)
	minutes = minutes_in_form(context.flash, form, minutes)
	rows = clock_rows(people, at, minutes, context.me.profile) if at else []
	context.clocks = {**(context.clocks or {}), form: rows}
