"""Enqueue a notice: write down in the caller's transaction that a mail is due.

What is rolled back with the caller was never announced; what is committed will be queued by
`mails/sending.py`, once, however often a job dies on the way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import frappe
from frappe.utils import get_datetime, get_system_timezone, now_datetime

from mentor_ispe.concurrency.acts import current_act
from mentor_ispe.concurrency.after_commit import enqueue_after_commit
from mentor_ispe.domain.digest_schedule import next_morning
from mentor_ispe.domain.notices import KEY_LENGTH, notice_name
from mentor_ispe.domain.time_zones import zone_named
from mentor_ispe.mails.attachments import is_written_by_record
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates.digests import YOUR_DAY
from mentor_ispe.mails.readers import AT_MOST_ONE_A_DAY

NOTICE = "Mentoring Notice"
PROFILE = "Mentoring Profile"

FLUSH = "mentor_ispe.jobs.mails.flush_notices"
"""Queues what is due; the scheduler runs it every few minutes as well."""
REHEARSED = "mentoring_rehearsed_notices"
"""Where `mails/rehearsal.py` gets notices, by name, instead of the table."""
_SAVEPOINT = "mentoring_notice_post"
_AT_ONCE = 1000


@dataclass(frozen=True)
class Notice:
	"""An occasion to announce, by `key`, to a profile or to an address.

	`template` names an Email Template, `context` are its values (dates and plain values, kept as JSON),
	`reference` is the (DocType, name) that it is about. The mail waits until `not_before`, if given.
	`calendar` is an iCalendar message that goes with the mail.
	"""

	key: str
	template: str
	profile: str | None = None
	recipient: str | None = None
	context: dict[str, Any] = field(default_factory=dict)
	reference: tuple[str, str] | None = None
	not_before: datetime | None = None
	calendar: str | None = None


def enqueue(
	key: str,
	template: str,
	profile: str | None = None,
	recipient: str | None = None,
	context: dict[str, Any] | None = None,
	reference: tuple[str, str] | None = None,
	not_before: datetime | None = None,
	calendar: str | None = None,
) -> bool:
	"""Announce one occasion; False if that was done before. See Notice and enqueue_all."""
	notice = Notice(key, template, profile, recipient, context or {}, reference, not_before, calendar)
	return enqueue_all([notice]) == 1


def enqueue_all(notices: Iterable[Notice]) -> int:
	"""Announce those of the occasions that weren't announced before and return how many these are.

	A handful of queries for every thousand notices. Raises ValueError for a key that is empty or longer than
	140 characters, and for a person without an address.
	"""
	given = list({notice.key: notice for notice in notices}.values())
	return sum(_enqueue(given[start : start + _AT_ONCE]) for start in range(0, len(given), _AT_ONCE))


def _enqueue(notices: Iterable[Notice]) -> int:
	fresh = {notice.key: notice for notice in notices}
	for key in fresh:
		if not key or len(key) > KEY_LENGTH:
			raise ValueError(f"A notice key has 1 to {KEY_LENGTH} characters: {key!r}")
	for key in already_enqueued(fresh):
		del fresh[key]
	if not fresh:
		return 0
	rows = _rows(fresh.values())
	rehearsed = frappe.flags.get(REHEARSED)
	if rehearsed is not None:
		rehearsed.update((row["name"], row) for row in rows)
		return len(rows)
	frappe.db.savepoint(_SAVEPOINT)
	inserted = _insert(rows)
	frappe.db.release_savepoint(_SAVEPOINT)
	if inserted:
		enqueue_after_commit(FLUSH, queue="default")
	return inserted


def redirect(profile: str, old: str, new: str) -> None:
	"""Give what waits to be sent to a person their new address."""
	waiting = frappe.get_all(
		NOTICE,
		{"profile": profile, "recipient": old, "status": ("in", ("Pending", "Failed"))},
		pluck="name",
		order_by="name",
	)
	for name in waiting:
		frappe.db.set_value(NOTICE, name, "recipient", new)


def already_enqueued(keys: Collection[str]) -> set[str]:
	"""Return those of the keys that were announced before, in one query."""
	if not keys:
		return set()
	names = {notice_name(key): key for key in keys}
	there = frappe.get_all(NOTICE, filters={"name": ("in", list(names))}, pluck="name")
	return {names[name] for name in there}


def enqueued_before(keys: Iterable[str], moment: datetime) -> set[str]:
	"""Return those of the keys that were announced before the moment, in one query."""
	names = {notice_name(key): key for key in keys}
	filters = {"name": ("in", list(names) or [""]), "creation": ("<", moment)}
	return {names[name] for name in frappe.get_all(NOTICE, filters=filters, pluck="name")}


def _rows(notices: Collection[Notice]) -> list[dict[str, Any]]:
	people = _people({notice.profile for notice in notices if notice.profile})
	user, moment, act = frappe.session.user, now_datetime(), current_act()
	rows = []
	for notice in notices:
		person = people.get(notice.profile or "") or frappe._dict()
		recipient = notice.recipient or person.email
		if not recipient:
			raise ValueError(f"The notice {notice.key!r} has nobody to go to")
		reference_doctype, reference_name = notice.reference or (None, None)
		joined_in, not_before = digest_for(notice, person.mail_rhythm, person.time_zone, moment)
		rows.append(
			{
				"name": notice_name(notice.key),
				"owner": user,
				"modified_by": user,
				"creation": moment,
				"modified": moment,
				"notice_key": notice.key,
				"template": notice.template,
				"recipient": recipient,
				"profile": notice.profile,
				"status": "Pending",
				"context": frappe.as_json(notice.context, indent=None),
				"reference_doctype": reference_doctype,
				"reference_name": reference_name,
				"not_before": not_before,
				"joined_in": joined_in,
				"calendar": notice.calendar,
				"act": None if joined_in or is_written_by_record(reference_doctype) else act,
			}
		)
	return rows


def digest_for(
	notice: Notice, rhythm: str | None, zone: str | None, moment: datetime
) -> tuple[str | None, datetime | None]:
	"""(the template of the mail that it joins, None for a mail of its own; not before).

	`rhythm` and `zone` are the person's, None for an address; `moment` is now, on the site's clock. Whoever
	chose one mail a day gets what may wait in it. A matter that has an hour of its own, such as the
	announcement of the matches, keeps it.
	"""
	mail = MAILS.get(notice.template)
	alone = None, notice.not_before
	has_its_hour = notice.not_before and get_datetime(notice.not_before) > moment
	if mail is None or notice.calendar or has_its_hour:
		return alone
	if rhythm in AT_MOST_ONE_A_DAY and not mail.immediate:
		return YOUR_DAY, _morning(moment, zone)
	if mail.digest_list:
		return notice.template, _morning(moment, zone)
	return alone


def _morning(moment: datetime, zone: str | None) -> datetime:
	"""The next morning of somebody in the zone, on the site's clock."""
	site = ZoneInfo(get_system_timezone())
	morning = next_morning(moment.replace(tzinfo=site), zone_named(zone) or site)
	return morning.astimezone(site).replace(tzinfo=None)


def _people(profiles: Collection[str]) -> dict[str, frappe._dict]:
	if not profiles:
		return {}
	fields = ["name", "email", "time_zone", "mail_rhythm"]
	found = frappe.get_all(PROFILE, filters={"name": ("in", sorted(profiles))}, fields=fields)
	return {row.name: row for row in found}


def _insert(rows: list[dict[str, Any]]) -> int:
	"""Insert the rows but those that someone else inserted in the meantime; return how many.

	Not by `Document.insert`, which tells the user of a duplicate that is none of their business.
	"""
	table = frappe.qb.DocType(NOTICE)
	try:
		frappe.qb.into(table).columns(*rows[0]).insert(*(tuple(row.values()) for row in rows)).run()
		return len(rows)
	except Exception as error:
		if not (frappe.db.is_primary_key_violation(error) or frappe.db.is_unique_key_violation(error)):
			raise
		frappe.db.rollback(save_point=_SAVEPOINT)
	if len(rows) == 1:
		return 0
	inserted = 0
	for row in rows:
		frappe.db.savepoint(_SAVEPOINT)
		inserted += _insert([row])
	return inserted
