"""The coordinators' week: what waits for each of them, in one mail on Monday, or later when that was missed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import frappe
from frappe.utils import cint, get_url

from mentor_ispe.clock import today
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails.coordinators import COORDINATOR
from mentor_ispe.mails.default_templates.digests import WEEKLY_DIGEST
from mentor_ispe.mails.outbox import Notice, already_enqueued, enqueue_all
from mentor_ispe.mails.rendering import use_language
from mentor_ispe.services.desk.needs_you import Need, needs_you

SETTINGS = "Mentoring Settings"
CONCERNS = "Mentoring Concern"


def write(on: date | None = None) -> int:
	"""Tell every coordinator what waits for them, once a week; returns how many were told.

	Nothing where Mentoring Settings doesn't say so, nor to those for whom nothing waits.
	"""
	if not cint(frappe.db.get_single_value(SETTINGS, "weekly_digest")):
		return 0
	year, week, _weekday = (on or today()).isocalendar()
	readers = {make_key("weekly-digest", f"{year}-{week:02}", one.email): one for one in _readers()}
	for key in already_enqueued(readers):
		del readers[key]
	notices = []
	for key, reader in readers.items():
		with use_language(reader.language):
			needs = _needs_of(reader)
			if needs:
				notices.append(Notice(key, WEEKLY_DIGEST, recipient=reader.email, context=_context(needs)))
	return enqueue_all(notices)


def _readers() -> Iterator[frappe._dict]:
	"""The coordinators' shared address, else every coordinator with a login of their own."""
	shared = frappe.db.get_single_value(SETTINGS, "coordinator_email")
	if shared:
		yield frappe._dict(email=shared, user=None, language=None)
		return
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	yield from (
		frappe.qb.from_(user)
		.join(role)
		.on((role.parent == user.name) & (role.parenttype == "User"))
		.select(user.name.as_("user"), user.email, user.language)
		.where((role.role == COORDINATOR) & (user.enabled == 1) & user.email.notnull())
		.where(user.name.notin(["Administrator", "Guest"]))
		.orderby(user.email)
		.distinct()
	).run(as_dict=True)


def _needs_of(reader: frappe._dict) -> list[Need]:
	"""Counted as the reader sees it. Who reads a shared address isn't known, so that concerns are left out:
	a coordinator who is in the group isn't to hear that there is one."""
	if reader.user:
		return needs_you(user=reader.user)
	return [need for need in needs_you(user="Administrator") if need.doctype != CONCERNS]


def _context(needs: list[Need]) -> dict[str, Any]:
	return {
		"needs": [
			{"label": need.label, "count": need.count, "oldest": need.oldest, "url": need.url}
			for need in needs
		],
		"total": sum(need.count for need in needs),
		"desk_url": get_url("/app/mentoring"),
	}
