"""Who of those listed on a program gets the committee's mail."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mentor_ispe.domain.violations import N_, Violation


@dataclass(frozen=True)
class Listed:
	"""A row of the program's recipients, with what is known of the login behind it.

	`login` is the login in the row, or the one that has the address; `enabled` and `staff` are about it.
	"""

	row: int
	email: str
	login: str | None = None
	enabled: bool = False
	staff: bool = False
	valid: bool = True


def left_out(one: Listed, addresses_allowed: bool) -> Violation | None:
	"""Why this one gets nothing; None for those who get the mail."""
	who = {"email": one.email, "row": one.row}
	if not one.valid:
		return Violation("no_address", N_("Row {row}: {email} is not an email address."), who)
	if one.login and not one.enabled:
		return Violation("disabled", N_("Row {row}: the login of {email} is disabled."), who)
	if one.login and not one.staff and not addresses_allowed:
		return Violation(
			"not_staff",
			N_(
				"Row {row}: {email} has neither the role Mentoring Committee nor Mentoring Coordinator. Give one to the login, or allow reports to addresses without a login."
			),
			who,
		)
	if not one.login and not addresses_allowed:
		return Violation(
			"no_login",
			N_(
				"Row {row}: nobody signs in with {email}. Create a login, or allow reports to addresses without a login."
			),
			who,
		)
	return None


def check_listed(listed: Sequence[Listed], addresses_allowed: bool, new: Collection[int]) -> list[Violation]:
	"""What is wrong with the recipients of a program that is being saved.

	Only the rows `new` are refused for who they are: somebody who left stays listed, and gets nothing.
	"""
	broken = [
		violation
		for one in listed
		if one.row in new and (violation := left_out(one, addresses_allowed)) is not None
	]
	seen: dict[str, int] = {}
	for one in listed:
		first = seen.setdefault(one.email.casefold(), one.row)
		if first != one.row:
			broken.append(
				Violation(
					"twice",
					N_("Row {row}: {email} is already in row {first}."),
					{"row": one.row, "email": one.email, "first": first},
				)
			)
	return broken


def check_rhythm(every: int) -> list[Violation]:
	"""Months from one report to the next; 0 for none."""
	if 0 <= every <= 12:
		return []
	return [Violation("rhythm", N_("Choose 1 to 12 months, or 0 for no reports."))]
