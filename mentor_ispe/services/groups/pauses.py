"""Pause in a running group, and come back: the seat stays, and nobody is reminded of anything meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cstr, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain import pauses as domain
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.mentor_ispe.doctype.mentoring_group.protected_fields import allow_fields
from mentor_ispe.mentor_ispe.doctype.mentoring_group.transition import write_pauses
from mentor_ispe.services.groups.commands import open_group

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup
	from mentor_ispe.mentor_ispe.doctype.mentoring_group_member.mentoring_group_member import (
		MentoringGroupMember,
	)


def pause(
	group: str, profile: str, returns_on: date, first: date | None = None, *, by_staff: bool = False
) -> MentoringGroup:
	"""Be away from `first` (today unless said) until the day of return; a running pause gets a new one.

	Raises RuleViolation.
	"""
	doc = open_group(group)
	row = _active_row(doc, profile)
	day = today()
	last_day = getdate(frappe.db.get_value("Mentoring Cycle", doc.cycle, "end_date") or date.max)
	raise_violations(domain.check(first or day, returns_on, day, last_day))
	known = domain.read(cstr(row.pauses))
	return _store(doc, row, domain.begin(known, first or day, returns_on, day), by_staff)


def come_back(group: str, profile: str, *, by_staff: bool = False) -> MentoringGroup:
	"""Be there again from today on; without a pause nothing changes."""
	doc = open_group(group)
	row = _active_row(doc, profile)
	return _store(doc, row, domain.end(domain.read(cstr(row.pauses)), today()), by_staff)


def _active_row(doc: MentoringGroup, profile: str) -> MentoringGroupMember:  # type: ignore[return]  # frappe.throw never returns
	row = next((row for row in doc.seats if row.profile == profile and row.status == "Active"), None)
	if doc.status == "Active" and row is not None:
		return row
	frappe.throw(_("Only someone with an active place in a running group can pause."), exc=RuleViolation)


def _store(
	doc: MentoringGroup, row: MentoringGroupMember, found: domain.Pauses, by_staff: bool
) -> MentoringGroup:
	if found == domain.read(cstr(row.pauses)):
		return doc
	write_pauses(row, found, today())
	allow_fields(doc, "pauses", "months_away", "returns_on")
	return doc.save(ignore_permissions=not by_staff)
