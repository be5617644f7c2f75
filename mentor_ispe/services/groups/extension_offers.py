"""Ask the groups of the cycle before whether they go on in one that takes applications now; remind once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

import frappe
from frappe.utils import cstr, getdate

from mentor_ispe.domain.extensions import Answer
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails.default_templates import extension as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.services.groups.extension import SEAT_IN
from mentor_ispe.services.programs.next_cycles import cycle_before

REMINDED_DAYS_BEFORE = 7
_AT_ONCE = 500


@dataclass
class Offer:
	"""A group that may go on, with everyone who is asked."""

	group: str
	title: str
	cycle: str
	format: str
	people: list[Answer] = field(default_factory=list)


def offered_to(cycle: frappe._dict) -> set[str]:
	"""Profiles of those who are asked whether they go on with their group in `cycle`."""
	return {each.profile for offer in offers(cycle) for each in offer.people}


def offers(cycle: frappe._dict) -> list[Offer]:
	"""The groups that may go on in `cycle` and haven't yet; four queries."""
	before = cycle_before(cycle.name)
	if not before:
		return []
	group, mentor = frappe.qb.DocType("Mentoring Group"), frappe.qb.DocType("Mentor")
	row = frappe.qb.DocType("Mentoring Group Member")
	could = (group.cycle == before) & group.status.isin(list(SEAT_IN)) & group.extended_to.isnull()
	heads = (
		frappe.qb.from_(group)
		.left_join(mentor)
		.on(mentor.name == group.mentor)
		.select(
			group.name,
			group.title,
			group.cycle,
			group.format,
			group.status,
			group.extension_cycle,
			group.mentor_status,
			group.mentor_extends,
			group.mentor_name,
			mentor.profile,
		)
		.where(could)
		.orderby(group.name)
	).run(as_dict=True)
	found: dict[str, Offer] = {}
	asked = {}
	for head in heads:
		found[head.name] = Offer(head.name, cstr(head.title), head.cycle, cstr(head.format))
		asked[head.name] = head
		if head.profile and head.mentor_status == SEAT_IN[head.status]:
			said = head.mentor_extends if head.extension_cycle == cycle.name else ""
			found[head.name].people.append(Answer(head.profile, cstr(head.mentor_name), True, cstr(said)))
	members = (
		frappe.qb.from_(row)
		.join(group)
		.on(group.name == row.parent)
		.select(row.parent, row.profile, row.full_name, row.status, row.extends)
		.where(could)
		.orderby(row.parent, row.idx)
	).run(as_dict=True)
	for each in members:
		head = asked.get(each.parent)
		if head and each.status == SEAT_IN[head.status]:
			said = each.extends if head.extension_cycle == cycle.name else ""
			found[each.parent].people.append(Answer(each.profile, cstr(each.full_name), False, cstr(said)))
	return [offer for offer in found.values() if _can_go_on(offer)]


def ask(cycle: frappe._dict, on: date) -> int:
	"""Post the question to everyone it goes to, and the reminder when its day has come; returns how many.

	The caller commits; the keys let nobody be asked or reminded twice.
	"""
	until = getdate(cycle.application_until)
	remind = on >= until - timedelta(days=REMINDED_DAYS_BEFORE)
	notices = []
	for offer in offers(cycle):
		for each in offer.people:
			if each.said:
				continue
			notices.append(_notice(cycle, offer, each, "extension-offer", templates.EXTENSION_OFFER))
			if remind:
				notices.append(
					_notice(cycle, offer, each, "extension-reminder", templates.EXTENSION_REMINDER)
				)
	return sum(enqueue_all(notices[at : at + _AT_ONCE]) for at in range(0, len(notices), _AT_ONCE))


def _can_go_on(offer: Offer) -> bool:
	sides: defaultdict[bool, int] = defaultdict(int)
	for each in offer.people:
		sides[each.is_mentor] += 1
	return bool(sides[False]) and (offer.format == "Peer Circle" or bool(sides[True]))


def _notice(cycle: frappe._dict, offer: Offer, each: Answer, occasion: str, template: str) -> Notice:
	return Notice(
		make_key(occasion, offer.group, cycle.name, each.profile),
		template,
		each.profile,
		context={
			"group": offer.title,
			"cycle": offer.cycle,
			"next_cycle": cycle.name,
			"until": cstr(cycle.application_until),
			"partners": [other.full_name for other in offer.people if other.profile != each.profile],
			"members_decide": offer.format != "One-on-One",
		},
		reference=("Mentoring Group", offer.group),
	)
