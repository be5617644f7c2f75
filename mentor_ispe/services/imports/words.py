"""What is wrong with a row, in the words of the page: there nobody writes a mapping as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import frappe
from frappe import _

from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import RuleViolation, error_text, violation_message
from mentor_ispe.services.membership.roll import ENTRY

IN_THE_DESK: Mapping[str, str] = {
	"not_in_table": N_("“{value}” has no meaning yet. Choose it under “Match values”, or correct the file."),
	"not_a_choice": N_(
		"“{value}” in “{heading}” isn't known here. Choose above what it means, or correct the file."
	),
	"email_invalid": N_("“{value}” in “{heading}” isn't an email address. Correct the file."),
	"email_twice": N_("{value} is already in row {first}. Keep this person in one row only."),
	"cell_empty": N_("A name is missing in “{heading}”. Add it to the file."),
	"not_a_number": N_("“{value}” in “{heading}” isn't a whole number. Write a number from 0 to {most}."),
	"not_a_side": N_(
		"“{heading}” doesn't say whether this is a mentor or a mentee. Choose above, or add it."
	),
	"which_day": N_(
		"“{value}” can be {one} or {other}. Choose above how days are written, then check again."
	),
}
IN_THE_ROLL: Mapping[str, str] = {**IN_THE_DESK, "yes_no": N_("{field} must be yes or no, not {value}.")}

# A rule speaks to the person; a row is read by whoever imports it.
ABOUT_SOMEBODY: Mapping[str, str] = {
	"not_a_member": N_(
		"There is no membership on record for {name}. If there is one under another email address, link it to the profile. Otherwise they have to join the association first."
	),
	"membership_lapsed": N_(
		"{name}'s membership lapsed on {since}. They have to renew it before they can apply."
	),
}


def refusal_message(error: Exception) -> str:
	"""Why a rule refuses a row; empty where it says nothing."""
	violations = error.violations if isinstance(error, RuleViolation) else []
	if not any(_is_about_somebody(each) for each in violations):
		return error_text(error)
	return " ".join(
		violation_message(
			replace(each, message=ABOUT_SOMEBODY[each.code]) if _is_about_somebody(each) else each
		)
		for each in violations
	)


def _is_about_somebody(violation: Violation) -> bool:
	"""Whether the rule has other words for who imports; a membership that begins later speaks of days alone."""
	return violation.code in ABOUT_SOMEBODY and not {"next", "day"} & set(violation.params)


def row_message(violation: Violation) -> str:
	"""The violation as a sentence; the row's number stands beside it anyway."""
	words = IN_THE_DESK.get(violation.code)
	if violation.code == "email_invalid" and not violation.params.get("value"):
		words = N_("The email address is missing in “{heading}”. Add it to the file.")
	return violation_message(replace(violation, message=words) if words else violation)


def roll_message(violation: Violation) -> str:
	"""The same for a membership; its fields are called as on the form."""
	params = dict(violation.params)
	if "field" in params:
		params["field"] = _(frappe.get_meta(ENTRY).get_label(params["field"]))
	words = IN_THE_ROLL.get(violation.code, violation.message)
	return violation_message(replace(violation, message=words, params=params))
