"""The moderator of a group: who may be it, and handing it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.domain.notices import make_key
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import coordinators, outbox
from mentor_ispe.mails.default_templates import groups as templates
from mentor_ispe.services.applications import eligibility
from mentor_ispe.services.groups.open_group import open_group

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import (
		MentoringGroup,
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
		{"name": ("in", [row.mentee for row in active]), "willing_to_moderate": 1},
		pluck="name",
	)
	return [row for row in active if row.mentee in names]


def hand_over(group: str, to: str, by: str | None = None, unwilling_too: bool = False) -> MentoringGroup:
	"""Make the member with the profile `to` the moderator of a running group.

	`by` is the profile of who asks: the moderator or the mentor, and in a circle where nobody moderates any
	active member. None: a coordinator, who may say with `unwilling_too` that the member was asked though
	they hadn't said they would. Raises RuleViolation.
	"""
	doc = open_group(group)
	if doc.status != "Active":
		frappe.throw(
			_("A moderator is chosen for a running group; this one is {0}.").format(_(doc.status)),
			exc=RuleViolation,
		)
	now = moderator_of(doc)
	if by is not None and not _may_choose(doc, now, by):
		frappe.throw(
			_("The moderator or the mentor of a group hands this over; ask one of them."), exc=RuleViolation
		)
	row = next((row for row in doc.members if row.profile == to and row.status == "Active"), None)
	if row is None:
		frappe.throw(_("Choose somebody who is active in this group."), exc=RuleViolation)
	if row is now:
		return doc
	eligibility.require(to, doc.program)
	ready = {each.name for each in willing(doc)}
	if row.name not in ready and not (unwilling_too and by is None):
		frappe.throw(
			_("{0} hasn't said they would moderate. Ask them; they can say so in their application.").format(
				row.full_name
			)
			if by
			else _("{0} hasn't said they would moderate; say that you asked them.").format(row.full_name),
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
			_("{0} moderates {1}; hand over in the group's own form.").format(now.full_name, doc.title),
			exc=RuleViolation,
		)
	ready = willing(doc)
	if not ready:
		frappe.throw(
			_(
				"Nobody in {0} has said they would moderate; ask someone, and hand over in the group's own form."
			).format(doc.title),
			exc=RuleViolation,
		)
	return hand_over(group, ready[0].profile)


def _may_choose(doc: MentoringGroup, now: MentoringGroupMember | None, by: str) -> bool:
	if now is not None and now.profile == by:
		return True
	if doc.mentor:
		return doc.mentor_status == "Active" and frappe.db.get_value("Mentor", doc.mentor, "profile") == by
	return now is None and any(row.profile == by and row.status == "Active" for row in doc.members)


def tell(doc: MentoringGroup) -> None:
	"""Tell who moderates now and who did, and those who can choose when a running group is left without.

	Called by the controller after each save. Who starts as moderator with the group reads it in the mail
	of the start.
	"""
	stored = doc.get_doc_before_save()
	if stored is None or stored.status != "Active" or doc.status != "Active" or doc.flags.quiet:
		return
	before, after = moderator_of(stored), moderator_of(doc)
	if after is not None and not _was_marked(stored, after):
		_tell_change(doc, before, after)
	elif after is None and before is not None:
		_tell_gap(doc, before)


def _was_marked(stored: MentoringGroup, row: MentoringGroupMember) -> bool:
	return any(each.name == row.name and each.is_moderator for each in stored.members)


def _tell_change(
	doc: MentoringGroup, before: MentoringGroupMember | None, after: MentoringGroupMember
) -> None:
	common = {"group": doc.title, "cycle": doc.cycle}
	expectations = frappe.get_cached_value("Mentoring Program", doc.program, "expectations_moderators")
	outbox.enqueue(
		key=make_key("moderator-chosen", doc.name, after.profile, doc.modified),
		template=templates.MODERATOR_CHOSEN,
		profile=after.profile,
		context={
			**common,
			"before": before.full_name if before else "",
			"expectations_html": cstr(expectations),
		},
		reference=(doc.doctype, doc.name),
	)
	if before is not None and any(row.name == before.name and row.status == "Active" for row in doc.members):
		outbox.enqueue(
			key=make_key("moderator-relieved", doc.name, before.profile, doc.modified),
			template=templates.MODERATOR_RELIEVED,
			profile=before.profile,
			context={**common, "person": after.full_name},
			reference=(doc.doctype, doc.name),
		)


def _tell_gap(doc: MentoringGroup, before: MentoringGroupMember) -> None:
	values = {
		"group": doc.title,
		"cycle": doc.cycle,
		"before": before.full_name,
		"willing": [row.full_name for row in willing(doc)],
	}
	key = ("moderator-missing", doc.name, before.profile, doc.modified)
	coordinators.notify(make_key(*key), templates.MODERATOR_MISSING, values, (doc.doctype, doc.name))
	if doc.mentor and doc.mentor_status == "Active":
		choosers = [frappe.db.get_value("Mentor", doc.mentor, "profile")]
	else:
		choosers = [row.profile for row in doc.members if row.status == "Active"]
	for profile in choosers:
		outbox.enqueue(
			key=make_key("choose-moderator", doc.name, profile, doc.modified),
			template=templates.CHOOSE_MODERATOR,
			profile=profile,
			context=values,
			reference=(doc.doctype, doc.name),
		)
