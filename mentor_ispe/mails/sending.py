"""Queue the notices that are due: each goes out in one Email Queue row, exactly once, or waits.

The Email Queue row and the new status of the notices in it are written in one transaction, so a job that
dies leaves a notice either queued or pending, never half done. Two jobs at the same moment share the work,
since each locks the notice it is at and passes by those that are locked; what goes out in one mail is
locked together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import add_to_date, now_datetime, validate_email_address
from pypika.queries import QueryBuilder

from mentor_ispe.concurrency.retries import RETRYABLE_ERRORS
from mentor_ispe.domain.notices import notice_name
from mentor_ispe.mails.attachments import MailBuilder, is_cancellation
from mentor_ispe.mails.composing import by_start, compose
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.outbox import NOTICE
from mentor_ispe.mails.places import shared_program
from mentor_ispe.mails.push.planning import plan
from mentor_ispe.mails.readers import ONLY_NEEDED
from mentor_ispe.mails.rendered import RenderedMail

# A notice that failed is tried again after so long, for as long as it takes.
RETRY_AFTER_HOURS = 1
BATCH = 500
OPEN = ("Pending", "Failed")
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
	notices = _due()
	first = next(notices, None)
	if first is None:
		return result
	if not can_send():
		result.waiting = _("This site has no outgoing Email Account. Emails wait until it has one.")
		_leave_waiting(result.waiting)
		return result
	started, done = monotonic(), set()
	for notice in _chain(first, notices):
		if notice.name in done:
			continue
		for name, status in _queue(notice).items():
			done.add(name)
			setattr(result, status.lower(), getattr(result, status.lower()) + 1)
		frappe.db.commit()
		if monotonic() - started > limit_seconds:
			break
	return result


def _chain(first: frappe._dict, rest: Iterator[frappe._dict]) -> Iterator[frappe._dict]:
	yield first
	yield from rest


def _due() -> Iterator[frappe._dict]:
	"""Pending notices, oldest first, then those that failed some time ago; each one once."""
	seen: set[str] = set()
	for status in OPEN:
		offset = 0
		while rows := _open(status).limit(BATCH).offset(offset).run(as_dict=True):
			fresh = [row for row in rows if row.name not in seen]
			seen.update(row.name for row in fresh)
			# What another job holds, or what couldn't be done, stays at the front of the list.
			offset = 0 if fresh else offset + BATCH
			yield from fresh


def _open(status: str) -> QueryBuilder:
	"""The notices in this status whose hour has come, oldest first."""
	notice = frappe.qb.DocType(NOTICE)
	query = (
		frappe.qb.from_(notice)
		.select(notice.name, notice.recipient, notice.joined_in, notice.profile, notice.act)
		.where(notice.status == status)
		.where(notice.not_before.isnull() | (notice.not_before <= now_datetime()))
		.orderby(notice.creation)
		.orderby(notice.name)
	)
	if status == "Failed":
		query = query.where(notice.modified < add_to_date(now_datetime(), hours=-RETRY_AFTER_HOURS))
	return query


def can_send() -> bool:
	"""Whether the site has an account to send mails from."""
	# A site that mutes its mails has an account made of thin air, without an address.
	account = EmailAccount.find_outgoing()
	return bool(account and account.get("email_id"))


def _leave_waiting(reason: str) -> None:
	"""Write the reason into each notice by its name: a search would lock the table that every step writes to."""
	waiting = frappe.get_all(NOTICE, {"status": "Pending"}, ["name", "error"], order_by="name")
	for start in range(0, len(waiting), BATCH):
		for notice in waiting[start : start + BATCH]:
			if notice.error != reason:
				frappe.db.set_value(NOTICE, notice.name, "error", reason, update_modified=False)
		frappe.db.commit()


def _queue(due: frappe._dict) -> dict[str, str]:
	"""Queue the mail that this notice goes out in; return the new status of each notice in it.

	Empty when another job has it.
	"""
	try:
		notices = _lock_same_mail(due)
		if not notices:
			return {}
		frappe.db.savepoint(_SAVEPOINT)
		try:
			values = _send(notices, due.joined_in)
		except RETRYABLE_ERRORS:
			raise
		except Exception as error:
			frappe.db.rollback(save_point=_SAVEPOINT)
			frappe.clear_messages()
			values = dict.fromkeys((notice.name for notice in notices), _failed(error))
			if notices[0].status == "Pending":
				frappe.log_error(
					"Mentoring: a mail couldn't be queued",
					reference_doctype=NOTICE,
					reference_name=notices[0].name,
				)
		for name, new in values.items():
			frappe.db.set_value(NOTICE, name, new)
		return {name: new["status"] for name, new in values.items()}
	except RETRYABLE_ERRORS:
		frappe.db.rollback()  # the notices are as they were and come up again
		return {}


def _lock_same_mail(due: frappe._dict) -> list[frappe._dict]:
	"""Everything that goes out in the same mail, locked in one order so that two jobs make one mail.

	The second job waits here for the first one, and finds that there is nothing left to do. One row at a
	time by primary key: a range would lock the gaps, and with them everybody who enqueues one.
	"""
	names = _same_mail(due)
	alone = len(names) == 1
	locked = [
		frappe.db.get_value(
			NOTICE,
			{"name": name, "status": ("in", OPEN)},
			"*",
			as_dict=True,
			for_update=True,
			skip_locked=alone and not due.joined_in,
		)
		for name in sorted(names)
	]
	return _with_fitting_files([notice for notice in locked if notice], due.name)


def _same_mail(due: frappe._dict) -> set[str]:
	"""What is joined in a mail of the day; else what one act has to tell one person."""
	notice = frappe.qb.DocType(NOTICE)
	if due.joined_in:
		same = (notice.recipient == due.recipient) & (notice.joined_in == due.joined_in)
	elif due.act:
		same = (notice.act == due.act) & (notice.recipient == due.recipient) & notice.joined_in.isnull()
		same &= notice.profile == due.profile if due.profile else notice.profile.isnull()
	else:
		return {due.name}
	return {due.name, *(name for status in OPEN for name in _open(status).where(same).run(pluck=True))}


def _with_fitting_files(notices: list[frappe._dict], due: str) -> list[frappe._dict]:
	"""Without those whose file for the calendar needs a mail of its own.

	Programs show the buttons of one invitation a mail, so each has its own. Whoever leaves a group with a year of
	planned meetings gets one mail for all of them instead of a dozen: the first is taken out of the calendar by
	itself, the others by opening their files, and whoever subscribed to their meetings sees them gone anyway.
	"""
	files = {notice.name: notice.calendar for notice in notices if notice.calendar}
	if not files:
		return notices
	chosen = (
		due if due in files else next((name for name in files if is_cancellation(files[name])), min(files))
	)
	kept = {chosen}
	if is_cancellation(files[chosen]):
		kept = {name for name, file in files.items() if is_cancellation(file)}
	return [notice for notice in notices if notice.name not in files or notice.name in kept]


def _send(notices: list[frappe._dict], joined_in: str | None) -> dict[str, dict]:
	"""Write the Email Queue row and return the new values of each notice."""
	recipient = notices[0].recipient
	if not validate_email_address(recipient):
		failed = _failed(_("{0} is not an email address.").format(recipient))
		return dict.fromkeys((notice.name for notice in notices), failed)
	values = unwanted(notices)
	notices = [notice for notice in notices if notice.name not in values]
	if not notices:
		return values
	composed = compose(notices, joined_in)
	values |= {name: _failed(why) for name, why in composed.unfit.items()}
	told = [notice for notice in notices if notice.name not in composed.unfit]
	if composed.mail and told:
		values.update(dict.fromkeys((notice.name for notice in told), _put_in_queue(composed.mail, told)))
	return values


def unwanted(notices: Iterable[frappe._dict]) -> dict[str, dict]:
	"""The new values of those notices that their people don't get, by their names."""
	profile, user = frappe.qb.DocType("Mentoring Profile"), frappe.qb.DocType("User")
	notices = list(notices)
	people = {notice.profile for notice in notices if notice.profile}
	rows = (
		frappe.qb.from_(profile)
		.left_join(user)
		.on(user.name == profile.user)
		.select(profile.name, profile.no_mails, profile.mail_rhythm, user.enabled)
		.where(profile.name.isin(sorted(people) or [""]))
	).run(as_dict=True)
	known = {row.name: row for row in rows}
	found = {}
	for notice in notices:
		if (person := known.get(notice.profile)) and (why := _why_not(person, notice.template)):
			found[notice.name] = {"status": "Skipped", "error": why}
	return found


