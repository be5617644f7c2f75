"""A group's action items: agreed in a meeting, carried into the next ones until done or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import cstr, get_datetime, getdate

from mentor_ispe.clock import today
from mentor_ispe.concurrency.locks import SESSION, lock_group
from mentor_ispe.domain.sessions import action_items as domain
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.permissions import gate, group_records
from mentor_ispe.permissions.own_session import require_own_session
from mentor_ispe.readings.meetings import group_of
from mentor_ispe.readings.profiles import names_of
from mentor_ispe.readings.seats import profiles_in
from mentor_ispe.services.sessions import managing, sealing

ITEM = "Mentoring Action Item"
LONGEST = 2_000
COLUMNS = [
	*("name", "session", "assigned_to", "due_on", "status"),
	*("closed_on", "closed_by", "closed_in", "content"),
]


def add(session: str, profile: str, items: Iterable[Mapping[str, Any]]) -> list[str]:
	"""Agree on action items in a meeting, as somebody with an active seat; return their names.

	Each has `words`, and maybe `assigned_to` (a profile of the group) and `due_on` (a date).
	"""
	group = group_of(session)
	gate.require(group, profile, gate.WRITE)
	responsible = set(profiles_in(group, gate.READ))
	names = []
	for item in items:
		words, whose = cstr(item.get("words")).strip(), item.get("assigned_to") or None
		_refuse_senseless(words, whose, responsible)
		doc = frappe.new_doc(ITEM)
		doc.update(
			{
				"mentoring_group": group,
				"session": session,
				"assigned_to": whose,
				"due_on": _day(item.get("due_on")),
				"status": "Open",
				"content": sealing.seal({"words": words}, group),
			}
		)
		names.append(group_records.save(doc).name)
	return names


def close(item: str, profile: str, status: str = "Done", session: str | None = None) -> str:
	"""Close an item as Done or Dropped, maybe in a meeting; doing it twice changes nothing. Returns its status.

	Somebody else's item is closed by those who manage the group's meetings.
	"""
	group = frappe.db.get_value(ITEM, item, "mentoring_group")
	gate.require(group, profile, gate.WRITE)
	lock_group(group)
	doc = frappe.get_doc(ITEM, item, for_update=True)
	if session and group_of(session) != group:
		frappe.throw(_("The meeting belongs to another group."), exc=RuleViolation)
	raise_violations(domain.check_close(doc.status, status))
	if doc.status == "Open":
		managing.require_closer(group, profile, doc.assigned_to)
		doc.update({"status": status, "closed_on": today(), "closed_by": profile, "closed_in": session})
		group_records.save(doc)
	return doc.status


def of_group(group: str, profile: str) -> list[dict[str, Any]]:
	"""Every action item of the group, open ones first, for somebody of the group."""
	gate.require(group, profile, gate.READ)
	require_own_session()
	rows = frappe.get_all(ITEM, {"mentoring_group": group}, COLUMNS, order_by="creation, name")
	return sorted(_readable(rows, group), key=lambda item: item["status"] != "Open")


def agreed_in(session: str) -> list[dict[str, Any]]:
	"""The items agreed in a meeting; the caller has made sure that the reader may."""
	rows = frappe.get_all(ITEM, {"session": session}, COLUMNS, order_by="creation, name")
	return _readable(rows, group_of(session))


def carried_into(session: str) -> list[dict[str, Any]]:
	"""The items of earlier meetings that come into this one; the caller has made sure that the reader may."""
	group, starts_on = frappe.db.get_value(SESSION, session, ["mentoring_group", "starts_on"])
	rows = frappe.get_all(ITEM, {"mentoring_group": group}, COLUMNS, order_by="creation, name")
	starts = _starts(row for item in rows for row in (item.session, item.closed_in))
	items = [
		domain.Item(
			row.name,
			starts[row.session],
			row.status,
			row.closed_on and getdate(row.closed_on),
			starts.get(row.closed_in),
		)
		for row in rows
	]
	by_name = {row.name: row for row in rows}
	brought = domain.carried_into(get_datetime(starts_on), items)
	return _readable([by_name[item.name] for item in brought], group)


def count_open(groups: Iterable[str]) -> dict[str, int]:
	"""How many action items are open in each of these groups; one query."""
	table = frappe.qb.DocType(ITEM)
	rows = (
		frappe.qb.from_(table)
		.select(table.mentoring_group, Count("*"))
		.where((table.status == "Open") & table.mentoring_group.isin(sorted(set(groups)) or [""]))
		.groupby(table.mentoring_group)
	).run()
	return dict(rows)


def _starts(sessions: Iterable[str | None]) -> dict:
	names = sorted({name for name in sessions if name})
	rows = frappe.get_all(SESSION, {"name": ("in", names or [""])}, ["name", "starts_on"])
	return {row.name: get_datetime(row.starts_on) for row in rows}


def _readable(rows: Iterable[frappe._dict], group: str | None) -> list[dict[str, Any]]:
	rows = list(rows)
	names = names_of(name for row in rows for name in (row.assigned_to, row.closed_by))
	return [
		{
			"name": row.name,
			"words": sealing.unseal(row.content, group).get("words", ""),
			"assigned_to": row.assigned_to,
			"assigned_name": names.get(row.assigned_to, ""),
			"due_on": row.due_on,
			"status": row.status,
			"session": row.session,
			"closed_on": row.closed_on,
			"closed_by_name": names.get(row.closed_by, ""),
		}
		for row in rows
	]


def _refuse_senseless(words: str, whose: str | None, responsible: set[str]) -> None:
	if not words:
		frappe.throw(_("Describe in a few words what needs to be done."), exc=RuleViolation)
	if len(words) > LONGEST:
		frappe.throw(_("An action item can have up to {0} characters.").format(LONGEST), exc=RuleViolation)
	if whose and whose not in responsible:
		frappe.throw(_("Assign the action item to someone in the group."), exc=RuleViolation)


def _day(value: Any):
	try:
		return getdate(value) if value else None
	except (ValueError, frappe.ValidationError):
		frappe.throw(
			_("{0} is not a valid date. Use the format YYYY-MM-DD.").format(value), exc=RuleViolation
		)
