"""Ask the groups of the cycle before whether they go on in one that takes applications now; remind once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import frappe
from frappe.utils import cstr, getdate

from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.seats import Seat
from mentor_ispe.mails.default_templates import extension as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.readings.seats import seats_by_group
from mentor_ispe.services.groups.extension import SEAT_IN
from mentor_ispe.services.programs.queries import cycle_before

REMINDED_DAYS_BEFORE = 7
_AT_ONCE = 500


@dataclass(frozen=True)
class Offer:
	"""A group that may go on, with the seats of everyone who is asked, and what they have said of this cycle."""

	group: str
	title: str
	cycle: str
	format: str
	people: tuple[Seat, ...]


def offered_to(cycle: frappe._dict) -> set[str]:
	"""Profiles of those who are asked whether they go on with their group in `cycle`."""
	return {each.profile for offer in offers(cycle) for each in offer.people}


def offers(cycle: frappe._dict) -> list[Offer]:
	"""The groups that may go on in `cycle` and haven't yet; three queries."""
	before = cycle_before(cycle.name)
	if not before:
		return []
	heads = frappe.get_all(
		"Mentoring Group",
		{"cycle": before, "status": ("in", list(SEAT_IN)), "extended_to": ("is", "not set")},
		["name", "title", "cycle", "format", "status", "extension_cycle"],
		order_by="name",
	)
	asked = seats_by_group([head.name for head in heads], statuses=SEAT_IN.values())
	found = []
	for head in heads:
		people = [seat for seat in asked[head.name] if seat.status == SEAT_IN[head.status]]
		if head.extension_cycle != cycle.name:
			people = [replace(seat, goes_on="") for seat in people]
		found.append(Offer(head.name, cstr(head.title), head.cycle, cstr(head.format), tuple(people)))
	return [offer for offer in found if _can_go_on(offer)]


def ask(cycle: frappe._dict, on: date) -> int:
	"""Post the question to everyone it goes to, and the reminder when its day has come; returns how many.

	The caller commits; the keys let nobody be asked or reminded twice.
	"""
	until = getdate(cycle.application_until)
	remind = on >= until - timedelta(days=REMINDED_DAYS_BEFORE)
	notices = []
	for offer in offers(cycle):
		for each in offer.people:
			if each.goes_on:
				continue
			notices.append(_notice(cycle, offer, each, "extension-offer", templates.EXTENSION_OFFER))
			if remind:
				notices.append(
					_notice(cycle, offer, each, "extension-reminder", templates.EXTENSION_REMINDER)
				)
	return sum(enqueue_all(notices[at : at + _AT_ONCE]) for at in range(0, len(notices), _AT_ONCE))


def _can_go_on(offer: Offer) -> bool:
	sides = {seat.is_mentor for seat in offer.people}
	return False in sides and (offer.format == "Peer Circle" or True in sides)


def _notice(cycle: frappe._dict, offer: Offer, each: Seat, occasion: str, template: str) -> Notice:
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
