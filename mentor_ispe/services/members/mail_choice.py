"""How often a person is written to: each mail at once, or one a day."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation

PROFILE = "Mentoring Profile"
EACH_AT_ONCE, ONE_A_DAY = "Each at Once", "One a Day"


def chosen(profile: str) -> str:
	"""What the person chose; each at once when they never did."""
	return frappe.db.get_value(PROFILE, profile, "mail_rhythm") or EACH_AT_ONCE


def choose(profile: str, rhythm: str) -> None:
	"""Write down the choice; it holds for what is announced from now on."""
	if rhythm not in (EACH_AT_ONCE, ONE_A_DAY):
		frappe.throw(_("Choose each mail at once, or one a day."), exc=RuleViolation)
	doc = frappe.get_doc(PROFILE, profile, for_update=True)
	doc.mail_rhythm = rhythm
	doc.save(ignore_permissions=True)
