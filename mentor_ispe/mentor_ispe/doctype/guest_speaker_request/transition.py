"""One step of a Guest Speaker Request, whatever entry point it came through.

What follows is in `mentor_ispe/consequences.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.utils import add_days, cint, cstr, getdate, now_datetime

from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.domain import speakers as domain
from mentor_ispe.exceptions import raise_violations
from mentor_ispe.readings.seats import seats

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.guest_speaker_request.guest_speaker_request import (
		GuestSpeakerRequest,
	)

REQUEST, GROUP, SESSION = "Guest Speaker Request", "Mentoring Group", "Mentoring Session"


def lock_related(doc: GuestSpeakerRequest) -> None:
	"""Let one request after another change what a group asks for: the number a year is counted."""
	group = doc.mentoring_group or frappe.db.get_value(REQUEST, doc.name, "mentoring_group")
	if group:
		lock_row_for_write(GROUP, group)


def validate_transition(doc: GuestSpeakerRequest) -> domain.Step:
	"""Refuse the step if a rule is broken."""
	stored = doc.get_doc_before_save()
	request = domain.Request(
		old=stored.status if stored else None,
		new=doc.status,
		speaker=cstr(doc.speaker),
		session=cstr(doc.session),
		answer=cstr(doc.answer),
		wished_from=getdate(doc.wished_from) if doc.wished_from else None,
		wished_until=getdate(doc.wished_until) if doc.wished_until else None,
	)
	done = domain.step(request, _circumstances(doc, stored))
	raise_violations(done.violations)
	doc.session = done.session or None
	return done


def _circumstances(doc: GuestSpeakerRequest, stored: GuestSpeakerRequest | None) -> domain.Circumstances:
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
		session=cstr(stored.session) if stored else "",
		session_status=_session_status(stored.session) if stored else "",
		session_fits=_fits(doc),
	)


def _session_status(session: str | None) -> str:
	return cstr(frappe.db.get_value(SESSION, session, "status")) if session else ""


def _fits(doc: GuestSpeakerRequest) -> bool:
	"""Whether the session that was chosen is one of this group in which this speaker speaks."""
	wanted = {
		"name": doc.session or "",
		"mentoring_group": doc.mentoring_group,
		"guest_speaker": doc.speaker or "",
		"status": "Planned",
	}
	return bool(frappe.db.exists(SESSION, wanted))


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
