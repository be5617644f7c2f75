"""The people and addresses that a program lists for its report, with what is known of their logins."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import cint, validate_email_address

from mentor_ispe.domain.committee.recipients import Listed, check_listed, check_rhythm, left_out
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import violation_message
from mentor_ispe.roles import COMMITTEE, COORDINATOR

STAFF = (COMMITTEE, COORDINATOR, "System Manager")


@dataclass(frozen=True)
class Recipient:
	"""`reason` says why this one gets nothing; empty for those who get the mail."""

	email: str
	user: str | None = None
	reason: str = ""


def recipients(program: Any) -> list[Recipient]:
	"""Everybody whom the program lists, each address once."""
	allowed = bool(cint(program.report_to_addresses))
	found: dict[str, Recipient] = {}
	for one in _listed(program.recipients):
		refused = left_out(one, allowed)
		found.setdefault(
			one.email.casefold(),
			Recipient(one.email, one.login, violation_message(refused) if refused else ""),
		)
	return list(found.values())


def check(program: Any, stored: Any | None) -> list[Violation]:
	"""What is wrong with the rhythm and the recipients of a program that is being saved."""
	before = {_key(row) for row in stored.recipients} if stored else set()
	allowed = bool(cint(program.report_to_addresses))
	was_allowed = bool(stored and cint(stored.report_to_addresses))
	all_anew = was_allowed and not allowed
	new = {row.idx for row in program.recipients if all_anew or _key(row) not in before}
	return [
		*check_rhythm(cint(program.report_every_months)),
		*check_listed(_listed(program.recipients), allowed, new),
	]


def _key(row: Any) -> tuple[str, str]:
	return (row.user or "", (row.email or "").casefold())


def _listed(rows: Iterable[Any]) -> list[Listed]:
	rows = list(rows)
	logins = _logins({word for row in rows for word in (row.user, row.email) if word})
	staff = _with_role(login.name for login in logins.values())
	listed = []
	for row in rows:
		login = logins.get((row.user or row.email or "").casefold())
		# The login's address may have changed since the row was written.
		email = (login.email if login and row.user else row.email) or ""
		listed.append(
			Listed(
				row=row.idx,
				email=email,
				login=login.name if login else None,
				enabled=bool(login and login.enabled),
				staff=bool(login and login.name in staff),
				valid=bool(validate_email_address(email)) and "," not in email,
			)
		)
	return listed


def _logins(words: Collection[str]) -> dict[str, frappe._dict]:
	"""Logins by their names and by their addresses."""
	if not words:
		return {}
	found = frappe.get_all(
		"User",
		or_filters={"name": ("in", sorted(words)), "email": ("in", sorted(words))},
		fields=["name", "email", "enabled"],
	)
	return {word.casefold(): login for login in found for word in (login.email, login.name) if word}


def _with_role(logins: Iterable[str]) -> set[str]:
	names = sorted(logins)
	if not names:
		return set()
	return set(
		frappe.get_all(
			"Has Role",
			{"parenttype": "User", "parent": ("in", names), "role": ("in", STAFF)},
			pluck="parent",
			distinct=True,
			order_by="",
		)
	)
