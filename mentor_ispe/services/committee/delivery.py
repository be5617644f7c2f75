"""Where each mail of a report is: waiting, in Frappe's queue, sent, failed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe.utils import now_datetime

from mentor_ispe.domain.notices import notice_name
from mentor_ispe.services.committee.figures import REPORT
from mentor_ispe.services.committee.record import LEFT_OUT, key_of

NOTICE, ROW = "Mentoring Notice", "Mentoring Committee Report Recipient"
DONE = ("Sent", LEFT_OUT)
FOLLOWED_FOR = timedelta(days=25)
"""Frappe empties its queue after 30 days."""


def show(doc: Any) -> None:
	"""Put the state of today into the report's rows, without saving it."""
	for row in _open(doc.recipients):
		row.state, row.reason = _state(doc.name, row)
	doc.status = _status(doc.recipients)


def settle() -> int:
	"""Write down what became of the mails of the last weeks; returns how many reports changed."""
	changed = 0
	for name in frappe.get_all(
		REPORT, {"status": ("!=", "Sent"), "made_on": (">", now_datetime() - FOLLOWED_FOR)}, pluck="name"
	):
		doc = frappe.get_doc(REPORT, name)
		before = [(row.state, row.reason) for row in doc.recipients], doc.status
		show(doc)
		if ([(row.state, row.reason) for row in doc.recipients], doc.status) == before:
			continue
		for row in doc.recipients:
			frappe.db.set_value(ROW, row.name, {"state": row.state, "reason": row.reason})
		frappe.db.set_value(REPORT, name, "status", doc.status)
		changed += 1
	return changed


def _open(rows: list[Any]) -> list[Any]:
	return [row for row in rows if row.state not in DONE]


def _status(rows: list[Any]) -> str:
	states = {row.state for row in rows if row.state != LEFT_OUT}
	if "Failed" in states:
		return "Not Delivered"
	return "Sent" if states <= {"Sent"} else "Sending"


def _state(report: str, row: Any) -> tuple[str, str]:
	"""(state, why) of one mail"""
	notice = frappe.db.get_value(
		NOTICE, notice_name(key_of(report, row.email)), ["status", "error", "email_queue"], as_dict=True
	)
	if not notice:
		return row.state, row.reason or ""
	if notice.status == "Skipped":
		return LEFT_OUT, (notice.error or "")[:140]
	if notice.status != "Queued":
		return ("Failed" if notice.status == "Failed" else "Waiting"), (notice.error or "")[:140]
	queue = frappe.db.get_value("Email Queue", notice.email_queue, ["status", "error"], as_dict=True)
	if not queue:
		return row.state, row.reason or ""
	if queue.status == "Sent":
		return "Sent", ""
	return ("Failed", (queue.error or "")[-140:]) if queue.status == "Error" else ("Queued", "")
