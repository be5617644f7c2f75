"""Whether a list's headings and a mapping agree, and what is said of cells that a program damaged."""

from __future__ import annotations

from collections.abc import Sequence

from mentor_ispe.domain.people_mapping import PeopleMapping, fold
from mentor_ispe.domain.violations import N_, Violation

DAMAGES = {
	"formula_error": N_(
		"Row {row}, heading '{heading}': '{value}' is a formula error. Correct the cell and try again."
	),
	"damaged_letters": N_(
		"Row {row}, heading '{heading}': some characters in '{value}' are damaged. Correct the cell and try again."
	),
}


def wrong_headings(mapping: PeopleMapping, headings: Sequence[str]) -> list[Violation]:
	"""Headings that the mapping reads and the file lacks, and those that nobody decided about."""
	present = [fold(heading) for heading in headings]
	named = {
		heading for fields in (mapping.fields, mapping.roll) for group in fields.values() for heading in group
	}
	named |= {mapping.side.heading} if mapping.side else set()
	named |= {
		heading for fields in mapping.applications.values() for group in fields.values() for heading in group
	}
	broken = [
		Violation(
			"heading_missing",
			N_("The file has no heading '{heading}', which the mapping needs."),
			{"heading": heading},
		)
		for heading in sorted(named)
		if fold(heading) not in present
	]
	broken += [
		Violation(
			"heading_undecided",
			N_(
				"The mapping doesn't say what to do with the heading '{heading}'. Read it, or list it under leave_out."
			),
			{"heading": heading},
		)
		for heading in headings
		if heading.strip() and fold(heading) not in mapping.headings
	]
	broken += [
		Violation("heading_twice", N_("The heading '{heading}' appears twice."), {"heading": heading})
		for index, heading in enumerate(headings)
		if heading.strip() and fold(heading) in present[:index]
	]
	return broken
