"""The year of a cycle or a group for templates/mentoring/macros/progress.html, with its labels."""

from __future__ import annotations

from datetime import date
from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain.year_line import Stage, halfway, year_line


def of_cycle(cycle: Any, on: date) -> list[Stage]:
	"""From the first day to apply to the end, for who applied or takes part; `cycle` is one of services/programs/queries.py."""
	first, last = cycle.start_date, cycle.end_date
	days = [
		(_("Applications open"), cycle.application_from),
		(_("Matches announced"), cycle.announcement_date),
		(_("Starts"), first),
		(_("Halfway"), halfway(first, last)),
		(_("Ends"), last),
	]
	return year_line(days, on)


def of_group(group: Any, on: date) -> list[Stage]:
	"""From the start of a group to its end, its own days before the cycle's; one query."""
	cycle = frappe.db.get_value(
		"Mentoring Cycle", group.cycle, ["announcement_date", "start_date", "end_date"], as_dict=True
	)
	first, last = group.start_date or cycle.start_date, group.end_date or cycle.end_date
	days = [(_("Starts"), first), (_("Halfway"), halfway(first, last)), (_("Ends"), last)]
	if cycle.announcement_date and cycle.announcement_date < first:
		days.append((_("Match announced"), cycle.announcement_date))
	return year_line(days, on)
