"""A person's years in the programs, on one line of time: what they did, and what the app sent them.

A constant number of queries, bounded, and no private word: of feedback and concerns only that there was one, of
emails only which. Lists are read as whoever asks, so what they may not read is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType, Order
from frappe.utils import getdate

from mentor_ispe.domain.figures import hours
from mentor_ispe.permissions.conflict_of_interest import asked_once, only_open
from mentor_ispe.readings.seats import groups_with, seats

PROFILE, GROUP, SESSION = "Mentoring Profile", "Mentoring Group", "Mentoring Session"
WORKSHOP = "Mentoring Workshop"
OF_ONE_KIND, ENTRIES = 500, 300
"""The most that is read of each kind, and that is shown in all."""
DECLINED, LEFT = ("Declined", "Expired"), ("Withdrawn", "Ended")


@dataclass(frozen=True)
class Entry:
	"""One thing on the day `on`; `kind` tells what sort, `words` what it is, `record` where it leads."""

	on: date
	kind: str
	words: str
	record: tuple[str, str] | None = None
	minutes: int = 0


@dataclass(frozen=True)
class Year:
	"""A year of somebody: its entries, newest first, and the meetings that they attended in it."""

	year: int
	meetings: int
	hours: float
	entries: list[Entry]


@dataclass(frozen=True)
class PersonHistory:
	"""Newest year first; `cut` says that there is more than is shown."""

	years: list[Year]
	cut: bool


def history(profile: str) -> PersonHistory:
	"""What is known of somebody's years, for whoever may read the profile."""
	with asked_once(frappe.session.user):
		found = list(_entries(profile))
	found.sort(key=lambda entry: (entry.on, -KINDS.index(entry.kind)), reverse=True)
	shown = found[:ENTRIES]
	met: dict[int, list[int]] = {}
	for entry in found:
		if entry.kind == "meeting":
			met.setdefault(entry.on.year, []).append(entry.minutes)
	years: dict[int, list[Entry]] = {}
	for entry in shown:
		years.setdefault(entry.on.year, []).append(entry)
	return PersonHistory(
		[
			Year(year, len(met.get(year, ())), hours(sum(met.get(year, ()))), entries)
			for year, entries in years.items()
		],
		len(found) > ENTRIES,
	)


KINDS = ("application", "group", "workshop", "agreement", "goal", "meeting", "feedback", "concern", "mail")
"""Of one day, the later kind is shown first."""


def _entries(profile: str) -> Iterator[Entry]:
	titles = _titles(groups_with([profile]))
	yield from _applications(profile)
	yield from _groups(profile, titles)
	yield from _meetings(profile, titles)
	yield from _workshops(profile)
	for row in _listed(
		"Mentoring Agreement Acceptance", {"profile": profile}, "accepted_on", "agreement_title"
	):
		yield Entry(row.on, "agreement", _("Signed {0}").format(row.agreement_title), row.record)
	for row in _listed("Mentoring Goal", {"profile": profile}, "creation", "title"):
		yield Entry(row.on, "goal", _("Goal: {0}").format(row.title), row.record)
	for row in _listed("Mentoring Feedback", {"profile": profile}, "creation", "kind"):
		yield Entry(row.on, "feedback", _("Feedback: {0}").format(_(row.kind)), row.record)
	for row in _listed("Mentoring Concern", {"raised_by": profile}, "creation", "status"):
		yield Entry(row.on, "concern", _("Raised a concern ({0})").format(_(row.status)), row.record)
	sent = {"profile": profile, "status": "Queued"}
	for row in _listed("Mentoring Notice", sent, "queued_on", "template"):
		yield Entry(row.on, "mail", _("Email: {0}").format(_(row.template)), row.record)