def _why_not(person: frappe._dict, template: str) -> str:
	if person.no_mails:
		return _("The profile says not to write to this person.")
	if person.enabled == 0:
		return _("This person's login is disabled.")
	mail = MAILS.get(template)
	if mail and mail.optional and person.mail_rhythm == ONLY_NEEDED:
		return _("This person asked for no optional emails.")
	return ""


def _put_in_queue(mail: RenderedMail, notices: list[frappe._dict]) -> dict:
	"""Write the Email Queue row; returns the new values of its notices."""
	abouts = {(notice.reference_doctype, notice.reference_name) for notice in notices}
	doctype, name = abouts.pop() if len(abouts) == 1 else (None, None)
	queued = MailBuilder(
		recipients=[notices[0].recipient],
		mail=mail,
		reply_to=_reply_to(notices),
		reference_doctype=doctype,
		reference_name=name,
		# One mail program recognises a mail by this, should Frappe ever hand it over twice.
		message_id=f"mentoring-{_mail_name(notices)}@{frappe.local.site}",
		calendars=[notice.calendar for notice in by_start(notices) if notice.calendar],
	).process()
	if not queued:
		words = _("{0} has unsubscribed from all emails.").format(notices[0].recipient)
		return {"status": "Skipped", "error": words}
	plan(mail, notices[0].profile, notices[0].recipient, _mail_name(notices))
	return {"status": "Queued", "error": None, "email_queue": queued.name, "queued_on": now_datetime()}


def send_alone(mail: RenderedMail, address: str) -> None:
	"""Queue a mail that no notice stands for: its words are a key that only the one who gets it may have."""
	MailBuilder(recipients=[address], mail=mail).process()


def _mail_name(notices: list[frappe._dict]) -> str:
	"""The notice's name, or one for all of them."""
	names = sorted(notice.name for notice in notices)
	return names[0] if len(names) == 1 else notice_name(":".join(names))


def _failed(why: object) -> dict:
	return {"status": "Failed", "error": str(why)[:1000]}


def _reply_to(notices: list[frappe._dict]) -> str | None:
	"""Where questions go: to the program that the mail is about, else to the address for all of them."""
	return reply_address(
		shared_program((notice.reference_doctype, notice.reference_name) for notice in notices)
	)


def reply_address(program: str | None) -> str | None:
	"""The address for answers: of the program, else of the whole site, None without one."""
	address = program and frappe.get_cached_value("Mentoring Program", program, "contact_email")
	return address or frappe.db.get_single_value("Mentoring Settings", "reply_to") or None
