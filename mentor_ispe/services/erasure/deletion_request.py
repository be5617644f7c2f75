"""Frappe's Personal Data Deletion Request, for everybody whom this app knows and however it knows them.

Frappe's own takes away the login and what the hook `user_data_fields` lists. Whose profile has another address than
the login, and who was entered without a login, is erased as well; and a site without an outgoing Email Account
erases too.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import frappe
from frappe.utils import get_fullname
from frappe.website.doctype.personal_data_deletion_request.personal_data_deletion_request import (
	PersonalDataDeletionRequest,
	get_pattern,
)

from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.domain.erasure.wording import Wording
from mentor_ispe.mails import sending
from mentor_ispe.readings.identity import find_person
from mentor_ispe.services.erasure import commands

REQUEST = "Personal Data Deletion Request"


class DeletionRequest(PersonalDataDeletionRequest):
	"""One request to erase somebody, known by an address."""

	def disable_user(self) -> None:
		"""Nobody signs in while it is done; who has no login needs nothing."""
		if frappe.db.exists("User", self.email):
			super().disable_user()

	def notify_user_after_deletion(self) -> None:
		"""Say goodbye, where the site can send mails."""
		if sending.can_send():
			super().notify_user_after_deletion()

	def _anonymize_data(self, *args: Any, **kwargs: Any) -> None:
		if getattr(frappe.local, "job", None):
			run_in_transaction(partial(self.erase, *args, **kwargs))
		else:
			self.erase(*args, **kwargs)

	def erase(self, *args: Any, **kwargs: Any) -> None:
		"""All of it, in the caller's transaction."""
		person, address = self.flags.person or find_person(address=self.email), self.name
		if person.login and person.login != self.email:
			self.update({"email": person.login})
			self.disable_user()
		known = person.is_known
		if known:
			commands.leave_programs(person)
			own = commands.erase_own(person, address)
		if frappe.db.exists("User", self.email):
			super()._anonymize_data(*args, **kwargs)
		else:
			self._redact_without_login()
		if known:
			swept = commands.erase_from_words(Wording(person.known, address))
			commands.leave_trace(person, own, swept, self.flags.asked)
		self.db_set("email", address, update_modified=False)

	def _redact_without_login(self) -> None:
		"""What Frappe does with an address, but for the login that isn't there."""
		if not self.flags.asked:
			self.anon = self.anonymization_value_map["Email"] = self.name
			self.full_name = get_fullname(self.email)
			self.is_full_name_set = False
			self.email_regex = self.full_name_regex = get_pattern(self.email)
			for step in self.full_match_privacy_docs:
				if step["doctype"] != "User":
					self.redact_full_match_data(step, self.email)
			for step in self.partial_privacy_docs:
				self.redact_partial_match_data(step)
		self.db_set("status", "Deleted")
