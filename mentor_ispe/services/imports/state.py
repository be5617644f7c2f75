"""Where an import stands: who may begin what, which job it belongs to, and how far it is.

Each beginning has a number, and a job works only as long as the import still has its number: one that was thought
dead, and that somebody took over, finds that out before it writes anything.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import now_datetime
from frappe.utils.background_jobs import enqueue

from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.concurrency.lost_jobs import is_lost
from mentor_ispe.domain.violations import N_
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_import.mentoring_import import UNDER_WAY

IMPORT, ROW, MAPPING = "Mentoring Import", "Mentoring Import Row", "Mentoring Import Mapping"
CHECKING, IMPORTING, UNDOING = UNDER_WAY
# What may be begun, and from where.
BEGINS = {CHECKING: ("Draft", "Checked"), IMPORTING: ("Checked", "Imported"), UNDOING: ("Imported",)}
NOT_NOW = {
	CHECKING: N_("This import is over. Start a new import."),
	IMPORTING: N_("Only a checked file can be imported. Check the file first, or start a new import."),
	UNDOING: N_(
		"There is nothing to undo. Only an import that has finished can be undone, until it is closed."
	),
}
METHODS = {CHECKING: "check", IMPORTING: "carry_out", UNDOING: "undo"}
EVENT = "mentoring_import"
TIMEOUT = 4 * 3600


def begin(name: str, what: str) -> None:
	"""Put the check, the import or the undoing in the queue; one whose job is gone is gone on with.

	Raises RuleViolation when it can't begin now.
	"""
	doc = frappe.get_doc(IMPORT, name, for_update=True)
	doc.check_permission("write")
	if doc.status in UNDER_WAY and not (doc.status == what and is_abandoned(doc)):
		frappe.throw(_("This import is already running. Wait until it has finished."), exc=RuleViolation)
	if doc.status not in UNDER_WAY and doc.status not in BEGINS[what]:
		frappe.throw(_(NOT_NOW[what]), exc=RuleViolation)
	if what == IMPORTING and doc.status != what and not _some_wait(name):
		frappe.throw(
			_("No rows are left to import. Decide about the possible duplicates, or check the file again."),
			exc=RuleViolation,
		)
	doc.db_set(
		{
			"status": what,
			"attempt": doc.attempt + 1,
			"message": None,
			"started_on": now_datetime(),
			"ended_on": None,
		},
		update_modified=False,
	)
	enqueue(
		f"mentor_ispe.jobs.imports.{METHODS[what]}",
		queue="long",
		timeout=TIMEOUT,
		enqueue_after_commit=True,
		job_id=_job_id(doc),
		name=name,
		attempt=doc.attempt,
	)


def resume(name: str) -> None:
	"""Go on with what was under way when its job broke off; raises RuleViolation when nothing did."""
	what = frappe.db.get_value(IMPORT, name, "status")
	if what not in UNDER_WAY:
		frappe.throw(_("This import is no longer running. Reload the page."), exc=RuleViolation)
	begin(name, what)


def _some_wait(name: str) -> bool:
	return bool(frappe.db.exists(ROW, {"mentoring_import": name, "status": "Waiting"}))


def is_abandoned(doc: Any) -> bool:
	"""Whether the import says that it is under way while no job works on it: it was killed, or broke off."""
	return doc.status in UNDER_WAY and is_lost(_job_id(doc), doc.started_on)


def _job_id(doc: Any) -> str:
	return f"mentoring-import-{doc.name}-{doc.attempt}"


def lock(name: str, attempt: int, what: str) -> Any | None:
	"""The import, locked until the transaction ends; None when it doesn't belong to this job any more.

	To be a transaction's first statement, so that what it reads afterwards is up to date.
	"""
	lock_row_for_write(IMPORT, name)
	if not frappe.db.exists(IMPORT, name):
		return None  # deleted meanwhile
	doc = frappe.get_doc(IMPORT, name, for_update=True)
	return doc if (doc.status, doc.attempt) == (what, attempt) else None


def end(name: str, attempt: int, what: str, values: dict[str, Any]) -> None:
	"""Write what came of it, unless somebody else has begun meanwhile; the page is told."""
	if lock(name, attempt, what) is None:
		return
	frappe.db.set_value(IMPORT, name, {**values, "ended_on": now_datetime()}, update_modified=False)
	report(name)


def report(name: str) -> None:
	"""Tell the page that something is different, once this is committed."""
	frappe.publish_realtime(EVENT, {"name": name}, doctype=IMPORT, docname=name, after_commit=True)


def counts(name: str) -> dict[str, dict[str, int]]:
	"""How many rows have each fate and each status: {"fates": {fate: rows}, "statuses": {status: rows}}."""
	row = frappe.qb.DocType(ROW)
	found = (
		frappe.qb.from_(row)
		.select(row.fate, row.status, Count("*").as_("rows"))
		.where(row.mentoring_import == name)
		.groupby(row.fate, row.status)
	).run(as_dict=True)
	result: dict[str, dict[str, int]] = {"fates": {}, "statuses": {}}
	for each in found:
		for kind, value in (("fates", each.fate), ("statuses", each.status)):
			result[kind][value or ""] = result[kind].get(value or "", 0) + each["rows"]
	return result
