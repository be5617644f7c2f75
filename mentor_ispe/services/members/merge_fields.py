"""Which value of each field stays when two profiles become one: shown side by side, chosen, written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr

from mentor_ispe.domain.profile_fields import LIST, PROFILE_FIELDS
from mentor_ispe.domain.sharing import DEFAULTS, LEVELS, level
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile
from mentor_ispe.services.members.merge_journal import Journal

PROFILE = "Mentoring Profile"
KEPT, MERGED = "kept", "merged"
LOGIN, ADDRESS, MEMBERSHIP = "user", "email", "membership"
LISTS = {field.name: field.row for field in PROFILE_FIELDS if field.kind == LIST}
PLAIN = (*(field.name for field in PROFILE_FIELDS if field.kind != LIST and field.name != ADDRESS), "contact")
SWITCHES = ("no_mails", "hides_read_marks")
"""On when either says so."""
GOOD_STANDING = ("Active", "Grace")


@dataclass(frozen=True)
class Difference:
	"""What the two say of one thing, as text, and whose stays unless somebody chooses."""

	field: str
	label: str
	kept: str
	merged: str
	stays: str


@dataclass(frozen=True)
class TwoProfiles:
	"""The profile that stays, the one that is merged into it, and what was chosen: field → KEPT or MERGED."""

	kept: MentoringProfile
	merged: MentoringProfile
	choices: Mapping[str, str]

	def stays(self, field: str) -> str:
		"""Whose value stays."""
		return self.choices.get(field) or self._unless_chosen(field)

	def of(self, field: str) -> MentoringProfile:
		"""The profile whose value stays."""
		return self.merged if self.stays(field) == MERGED else self.kept

	@property
	def login(self) -> MentoringProfile | None:
		"""The profile whose login stays; None where nobody signs in."""
		having = [doc for doc in (self.kept, self.merged) if doc.user]
		return (self.of(LOGIN) if len(having) == 2 else having[0]) if having else None

	@property
	def both_sign_in(self) -> bool:
		return bool(self.kept.user and self.merged.user)

	def differences(self) -> list[Difference]:
		"""What both say, and say otherwise."""
		return [
			Difference(field, self._label(field), mine, theirs, self.stays(field))
			for field in self._asked()
			if (mine := _text(self.kept, field)) != (theirs := _text(self.merged, field)) and mine and theirs
		]

	def check_choices(self) -> None:
		"""Refuse what isn't a choice."""
		for field, chosen in self.choices.items():
			if field not in self._asked() or chosen not in (KEPT, MERGED):
				frappe.throw(_("{0} isn't a valid choice for {1}.").format(chosen, field), exc=RuleViolation)

	def write(self, journal: Journal) -> None:
		"""Write what stays into the profile that stays; the lists' rows go along."""
		for field in LISTS:
			if self.of(field) is self.merged:
				for row in self.kept.get(field):
					journal.remove(row.doctype, row.name)
				for row in self.merged.get(field):
					journal.set_values(row.doctype, row.name, {"parent": self.kept.name})
		journal.set_values(PROFILE, self.kept.name, self.values())

	def values(self) -> dict[str, Any]:
		"""The values of the profile that stays, but for its lists."""
		values = {field: self.of(field).get(field) for field in PLAIN}
		for field in SWITCHES:
			values[field] = int(any(cint(doc.get(field)) for doc in (self.kept, self.merged)))
		for field in DEFAULTS:
			shown = [level(field, doc.get(f"show_{field}")) for doc in (self.kept, self.merged)]
			values[f"show_{field}"] = min(shown, key=LEVELS.index)
		signs_in = self.login
		values["user"] = signs_in.user if signs_in else None
		# Whoever signs in confirmed the address of that profile.
		values["email"] = (signs_in or self.of(ADDRESS)).email
		return values | self._membership(values["email"])

	def _membership(self, email: str) -> dict[str, Any]:
		known = self.of(MEMBERSHIP)
		values = {
			field: known.get(field)
			for field in ("membership_doctype", "membership_record", "membership_email")
		}
		if not known.membership_record:
			address = known.membership_email or known.email
			values["membership_email"] = address if address != email else None
		return values

	def _asked(self) -> list[str]:
		fields = [*PLAIN, *LISTS, MEMBERSHIP]
		if self.both_sign_in:
			fields.append(LOGIN)
		elif not self.login:
			fields.append(ADDRESS)
		return fields

	def _unless_chosen(self, field: str) -> str:
		if field == MEMBERSHIP:
			states = [doc.membership_state in GOOD_STANDING for doc in (self.kept, self.merged)]
			return MERGED if states == [False, True] else KEPT
		return KEPT if _text(self.kept, field) or not _text(self.merged, field) else MERGED

	def _label(self, field: str) -> str:
		if field == MEMBERSHIP:
			return _("Membership")
		return _(self.kept.meta.get_label(field), context=PROFILE)


def _text(doc: MentoringProfile, field: str) -> str:
	if field in LISTS:
		return ", ".join(cstr(row.get(LISTS[field])) for row in doc.get(field))
	if field == MEMBERSHIP:
		record = f"{_(doc.membership_doctype)} {doc.membership_record}" if doc.membership_record else ""
		known = record or doc.membership_email or doc.email
		return f"{known} ({_(doc.membership_state)})" if doc.membership_state else known
	return cstr(doc.get(field))
