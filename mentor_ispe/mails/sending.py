"""Queue the notices that are due: each becomes one Email Queue row, exactly once, or waits.

The Email Queue row and the notice's new status are written in one transaction for each notice, so a
job that dies leaves a notice either queued or pending, never half done. Two jobs at the same moment
share the work, since each locks the notice it is at and passes by those that are locked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import add_to_date, now_datetime, validate_email_address

from mentor_ispe.exceptions import LOST_TRANSACTION
from mentor_ispe.mails import calendar_part
from mentor_ispe.mails.outbox import NOTICE
from mentor_ispe.mails.rendering import CannotRender, render

# A notice that failed is tried again after so long, for as long as it takes.
RETRY_AFTER_HOURS = 1
BATCH = 500
_SAVEPOINT = "mentoring_notice_send"


@dataclass
class Flushed:
	"""What one run did; `waiting` says why nothing could be queued at all, if so."""

	queued: int = 0
	failed: int = 0
	skipped: int = 0
	waiting: str = ""


def flush(limit_seconds: float = 240) -> Flushed:
	"""Queue what is due, oldest first, commit after each, and stop after about `limit_seconds`."""
	result = Flushed()
	frappe.db.commit()  # see what others have committed by now
	names = _due()
	first = next(names, None)
	if first is None:
		return result
	if not _can_send():
		result.waiting = _("This site has no outgoing Email Account. The mails wait until it has one.")
		_leave_waiting(result.waiting)
		return result
	started = monotonic()
	for name in _chain(first, names):
		status = _queue_one(name)
		frappe.db.commit()
		if status:
			setattr(result, status.lower(), getattr(result, status.lower()) + 1)
		if monotonic() - started > limit_seconds:
			break
	return result


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
	yield first
	yield from rest


def _due() -> Iterator[str]:
	"""Names of pending notices, oldest first, then of those that failed some time ago; each one once."""
	seen: set[str] = set()
	for filters in (
		{"status": "Pending"},
		{"status": "Failed", "modified": ("<", add_to_date(now_datetime(), hours=-RETRY_AFTER_HOURS))},
	):
		offset = 0
		while names := frappe.get_all(
			NOTICE,
			filters=filters,
			or_filters=[["not_before", "is", "not set"], ["not_before", "<=", now_datetime()]],
			pluck="name",
			order_by="creation, name",
			limit=BATCH,
			start=offset,
		):
			fresh = [name for name in names if name not in seen]
			seen.update(fresh)
			# What another job holds, or what couldn't be done, stays at the front of the list.
			offset = 0 if fresh else offset + BATCH
			yield from fresh


def _can_send() -> bool:
	# A site that mutes its mails has an account made of thin air, without an address.
	account = EmailAccount.find_outgoing()
	return bool(account and account.get("email_id"))


def _leave_waiting(reason: str) -> None:
	"""Write the reason into each notice by its name: a search would lock the table that every step posts to."""
	waiting = frappe.get_all(NOTICE, {"status": "Pending"}, ["name", "error"], order_by="name")
	for start in range(0, len(waiting), BATCH):
		for notice in waiting[start : start + BATCH]:
			if notice.error != reason:
				frappe.db.set_value(NOTICE, notice.name, "error", reason, update_modified=False)
		frappe.db.commit()


def _queue_one(name: str) -> str | None:
	"""Queue one notice and return its new status; None when another job has it."""
	try:
		notice = frappe.db.get_value(
			NOTICE,
			{"name": name, "status": ("in", ("Pending", "Failed"))},
			"*",
			as_dict=True,
			for_update=True,
			skip_locked=True,
		)
		if not notice:
			return None
		frappe.db.savepoint(_SAVEPOINT)
		try:
			values = _send(notice)
		except LOST_TRANSACTION:
			raise
		except Exception as error:
			frappe.db.rollback(save_point=_SAVEPOINT)
			frappe.clear_messages()
			values = {"status": "Failed", "error": str(error)[:1000]}
			if notice.status == "Pending" and not isinstance(error, CannotRender):
				frappe.log_error(
					"Mentoring: a mail couldn't be queued", reference_doctype=NOTICE, reference_name=name
				)
		frappe.db.set_value(NOTICE, name, values)
		return values["status"]
	except LOST_TRANSACTION:
		frappe.db.rollback()  # the notice is as it was and comes up again
		return None


def _send(notice) -> dict:
	"""Write the Email Queue row and return the notice's new values."""
	if not validate_email_address(notice.recipient):
		return {"status": "Failed", "error": _("{0} is no email address.").format(notice.recipient)}
	mail = render(notice.template, notice.context, notice.profile)
	with calendar_part.going_along(notice.calendar):
		queued = frappe.sendmail(
			recipients=[notice.recipient],
			subject=mail.subject,
			message=mail.message,
			reply_to=_reply_to(notice.reference_doctype, notice.reference_name),
			reference_doctype=notice.reference_doctype,
			reference_name=notice.reference_name,
			# One mail program recognises a mail by this, should Frappe ever hand it over twice.
			message_id=f"mentoring-{notice.name}@{frappe.local.site}",
			add_unsubscribe_link=0,
			delayed=True,
		)
	if not queued:
		return {
			"status": "Skipped",
			"error": _("{0} has unsubscribed from all mails.").format(notice.recipient),
		}
	return {"status": "Queued", "error": None, "email_queue": queued.name, "queued_on": now_datetime()}


def _reply_to(doctype: str | None, name: str | None) -> str | None:
	"""Where questions go: to the program that the mail is about, else to the address for all of them."""
	program = None
	if doctype == "Mentoring Program":
		program = name
	elif doctype and name and frappe.get_meta(doctype).has_field("program"):
		program = frappe.db.get_value(doctype, name, "program")
	address = program and frappe.get_cached_value("Mentoring Program", program, "contact_email")
	return address or frappe.db.get_single_value("Mentoring Settings", "reply_to") or None
