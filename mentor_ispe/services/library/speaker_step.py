"""One step of a Guest Speaker Request, whatever door it came through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.utils import add_days, cint, cstr, getdate, now_datetime

from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.domain import speakers as domain
from mentor_ispe.notifications import guest_speaker_request
from mentor_ispe.readings.seats import profiles_in, seats
from mentor_ispe.services.refusals import refuse

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.guest_speaker_request.guest_speaker_request import (
		GuestSpeakerRequest,
	)

REQUEST, GROUP = "Guest Speaker Request", "Mentoring Group"
# Who of the group is told how the request stands.
TOLD = ("Active",)


def lock(doc: GuestSpeakerRequest) -> None:
	"""Let one request after another change what a group asks for: the number a year is counted."""
	group = doc.mentoring_group or frappe.db.get_value(REQUEST, doc.name, "mentoring_group")
	if group:
		lock_row_for_write(GROUP, group)


def take(doc: GuestSpeakerRequest) -> None:
	"""Refuse the step if a rule is broken."""
	stored = doc.get_doc_before_save()
	if not doc.flags.arranging:
		doc.session = stored.session if stored else None
	request = domain.Request(
		old=stored.status if stored else None,
		new=doc.status,
		speaker=cstr(doc.speaker),
		session=cstr(doc.session),
		answer=cstr(doc.answer),
		wished_from=getdate(doc.wished_from) if doc.wished_from else None,
		wished_until=getdate(doc.wished_until) if doc.wished_until else None,
	)
	refuse(domain.check(request, _circumstances(doc)))
	if request.new in ("Requested", "Approaching", "Declined", "Cancelled"):
		doc.session = None


def follow_up(doc: GuestSpeakerRequest) -> None:
	"""Tell the coordinators of a new request, and the group of every answer."""
	before = doc.get_doc_before_save()
	old = before.status if before else None
	if old == doc.status:
		return
	if old is None:
		guest_speaker_request.speaker_requested(doc)
	elif doc.status != "Held":
		if doc.flags.session_cancelled:
			guest_speaker_request.speaker_needed_again(doc)
		guest_speaker_request.request_answered(doc, profiles_in(doc.mentoring_group, TOLD))


def _circumstances(doc: GuestSpeakerRequest) -> domain.Circumstances:
	group = frappe.db.get_value(
		GROUP, doc.mentoring_group, ["status", "program", "extends"], as_dict=True
	) or frappe._dict(status="", program=None)
	return domain.Circumstances(
		group_status=cstr(group.status),
		most_a_year=cint(
			frappe.get_cached_value("Mentoring Program", group.program, "guest_speakers_per_year")
			if group.program
			else 0
		),
		others=_others(doc, group),
		by_one_in_charge=may_ask(doc.mentoring_group, doc.requested_by),
	)


def may_ask(group: str, profile: str) -> bool:
	"""Whether this person may ask for a speaker on behalf of the group."""
	return domain.in_charge(profile, seats([group], statuses=["Active"]))


def _others(doc: GuestSpeakerRequest, group: frappe._dict) -> int:
	"""The other requests of the last year that count, also of the group that this one goes on from.

	A locking read: it sees what was committed a moment ago, whatever this transaction read before.
	"""
	groups = [name for name in (doc.mentoring_group, group.extends) if name]
	rows = frappe.db.get_values(
		REQUEST,
		{
			"mentoring_group": ("in", groups),
			"status": ("in", domain.COUNTED),
			"creation": (">", add_days(now_datetime(), -domain.YEAR_DAYS)),
			"name": ("!=", doc.name or ""),
		},
		"name",
		for_update=True,
	)
	return len(rows)
