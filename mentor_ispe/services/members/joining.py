"""What somebody is told of their membership before they apply: in general, and for each program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import cint

from mentor_ispe.clock import today
from mentor_ispe.domain.eligibility import JoinRules
from mentor_ispe.domain.membership import Standing
from mentor_ispe.domain.membership_advice import Advice, advise
from mentor_ispe.membership.status import Answer, ask, ask_about_login, default_grace_days

PROFILE = "Mentoring Profile"


@dataclass(frozen=True)
class Membership:
	"""What the source says of one person; asked once, however many programs want to know."""

	answer: Answer
	key: str
	address: str
	chapter: str | None

	def standing(self, grace_days: int | None = None) -> Standing:
		return self.answer.standing(
			self.key, today(), default_grace_days() if grace_days is None else grace_days
		)

	def advice(self, suspended: bool = False) -> Advice:
		"""What there is to say whatever the program."""
		return advise(self.standing(), address=self.address, suspended=suspended)

	def advice_for(self, program: Mapping[str, Any]) -> Advice:
		"""What there is to say before they apply to a program, a row of programs.queries.described."""
		rules = JoinRules(
			membership_types=frozenset(program["membership_types"]),
			grace_may_commit=bool(program["grace_may_commit"]),
			chapter=program["chapter"] or None,
		)
		standing = self.standing(cint(program["grace_days"]) if program["own_grace_days"] else None)
		return advise(standing, rules, chapter=self.chapter, address=self.address)


def membership_of(profile: str | None, user: str) -> Membership:
	"""The membership of a profile, or of a login that has none yet."""
	if not profile:
		return Membership(ask_about_login(user), user, user, None)
	fields = ["membership_email", "email", "chapter"]
	known_as, email, chapter = frappe.db.get_value(PROFILE, profile, fields)
	return Membership(ask([profile]), profile, known_as or email, chapter)
