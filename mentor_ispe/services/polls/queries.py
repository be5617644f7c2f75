"""Polls as the people of a group see them, on its page and behind the link of a mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cint, cstr, get_datetime, now_datetime

from mentor_ispe.clock import today
from mentor_ispe.domain.sessions import polls as domain
from mentor_ispe.domain.sessions.meetings import SMALLEST_MEETING, too_few
from mentor_ispe.domain.sessions.readiness import said_to
from mentor_ispe.exceptions import violation_message
from mentor_ispe.permissions import gate, signed_links
from mentor_ispe.readings import readiness
from mentor_ispe.readings.seats import profiles_in

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_poll.mentoring_poll import MentoringPoll

POLL = "Mentoring Poll"


@dataclass(frozen=True)
class Asked:
	"""A poll as one person sees it: `slots` are (number, start), `mine` is None before they answered."""

	name: str
	group: str
	group_title: str
	status: str
	asked_by: str
	ends_on: datetime
	minutes: int
	mode: str
	location: str
	link: str
	slots: list[tuple[int, datetime]]
	mine: list[int] | None
	answered: int
	people: int
	session: str | None

	@property
	def takes_answers(self) -> bool:
		return self.status == domain.OPEN and self.ends_on > now_datetime()


def current(group: str, profile: str) -> Asked | None:
	"""The open poll of the group, as the person sees it."""
	name = frappe.db.get_value(POLL, {"mentoring_group": group, "status": domain.OPEN})
	return seen(name, profile) if name else None


def by_link(token: str) -> tuple[Asked, str] | None:
	"""The poll behind a link in a mail and whose link it is; None when the link is no good or their seat is gone."""
	found = signed_links.read(signed_links.POLL, token)
	if not found or not frappe.db.exists(POLL, found[1]):
		return None
	poll = seen(found[1], found[0])
	return (poll, found[0]) if gate.holds_seat(poll.group, found[0], gate.WRITE) else None


def seen(poll: str, profile: str) -> Asked:
	"""The poll as the person sees it; the caller has asked whether they may."""
	doc = frappe.get_doc(POLL, poll)
	answers, people = answers_of(doc), profiles_in(doc.mentoring_group, gate.WRITE)
	return Asked(
		doc.name,
		doc.mentoring_group,
		cstr(frappe.db.get_value("Mentoring Group", doc.mentoring_group, "title")),
		doc.status,
		doc.asked_by,
		get_datetime(doc.ends_on),
		cint(doc.duration_minutes),
		cstr(doc.mode),
		cstr(doc.location),
		cstr(doc.link),
		[(row.idx, get_datetime(row.starts_on)) for row in doc.slots],
		sorted(answers[profile]) if profile in answers else None,
		len(set(answers) & set(people)),
		len(people),
		doc.session,
	)


def why_not_yet(group: str, profile: str) -> list[str]:
	"""In words to this person: what keeps the group from meeting, while fewer than two are ready; else nothing."""
	known = readiness.load([group])
	there = [seat.person.profile for seat in known.seats[group] if seat.is_there(today())]
	missing = known.missing(group, today())
	ready = [one for one in there if one not in missing]
	if len(ready) >= SMALLEST_MEETING:
		return []
	lacks = [too_few(len(ready)), *(lack for one in there for lack in missing.get(one, ()))]
	return [violation_message(lack) for lack in said_to(profile, lacks)]


def unanswered(profile: str, groups: Collection[str]) -> list[dict[str, Any]]:
	"""Open polls of these groups that the person hasn't answered: mentoring_group, ends_on; two queries."""
	rows = frappe.get_all(
		POLL,
		{
			"status": domain.OPEN,
			"mentoring_group": ("in", sorted(groups) or [""]),
			"ends_on": (">", now_datetime()),
		},
		["name", "mentoring_group", "ends_on"],
	)
	if not rows:
		return []
	done = frappe.get_all(
		"Mentoring Poll Answer",
		{"profile": profile, "parenttype": POLL, "parent": ("in", [row.name for row in rows])},
		pluck="parent",
	)
	return [row for row in rows if row.name not in done]


def answers_of(doc: MentoringPoll) -> dict[str, set[int]]:
	"""The numbers of the times that suit each person who answered."""
	return {
		row.profile: {cint(one) for one in cstr(row.numbers).split(",") if one.strip()} for row in doc.answers
	}


def export(profile: str) -> list[dict[str, Any]]:
	"""What the person asked, and answered, as their own data; of the others' answers nothing."""
	row = frappe.qb.DocType("Mentoring Poll Answer")
	poll = frappe.qb.DocType(POLL)
	return (
		frappe.qb.from_(poll)
		.left_join(row)
		.on((row.parent == poll.name) & (row.parenttype == POLL) & (row.profile == profile))
		.select(poll.mentoring_group, poll.status, poll.ends_on, row.numbers, row.answered_on)
		.where((poll.asked_by == profile) | row.profile.isnotnull())
		.orderby(poll.ends_on)
	).run(as_dict=True)
