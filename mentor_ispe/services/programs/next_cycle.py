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
from mentor_ispe.domain.next_cycle import YEAR, dates_moved_on, moved_on, name_moved_on, rhythm
from mentor_ispe.readings.cycles import cycle_before

CYCLE = "Mentoring Cycle"
DATES = ("application_from", "application_until", "announcement_date", "start_date", "end_date")
KEPT = ("program", "format", "places", "announcement_time", "invite_last_cycle")


def planned(cycle: str) -> dict[str, Any]:
	"""The values of the cycle that follows this one, by the program's rhythm or a year later; nothing is stored."""
	doc = frappe.get_doc(CYCLE, cycle)
	start, before = getdate(doc.start_date), cycle_before(cycle)
	months = rhythm(getdate(frappe.db.get_value(CYCLE, before, "start_date")), start) if before else YEAR
	dates = dates_moved_on({field: getdate(doc.get(field)) for field in DATES if doc.get(field)}, months)
	values: dict[str, Any] = {field: doc.get(field) for field in KEPT}
	values |= {field: day.isoformat() for field, day in dates.items()}
	if doc.kickoff_on:
		kickoff = get_datetime(doc.kickoff_on)
		values["kickoff_on"] = str(kickoff.replace(**_day(moved_on(kickoff.date(), months))))
	year = dates["start_date"].year
	values["cycle_name"] = _free(name_moved_on(doc.cycle_name, year, year - start.year))
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
