"""The daily look at workshops."""

from __future__ import annotations

import frappe

from mentor_ispe.services.readiness import workshops


def look_after_workshops() -> dict[str, int]:
	"""Tell newcomers of announced workshops, and remind of those of tomorrow; run again, nobody hears twice."""
	frappe.set_user("Administrator")
	told = workshops.tell_newcomers()
	frappe.db.commit()
	reminded = workshops.remind()
	frappe.db.commit()
	return {"told": told, "reminded": reminded}
