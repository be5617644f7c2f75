"""What is wrong with a row, in the words of the page: there nobody writes a mapping as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import violation_message

IN_THE_DESK: Mapping[str, str] = {
	"not_in_table": N_(
		"“{value}” isn't one of the words that were given a meaning. Choose above what it means, or correct the file."
	),
	"not_a_choice": N_(
		"“{value}” in “{heading}” isn't known here. Choose above what it means, or correct the file."
	),
	"which_day": N_(
		"“{value}” may be {one} or {other}. Choose above how days are written, then check again."
	),
}


def row_message(violation: Violation) -> str:
	"""The violation as a sentence; the row's number stands beside it anyway."""
	words = IN_THE_DESK.get(violation.code)
	if violation.code == "email_invalid" and not violation.params.get("value"):
		words = N_("The e-mail address is missing in “{heading}”.")
	return violation_message(replace(violation, message=words) if words else violation)
