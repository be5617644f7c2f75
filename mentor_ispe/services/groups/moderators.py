"""The moderator of a group: who may be it, and handing it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.membership import commitment
from mentor_ispe.services.groups.commands import open_group

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup
	from mentor_ispe.mentor_ispe.doctype.mentoring_group_member.mentoring_group_member import (
		MentoringGroupMember,
	)


def moderator_of(doc: MentoringGroup) -> MentoringGroupMember | None:
	"""The row of the moderator who can act now: marked, and active."""
	return next((row for row in doc.members if row.is_moderator and row.status == "Active"), None)


def willing(doc: MentoringGroup) -> list[MentoringGroupMember]:
	"""The active members who said that they would moderate, but for the one who does."""
	active = [row for row in doc.members if row.status == "Active" and not row.is_moderator]
	if not active:
		return []
	names = frappe.get_all(
		"Mentee",
		{"name": ("in", [row.participant for row in active]), "willing_to_moderate": 1},
		pluck="name",
	)
	return [row for row in active if row.participant in names]


def offer(group: str, profile: str, would: bool) -> None:
	"""Say whether one would moderate, as an active member of a running group."""
	doc = open_group(group)
	row = next((row for row in doc.members if row.profile == profile and row.status == "Active"), None)
	if row is None or doc.status != "Active":
		frappe.throw(
			_("Only an active mentee or peer in a running group can moderate it."), exc=RuleViolation
		)
	part = frappe.get_doc("Mentee", row.participant, for_update=True)
	part.willing_to_moderate = int(would)
	part.save(ignore_permissions=True)


def is_willing(participant: str) -> bool:
	"""Whether this mentee or peer said that they would."""
	return bool(frappe.db.get_value("Mentee", participant, "willing_to_moderate"))


def hand_over(group: str, to: str, by: str | None = None, unwilling_too: bool = False) -> MentoringGroup:
	"""Make the member with the profile `to` the moderator of a running group.

	`by` is the profile of who asks: the moderator or the mentor, and in a circle where nobody moderates any
	active member. None: a coordinator, who may say with `unwilling_too` that the member was asked though
	they hadn't said they would. Raises RuleViolation.
	"""
	doc = open_group(group)
	if doc.status != "Active":
		frappe.throw(
			_("You can choose a moderator only for a running group. This one is {0}.").format(_(doc.status)),
			exc=RuleViolation,
		)
	now = moderator_of(doc)
	if by is not None and not _may_choose(doc, now, by):
		frappe.throw(
			_("Only the group's moderator or mentor can hand this over. Ask one of them."), exc=RuleViolation
		)
	row = next((row for row in doc.members if row.profile == to and row.status == "Active"), None)
	if row is None:
		frappe.throw(_("Choose someone who is active in this group."), exc=RuleViolation)
	if row is now:
		return doc
	commitment.require(to, doc.program)
	ready = {each.name for each in willing(doc)}
	if row.name not in ready and not (unwilling_too and by is None):
		frappe.throw(
			_("{0} hasn't offered to moderate. Ask them to offer under “Manage group”.").format(row.full_name)
			if by
			else _("{0} hasn't offered to moderate. Confirm that you asked them.").format(row.full_name),
			exc=RuleViolation,
		)
	for each in doc.members:
		each.is_moderator = int(each is row)
	return doc.save(ignore_permissions=by is not None)


def hand_over_to_willing(group: str) -> MentoringGroup:
	"""Give a running group that has no active moderator the first member who said they would. Raises RuleViolation."""
	doc = open_group(group)
	now = moderator_of(doc)
	if now is not None:
		frappe.throw(
			_("{0} moderates {1}. Hand over in the group's own form.").format(now.full_name, doc.title),
			exc=RuleViolation,
		)
	ready = willing(doc)
	if not ready:
		frappe.throw(
			_(
				"Nobody in {0} has offered to moderate. Ask someone, and hand over in the group's own form."
			).format(doc.title),
			exc=RuleViolation,
		)
	return hand_over(group, ready[0].profile)


def _may_choose(doc: MentoringGroup, now: MentoringGroupMember | None, by: str) -> bool:
	if now is not None and now.profile == by:
		return True
	if doc.mentors:
		return any(row.profile == by and row.status == "Active" for row in doc.mentors)
	return now is None and any(row.profile == by and row.status == "Active" for row in doc.members)