def _listed(doctype: str, filters: dict[str, Any], moment: str, *fields: str) -> Iterator[frappe._dict]:
	"""The newest of the records that whoever asks may read, with `on`, their day, and `record`."""
	if not frappe.has_permission(doctype, "read"):
		return
	rows = frappe.get_list(
		doctype,
		{**filters, moment: ["is", "set"]},
		["name", f"{moment} as moment", *fields],
		order_by=f"{moment} desc",
		limit=OF_ONE_KIND,
	)
	for row in rows:
		row.on, row.record = getdate(row.moment), (doctype, row.name)
		yield row


def _titles(groups: Collection[str]) -> dict[str, str]:
	if not groups or not frappe.has_permission(GROUP, "read"):
		return {}
	wanted = {"name": ["in", sorted(groups)]}
	return dict(frappe.get_list(GROUP, wanted, ["name", "title"], as_list=True, limit=0, order_by=None))


def _applications(profile: str) -> Iterator[Entry]:
	for role in ("Mentor", "Mentee"):
		for row in _listed(role, {"profile": profile}, "applied_on", "cycle", "status", "decided_on"):
			words = _("Applied as {0}: {1} ({2})").format(_(role), row.cycle, _(row.status))
			yield Entry(row.on, "application", words, row.record)
			if row.decided_on:
				decided = (
					_("Application rejected: {0}")
					if row.status == "Rejected"
					else _("Application approved: {0}")
				)
				yield Entry(getdate(row.decided_on), "application", decided.format(row.cycle), row.record)


def _groups(profile: str, titles: dict[str, str]) -> Iterator[Entry]:
	for seat in seats(list(titles), profiles=[profile]):
		for moment, words in _changes_of(seat):
			if moment:
				yield Entry(getdate(moment), "group", words.format(titles[seat.group]), (GROUP, seat.group))


def _changes_of(seat: Any) -> Iterator[tuple[Any, str]]:
	yield seat.proposed_on, _("Match proposed: {0}")
	if seat.status in DECLINED:
		yield seat.responded_on or seat.left_on, _("Match declined or expired: {0}")
		return
	yield seat.joined_on, _("Started in {0}")
	if seat.status in LEFT:
		yield seat.left_on, _("Left {0}")
	if seat.status == "Completed":
		yield seat.left_on, _("Completed {0}")


def _meetings(profile: str, titles: dict[str, str]) -> Iterator[Entry]:
	"""The meetings of their groups that they attended; by the groups, for which there is an index."""
	if not titles or not frappe.has_permission(SESSION, "read"):
		return
	session, row = DocType(SESSION), DocType("Mentoring Session Attendance")
	query = (
		frappe.qb.from_(session)
		.join(row)
		.on((row.parent == session.name) & (row.parenttype == SESSION))
		.select(
			session.name, session.mentoring_group, session.starts_on, session.duration_minutes, row.minutes
		)
		.where(session.mentoring_group.isin(sorted(titles)) & (session.status == "Held"))
		.where((row.profile == profile) & (row.attended == 1))
		.orderby(session.starts_on, order=Order.desc)
		.limit(OF_ONE_KIND)
	)
	for name, group, starts_on, length, there in only_open(query, SESSION).run():
		minutes = there or length or 0
		words = _("Met in {0}, {1} minutes").format(titles[group], minutes)
		yield Entry(getdate(starts_on), "meeting", words, (SESSION, name), minutes)


def _workshops(profile: str) -> Iterator[Entry]:
	if not frappe.has_permission(WORKSHOP, "read"):
		return
	rows = frappe.get_list(
		WORKSHOP,
		[
			["Mentoring Workshop Participant", "profile", "=", profile],
			["Mentoring Workshop Participant", "status", "=", "Attended"],
		],
		["name", "title", "starts_on"],
		order_by="starts_on desc",
		limit=OF_ONE_KIND,
	)
	for row in rows:
		words = _("Attended the workshop {0}").format(row.title)
		yield Entry(getdate(row.starts_on), "workshop", words, (WORKSHOP, row.name))
