"""The charter of a group: written together at the first meeting, agreed to by everybody in it.

Whoever writes or agrees says which version they read, so that two people who write at once lose nothing,
and nobody agrees to words that changed a moment before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint

from mentor_ispe.clock import today
from mentor_ispe.domain import charters as domain
from mentor_ispe.domain.seats import Seat
from mentor_ispe.domain.sessions.cadence import FURTHEST_APART
from mentor_ispe.domain.sessions.slots import WEEKDAYS
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_group.protected_fields import allow_fields
from mentor_ispe.readings.seats import seat_of_row
from mentor_ispe.services.groups.commands import open_group, seat_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup

UNITS = ("Week", "Month")


def read(group: str) -> dict[str, Any]:
	"""What the charter says: the fields, `version`, `agreed_on` and `people` with the day each agreed.

	The caller has checked that the reader belongs to the group.
	"""
	doc = frappe.get_doc("Mentoring Group", group)
	return {
		**domain.contents(doc),
		"version": domain.version(doc),
		"agreed_on": doc.charter_agreed_on,
		"people": [
			{"profile": seat.profile, "full_name": seat.full_name, "agreed_on": seat.charter_agreed_on}
			for seat in _people(doc)
		],
	}


def write(group: str, profile: str, values: Mapping[str, Any], version: str) -> MentoringGroup:
	"""Write the charter, as somebody with an active seat, who agrees by that; the others are asked to agree.

	`values` are any of `domain.charters.FIELDS`, `version` is that of the charter the writer has read.
	Raises RuleViolation when somebody else changed it since, with the words that stand there now.
	"""
	unknown = sorted(set(values) - set(domain.FIELDS))
	if unknown:
		frappe.throw(
			_("A charter has no field {0}. Its fields are: {1}.").format(
				", ".join(unknown), ", ".join(domain.FIELDS)
			),
			exc=RuleViolation,
		)
	doc = open_group(group)
	_refuse_without_seat(doc, profile)
	if not set(values.get("charter_days_off") or ()) <= set(WEEKDAYS):
		frappe.throw(_("For the days you never meet, choose days of the week."), exc=RuleViolation)
	after = {**domain.contents(doc), **values}
	if not domain.changed_fields(doc, after):
		return doc
	if version != domain.version(doc):
		frappe.throw(
			_(
				"Someone else changed the charter while you were writing. Open it again and add your changes to the new version."
			),
			exc=RuleViolation,
		)
	every = cint(after["charter_meet_every"])
	if not 0 <= every <= FURTHEST_APART or after["charter_meet_every_unit"] not in ("", *UNITS):
		frappe.throw(_("Enter how often you meet, for example every 2 weeks."), exc=RuleViolation)
	written = domain.contents(after)
	doc.update({field: written[field] for field in values})
	for row in doc.seats:
		row.charter_agreed_on = today() if row.profile == profile and row.status == "Active" else None
	allow_fields(doc, "charter_agreed_on", "charter_days_off")
	return doc.save(ignore_permissions=True)


def agree(group: str, profile: str, version: str) -> MentoringGroup:
	"""Agree to the charter as `version`; agreeing twice changes nothing."""
	doc = open_group(group)
	_refuse_without_seat(doc, profile)
	if domain.is_empty(doc):
		frappe.throw(_("The charter is still empty. First write down what you agreed on."), exc=RuleViolation)
	if version != domain.version(doc):
		frappe.throw(
			_("The charter has changed since you read it. Read it again, then agree."), exc=RuleViolation
		)
	row = seat_of(doc, profile)
	row.charter_agreed_on = row.charter_agreed_on or today()
	allow_fields(doc, "charter_agreed_on")
	return doc.save(ignore_permissions=True)


def _people(doc: MentoringGroup) -> list[Seat]:
	"""Everybody who is active in the group, the mentors first."""
	return [seat_of_row(row) for row in (*doc.mentors, *doc.members) if row.status == "Active"]


def _refuse_without_seat(doc: MentoringGroup, profile: str) -> None:
	if not any(person.profile == profile for person in _people(doc)) or doc.status != "Active":
		frappe.throw(
			_("Only active people in a running group can write its charter and agree to it."),
			exc=RuleViolation,
		)
