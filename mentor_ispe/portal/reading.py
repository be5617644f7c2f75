"""Read what a form says: moments on the reader's clock, days, numbers, rows; refused in words."""

from __future__ import annotations

from datetime import date, datetime

import frappe
from frappe import _

from mentor_ispe.api import inputs
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.portal import forms
from mentor_ispe.portal.times import Clock

MOST = 100_000
"""No form asks for more of anything."""


def moment(typed: str | None, clock: Clock) -> datetime | None:
	"""A moment typed on the reader's clock, in the site's time zone; None when nothing was typed."""
	if not (typed or "").strip():
		return None
	try:
		return clock.of_site(inputs.moment(typed).replace(second=0))
	except ValueError:
		frappe.throw(
			_("{0} is no date with a time; write it as 2027-01-31 17:00.").format(typed), RuleViolation
		)


def day(typed: str | None) -> date | None:
	"""A day, None when nothing was typed."""
	if not (typed or "").strip():
		return None
	try:
		return inputs.day(typed)
	except ValueError:
		frappe.throw(_("{0} is no day; write it as 2027-01-31.").format(typed), RuleViolation)


def number(typed: str | int | None, what: str) -> int | None:
	"""A whole number, None when nothing was typed; `what` it is the number of, for the refusal."""
	if typed is None or not str(typed).strip():
		return None
	try:
		found = int(str(typed).strip())
	except ValueError:
		found = MOST + 1
	if abs(found) > MOST:
		frappe.throw(_("{0}: write a whole number.").format(what), RuleViolation)
	return found


def under(prefix: str) -> dict[str, str]:
	"""The values of all fields whose names start with `prefix:`, by what follows it; as typed, in their order."""
	return {
		name[len(prefix) + 1 :]: values[0].strip()
		for name, values in forms.entered().items()
		if name.startswith(f"{prefix}:") and values
	}
