"""Open the next cycle: what it takes over from the one before, and how members hear of it."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any
from urllib.parse import quote

import frappe
import pyqrcode
from frappe import _
from frappe.utils import get_datetime, get_url, getdate

from mentor_ispe.clock import format_short_date
from mentor_ispe.domain.next_cycle import dates_a_year_later, name_a_year_later, year_later

CYCLE = "Mentoring Cycle"
DATES = ("application_from", "application_until", "announcement_date", "start_date", "end_date")
KEPT = ("program", "format", "places", "announcement_time", "invite_last_cycle")


def planned(cycle: str) -> dict[str, Any]:
	"""The values of the cycle that follows this one a year later; nothing is stored."""
	doc = frappe.get_doc(CYCLE, cycle)
	dates = dates_a_year_later({field: getdate(doc.get(field)) for field in DATES if doc.get(field)})
	values: dict[str, Any] = {field: doc.get(field) for field in KEPT}
	values |= {field: day.isoformat() for field, day in dates.items()}
	if doc.kickoff_on:
		kickoff = get_datetime(doc.kickoff_on)
		values["kickoff_on"] = str(kickoff.replace(**_day(year_later(kickoff.date()))))
	name = name_a_year_later(doc.cycle_name, dates["start_date"].year)
	values["cycle_name"] = _free(name)
	return values


def has_next(cycle: str) -> bool:
	"""Whether the program has a cycle that starts after this one, cancelled ones aside."""
	program, start = frappe.db.get_value(CYCLE, cycle, ["program", "start_date"])
	later = {"program": program, "start_date": (">", start), "status": ("!=", "Cancelled")}
	return bool(frappe.db.exists(CYCLE, later))


def shared(cycle: str) -> dict[str, str]:
	"""How to tell members of a cycle that takes applications: its address, a text to paste, a QR code (SVG)."""
	doc = frappe.get_doc(CYCLE, cycle)
	address = get_url(f"/mentoring/programs/{quote(doc.program)}")
	text = _(
		"Applications for {cycle} are open until {until}. Read about the program and apply here: {address}"
	)
	picture = BytesIO()
	pyqrcode.create(address).svg(picture, scale=6, background="#fff", module_color="#000")
	return {
		"address": address,
		"text": text.format(
			cycle=doc.cycle_name, until=format_short_date(doc.application_until), address=address
		),
		"qr_code": f"data:image/svg+xml;base64,{b64encode(picture.getvalue()).decode()}",
	}


def _day(day: Any) -> dict[str, int]:
	return {"year": day.year, "month": day.month, "day": day.day}


def _free(name: str) -> str:
	"""The name, with a number behind it where a cycle has it already."""
	number, free = 1, name
	while frappe.db.exists(CYCLE, free):
		number += 1
		free = f"{name} ({number})"
	return free
