"""What waits for a coordinator today: each thing with its number, and with the list that it was counted in.

A need is counted through the same list that its filters open, as the same user: the number is that list's,
whatever the user's permissions leave of it. The number of statements depends on nothing but the kinds. Once a
week, on Monday or later when that was missed, it goes to them in a mail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote

import frappe
from frappe.utils import cint, get_url, getdate

from mentor_ispe.clock import today
from mentor_ispe.domain.notices import make_key
from mentor_ispe.mails.coordinators import COORDINATOR
from mentor_ispe.mails.default_templates.digests import WEEKLY_DIGEST
from mentor_ispe.mails.outbox import Notice, already_enqueued, enqueue_all
from mentor_ispe.mails.rendering import use_language
from mentor_ispe.permissions import conflict_of_interest
from mentor_ispe.services.desk import snoozing
from mentor_ispe.services.desk.worklist_kinds import KINDS, Asked, Kind, named

Filters = list[list[Any]]

LONGEST = 2000
"""Characters of an address that every web server and mail program takes."""
WORKSPACE = "/app/mentoring"
ANYBODYS, MINE, NOBODYS = "", "mine", "nobodys"
"""Whose tasks are asked for: Frappe's assignment says who looks after a record."""
SETTINGS, CONCERNS = "Mentoring Settings", "Mentoring Concern"

# Later versions of Frappe take functions of the database as dicts only.
AS_DICTS = find_spec("frappe.model.qb_query") is not None


@dataclass(frozen=True)
class Need:
	"""So many records of `doctype` wait, the longest since `oldest`; `filters` open exactly their list.

	`label` says what to do with them, `action` which step of bulk.py does it for all of them.

	`late` of them are past a promised or agreed day, in the list of `late_filters`; `late_label` says what
	that is. Filters are rows of [doctype, field, operator, value].
	"""

	code: str
	label: str
	count: int
	oldest: date | None
	doctype: str
	filters: Filters
	late: int = 0
	late_label: str = ""
	late_filters: Filters = field(default_factory=list)
	action: str = ""
	action_label: str = ""

	@property
	def route(self) -> str:
		"""The path of the list in the Desk, with its filters."""
		return list_route(self.doctype, self.filters)

	@property
	def url(self) -> str:
		"""The whole address of the list, for mails; of the workspace where it names too many records."""
		return get_url(self.route if len(self.route) <= LONGEST else WORKSPACE)


def list_route(doctype: str, filters: Filters) -> str:
	"""The path of a list in the Desk that shows the records of these filters."""
	asked = "&".join(
		f"{field}={quote(frappe.as_json([operator, _as_sent(operator, value)], indent=None))}"
		for _doctype, field, operator, value in filters
	)
	return f"/app/{frappe.scrub(doctype).replace('_', '-')}/view/list" + (f"?{asked}" if asked else "")


def _as_sent(operator: str, value: Any) -> Any:
	"""As the Desk writes it into an address: days as two, names as one text."""
	return ",".join(value) if operator in ("in", "not in") else value


def worklist(program: str | None = None, user: str | None = None, whose: str = ANYBODYS) -> list[Need]:
	"""Everything that waits for a coordinator, of one program or of all; what nothing waits for is left out.

	Counted as `user` (default: who asks) sees it: lists that they may not read aren't among them, nor what was
	put off until a later day. `whose` narrows it to what is assigned to them, or to nobody.
	"""
	asked = Asked(program, user or frappe.session.user, today())
	snoozed = snoozing.names(asked.day)
	with conflict_of_interest.asked_once(asked.user):
		needs = [_need(kind, asked, snoozed.get(kind.doctype, ()), whose) for kind in KINDS]
	return [need for need in needs if need is not None and need.count]


def need(code: str, program: str | None = None, user: str | None = None) -> Need | None:
	"""One of the needs by its code, also when nothing waits; None when the user may not read the list."""
	asked = Asked(program, user or frappe.session.user, today())
	kind = next(kind for kind in KINDS if kind.code == code)
	return _need(kind, asked, snoozing.names(asked.day).get(kind.doctype, ()))


def _narrowing(user: str, snoozed: Collection[str], whose: str) -> list[list[Any]]:
	"""Further conditions of every list. Frappe keeps the people a record is assigned to as a JSON list."""
	found: list[list[Any]] = []
	if whose == MINE:
		found.append(["_assign", "like", f'%"{user}"%'])
	elif whose == NOBODYS:
		found.append(["_assign", "not like", "%@%"])
	if snoozed:
		found.append(["name", "not in", sorted(snoozed)])
	return found


def _need(kind: Kind, asked: Asked, snoozed: Collection[str], whose: str = ANYBODYS) -> Need | None:
	if not frappe.has_permission(kind.doctype, "read", user=asked.user):
		return None
	conditions = kind.filters(asked)
	if conditions is None:
		return None
	conditions = [*conditions, *_narrowing(asked.user, snoozed, whose)]
	filters = [[kind.doctype, *condition] for condition in conditions]
	if conditions[0][:2] == ["name", "in"]:
		count, oldest, filters = _named_figures(kind, filters, asked.user)
	else:
		count, oldest = _figures(kind.doctype, filters, kind.oldest, asked.user)
	late, late_filters = 0, []
	if kind.late:
		late_filters = _narrowed(filters, [[kind.doctype, *condition] for condition in kind.late(asked)])
		late = _figures(kind.doctype, late_filters, kind.oldest, asked.user)[0]
	return Need(
		kind.code,
		str(kind.label),
		count,
		getdate(oldest) if oldest else None,
		kind.doctype,
		filters,
		late,
		str(kind.late_label),
		late_filters,
		kind.action,
		str(kind.action_label),
	)


def _narrowed(filters: Filters, further: Filters) -> Filters:
	"""A list's address has one condition for each field: the narrower one takes the place of the wider."""
	fields = {condition[1] for condition in further}
	return [condition for condition in filters if condition[1] not in fields] + further


def _named_figures(kind: Kind, filters: Filters, user: str) -> tuple[int, Any, Filters]:
	"""The same of records that are named, with the filters that name only those which the user may read."""
	rows = frappe.get_list(kind.doctype, filters=filters, fields=["name", kind.oldest], limit=0, user=user)
	days = [row[kind.oldest] for row in rows if row[kind.oldest]]
	readable = [[kind.doctype, *condition] for condition in named({row.name for row in rows})]
	return len(rows), min(days, default=None), readable


def _figures(doctype: str, filters: Filters, oldest: str, user: str) -> tuple[int, Any]:
	"""How many records the list has, and the earliest `oldest` among them; one statement."""
	if AS_DICTS:
		fields: list[Any] = [{"COUNT": "name", "as": "total"}, {"MIN": oldest, "as": "oldest"}]
	else:
		fields = ["count(name) as total", f"min({oldest}) as oldest"]
	rows = frappe.get_list(doctype, filters=filters, fields=fields, order_by=None, user=user)
	return rows[0].total, rows[0].oldest


def send_weekly_digest(on: date | None = None) -> int:
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
		return worklist(user=reader.user)
	return [need for need in worklist(user="Administrator") if need.doctype != CONCERNS]


def _context(needs: list[Need]) -> dict[str, Any]:
	return {
		"needs": [
			{"label": need.label, "count": need.count, "oldest": need.oldest, "url": need.url}
			for need in needs
		],
		"total": sum(need.count for need in needs),
		"desk_url": get_url("/app/mentoring"),
	}
