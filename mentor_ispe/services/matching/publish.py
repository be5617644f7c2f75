"""Publish a match run: make its groups, take the seats, have everyone told.

All of it is one transaction. Membership, seats and every other rule are asked again for each group at
that moment, since they may have changed since the run; what a rule refuses stays in the run with the
reason, and the people in it stay in the pool.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import get_datetime, getdate, now_datetime

from mentor_ispe.concurrency.locks import lock_people
from mentor_ispe.concurrency.lost_jobs import forget
from mentor_ispe.exceptions import RuleViolation, error_text, raise_violations
from mentor_ispe.mails import outbox
from mentor_ispe.membership import commitment
from mentor_ispe.notifications import mentoring_group
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.matching.job_liveness import PUBLISH_JOB, is_abandoned
from mentor_ispe.services.matching.layout import PROPOSAL, RUN, co_mentors_of, names_of_mentors
from mentor_ispe.services.matching.rules import forbidden_in, forbidden_together

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_group.mentoring_group import MentoringGroup
	from mentor_ispe.mentor_ispe.doctype.mentoring_match_run.mentoring_match_run import MentoringMatchRun

_SAVEPOINT = "mentoring_publish_group"


def start(run: str) -> MentoringMatchRun:
	"""Put the publication of a finished run in the queue; one whose job is gone is taken over."""
	doc = frappe.get_doc(RUN, run, for_update=True)
	abandoned = doc.status == "Publishing" and is_abandoned(run, doc.status, doc.modified)
	if doc.status != "Ready" and not abandoned:
		_refuse_status(doc)
	_refuse_if_empty(_proposals(run))
	doc.check_permission("write")
	if abandoned:
		forget(PUBLISH_JOB.format(run))
	doc.db_set({"status": "Publishing", "progress": 0})
	frappe.enqueue(
		"mentor_ispe.jobs.matching.publish_run",
		queue="long",
		timeout=3600,
		enqueue_after_commit=True,
		job_id=PUBLISH_JOB.format(run),
		deduplicate=True,
		run=run,
	)
	return doc


def abandoned() -> list[str]:
	"""Runs that say they are being published while no job does it."""
	rows = frappe.get_all(RUN, {"status": "Publishing"}, ["name", "status", "modified"], order_by="modified")
	return [row.name for row in rows if is_abandoned(row.name, row.status, row.modified)]


def take_over(run: str) -> bool:
	"""Start an abandoned publication again for whoever asked for it; False when somebody else did meanwhile."""
	doc = frappe.get_doc(RUN, run, for_update=True)
	if not (doc.status == "Publishing" and is_abandoned(run, doc.status, doc.modified)):
		return False
	user, asked_by = frappe.session.user, doc.modified_by
	if frappe.db.get_value("User", asked_by, "enabled"):
		frappe.set_user(asked_by)
	try:
		start(run)
	except frappe.PermissionError as error:  # they are no coordinator any more
		frappe.throw(str(error), exc=RuleViolation)
	finally:
		frappe.set_user(user)
	return True


def is_due(run: str) -> bool:
	"""Whether the run, locked from here on, is still to be published."""
	status = frappe.db.get_value(RUN, run, "status", for_update=True)
	return status == "Publishing"


def publish(run: str, progress: Callable[[float], None] = lambda share: None) -> dict[str, int]:
	"""Publish the proposals of a finished run; returns how many groups were made and refused.

	`progress` is called with the share that is done, from 0 to 1. The caller commits.
	"""
	doc = frappe.get_doc(RUN, run, for_update=True)
	if doc.status not in ("Ready", "Publishing"):
		_refuse_status(doc)
	rows = _proposals(run)
	_refuse_if_empty(rows)
	mentors = {name for row in rows for name in (row.mentor, *co_mentors_of(row)) if name}
	people = lock_people(mentors, {row.mentee for row in rows})
	profiles = [row.profile for side in people for row in side.values()]
	announce_on = announcement_of(doc.cycle)
	forbidden = forbidden_in(doc.cycle)
	counts = {"published": 0, "refused": 0}
	groups = [list(members) for _key, members in groupby(rows, key=lambda row: row.group_key)]
	notices: list[outbox.Notice] = []
	with commitment.many_at_once(profiles, doc.cycle, doc.program):
		for number, members in enumerate(groups, 1):
			if group := _publish_group(doc, members, announce_on, forbidden):
				counts["published"] += 1
				notices += mentoring_group.proposals(group)
			else:
				counts["refused"] += 1
			progress(number / len(groups))
	outbox.enqueue_all(notices)
	doc.db_set(
		{
			"status": "Published",
			"progress": 100,
			"published_on": now_datetime(),
			"published_by": frappe.session.user,
			"announce_on": announce_on,
			"message": _("Groups proposed: {0}. Refused by a rule: {1}.").format(
				counts["published"], counts["refused"]
			),
		}
	)
	return counts


def announcement_of(cycle: str) -> datetime | None:
	"""When the cycle's matches are told; None: at once, since no day is set or it is past."""
	day, time = frappe.db.get_value("Mentoring Cycle", cycle, ["announcement_date", "announcement_time"])
	if not day:
		return None
	moment = get_datetime(f"{getdate(day)} {time or '00:00:00'}")
	return moment if moment > now_datetime() else None


def _proposals(run: str) -> list[frappe._dict]:
	return frappe.get_all(
		PROPOSAL,
		{"match_run": run, "state": "Proposed"},
		[
			"name",
			"group_key",
			"mentee",
			"mentee_name",
			"mentor",
			"mentor_name",
			"co_mentors",
			"is_moderator",
			"reason",
		],
		order_by="group_key, mentee",
	)


def _refuse_status(doc: MentoringMatchRun) -> None:
	frappe.throw(
		_("This run is {0}. You can publish only a finished run.").format(_(doc.status)), exc=RuleViolation
	)


def _refuse_if_empty(rows: list[frappe._dict]) -> None:
	if not rows:
		frappe.throw(_("This run proposes nobody, so there is nothing to publish."), exc=RuleViolation)


def _publish_group(
	doc: MentoringMatchRun,
	members: list[frappe._dict],
	announce_on: datetime | None,
	forbidden: set[tuple[str, str]],
) -> MentoringGroup | None:
	frappe.db.savepoint(_SAVEPOINT)
	try:
		first, beside = members[0], co_mentors_of(members[0])
		names = {row.mentee: row.mentee_name for row in members} | {first.mentor: first.mentor_name}
		raise_violations(forbidden_together(names | names_of_mentors(beside), forbidden))
		group = propose(
			doc.cycle,
			[row.mentee for row in members],
			[first.mentor, *beside] if first.mentor else None,
			reasons={row.mentee: row.reason for row in members},
			moderator=next((row.mentee for row in members if row.is_moderator), None),
			match_run=doc.name,
			announce_on=announce_on,
		)
	except RuleViolation as refused:
		frappe.db.rollback(save_point=_SAVEPOINT)
		frappe.clear_last_message()
		_mark(members, {"state": "Refused", "refusal": error_text(refused)})
		return None
	_mark(members, {"state": "Published", "mentoring_group": group.name})
	return group


def _mark(members: list[frappe._dict], values: dict) -> None:
	table = frappe.qb.DocType(PROPOSAL)
	query = frappe.qb.update(table).where(table.name.isin([row.name for row in members]))
	for field, value in values.items():
		query = query.set(table[field], value)
	query.run()
