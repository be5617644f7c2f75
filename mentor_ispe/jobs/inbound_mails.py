"""Mails that arrive for the association: those in which a calendar program answers an invitation.

Frappe keeps of a mail what has a file name. Outlook's answers have none, so they are read here, before the mail
becomes a Communication as any other.
"""

from __future__ import annotations

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.email.receive import InboundMail

from mentor_ispe.concurrency.retries import RETRYABLE_ERRORS, run_in_transaction
from mentor_ispe.domain.calendar_replies import Reply, read_reply
from mentor_ispe.services.conversation import writing
from mentor_ispe.services.sessions import calendar_replies

_SAVEPOINT, _BEFORE_WORDS = "mentoring_reply", "mentoring_reply_words"


class ReplyReadingAccount(EmailAccount):
	"""Frappe's Email Account, which reads such answers in what it receives."""

	def get_inbound_mails(self) -> list[InboundMail]:
		"""The new mails; what they answer is written down, each in a transaction of its own.

		Not again where the mail arrived before, as all of them do when a mailbox is moved.
		"""
		mails = super().get_inbound_mails()
		for mail in mails:
			reply = read_reply(mail.mail)
			if reply and not mail.is_exist_in_system():
				_record(reply)
		return mails


def _record(reply: Reply) -> None:
	"""Whatever goes wrong with one answer, the mails still arrive."""

	def once() -> None:
		frappe.db.savepoint(_SAVEPOINT)
		try:
			answered = calendar_replies.record_answer(reply)
			if answered and reply.words:
				_send_words(answered.group, answered.profile, reply.words)
		except RETRYABLE_ERRORS:
			raise
		except Exception:
			frappe.db.rollback(save_point=_SAVEPOINT)
			_log()

	try:
		run_in_transaction(once)
	except RETRYABLE_ERRORS:
		_log()
		frappe.db.commit()


def _log() -> None:
	frappe.clear_messages()
	frappe.log_error("Mentoring: an answer from a calendar couldn't be written down")


def _send_words(group: str, profile: str, words: str) -> None:
	"""As a message to the group, where the person may write there; the answer counts in any case."""
	frappe.db.savepoint(_BEFORE_WORDS)
	try:
		writing.send(group, profile, words)
	except (frappe.PermissionError, frappe.ValidationError):
		frappe.db.rollback(save_point=_BEFORE_WORDS)
		frappe.clear_messages()
