"""The groups that may go on in the next cycle of their program: who is asked, and the group that is made.

Its people get an application in that cycle that is approved at once, by the rules of every other one: an active
membership, a place, seats. Their yes was the answer to the proposal, so nobody is asked a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cstr, getdate

from mentor_ispe.domain.application_fields import Role
from mentor_ispe.domain.charters import FIELDS as CHARTER
from mentor_ispe.domain.notices import make_key
from mentor_ispe.domain.participants import record_name
from mentor_ispe.domain.seats import MENTEE, MENTOR, Seat
from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.mails.default_templates import extension as templates
from mentor_ispe.mails.outbox import Notice, enqueue_all
from mentor_ispe.mentor_ispe.doctype.mentoring_group.protected_fields import allow_fields
from mentor_ispe.readings.cycles import cycle_before
from mentor_ispe.readings.seats import seats_by_group
from mentor_ispe.services.applications.commands import fill
from mentor_ispe.services.applications.queries import prefill
from mentor_ispe.services.groups import goals

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentee.mentee import Mentee
	from mentor_ispe.mentor_ispe.doctype.mentor.mentor import Mentor
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup


def make_group(old: MentoringGroup, cycle: str, people: Sequence[Seat]) -> MentoringGroup:
	"""Make the group that goes on from `old` in `cycle`, accepted by all of these people.

	It starts with the cycle. The charter goes with them, to be agreed to anew, and so do open goals.
	Raises RuleViolation when a rule stands in the way; the caller takes back what was written until then.
	"""
	members = [person.profile for person in people if not person.is_mentor]
	mentors = [person.profile for person in people if person.is_mentor]
	doc = frappe.new_doc("Mentoring Group")
	doc.update(
		{
			"cycle": cycle,
			"title": old.title,
			"status": "Proposed",
			"extends": old.name,
			**{field: old.get(field) for field in CHARTER},
		}
	)
	for profile in mentors:
		participant = _part(MENTOR, profile, cycle, len(members))
		doc.append("seats", {"role": MENTOR, "participant": participant, "status": "Proposed"})
	mentees = {profile: _part(MENTEE, profile, cycle) for profile in members}
	moderator = _moderator(old, mentees)
	for profile, mentee in mentees.items():
		doc.append(
			"seats",
			{
				"role": MENTEE,
				"participant": mentee,
				"status": "Proposed",
				"is_moderator": int(profile == moderator),
				"match_reason": _("Continues from {0}.").format(old.cycle),
			},
		)
	allow_fields(doc, "extends", "charter_days_off")
	doc.save(ignore_permissions=True)
	for row in doc.seats:
		row.status = "Accepted"
	doc.save(ignore_permissions=True)
	goals.copy_open_goals(old.name, doc.name)
	return doc


def _part(role: Role, profile: str, cycle: str, seats: int = 0) -> str:
	"""The person's approved part in the cycle, made or taken up when there is none; returns its name."""
	name = record_name(role, profile, cycle)
	if frappe.db.exists(role, name):
		doc = frappe.get_doc(role, name, for_update=True)
		_refuse_rejected(doc)
		if doc.status == "Withdrawn":
			doc.flags.told = True
			doc.status = "Applied"
			doc.save(ignore_permissions=True)
	else:
		doc = frappe.new_doc(role)
		doc.update({"profile": profile, "cycle": cycle})
		fill(doc, prefill(profile, cycle, role))
		if role == "Mentor":
			doc.seats_offered = seats
	if role == "Mentor":
		doc.seats_offered = max(doc.seats_offered, doc.seats_taken + seats)
	if doc.status != "Active":
		doc.status = "Approved"
	doc.flags.told = True  # of the group
	doc.save(ignore_permissions=True)
	return doc.name


def _refuse_rejected(doc: Mentor | Mentee) -> None:
	if doc.status == "Rejected":
		raise_violations(
			[
				Violation(
					"rejected",
					N_("The application of {name} to {cycle} was rejected."),
					{"name": doc.full_name, "cycle": doc.cycle},
				)
			]
		)


def _moderator(old: MentoringGroup, mentees: dict[str, str]) -> str | None:
	"""Who moderates the next group: who did until now, else the first of them who is willing."""
	now = next((row.profile for row in old.members if row.is_moderator and row.profile in mentees), None)
	if now or not frappe.get_cached_value("Mentoring Program", old.program, "requires_moderator"):
		return now
	willing = frappe.get_all(
		"Mentee",
		{"name": ("in", list(mentees.values())), "willing_to_moderate": 1},
		pluck="profile",
		order_by="name",
	)
	return willing[0] if willing else None


# A group that was completed before the next cycle's applications close may still go on.
SEAT_IN = {"Active": "Active", "Completed": "Completed"}
REMINDED_DAYS_BEFORE = 7


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
	return enqueue_all(notices)


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
