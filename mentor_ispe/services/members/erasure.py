"""A member asks for their own data to be erased, by Frappe's request, which a mail confirms."""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import sending

REQUEST = "Personal Data Deletion Request"
OPEN = ("Pending Verification", "Pending Approval", "On Hold")


def pending(user: str) -> str | None:
	"""The request of this login that isn't done yet: its status."""
	return frappe.db.get_value(REQUEST, {"email": user, "status": ("in", OPEN)}, "status")


def ask(user: str) -> None:
	"""Ask for one's data to be erased: Frappe sends a mail to confirm, then the association does it."""
	if pending(user):
		frappe.throw(
			_("You've already asked for this. Look for our email and confirm it."), exc=RuleViolation
		)
	if not can_confirm():
		frappe.throw(words_without_mail(), exc=RuleViolation)
	frappe.get_doc({"doctype": REQUEST, "email": user}).insert(ignore_permissions=True)


def can_confirm() -> bool:
	"""Whether the site sends mails: the request is confirmed by the link in one."""
	return sending.can_send()


def words_without_mail() -> str:
	"""What to do where no mail can be sent."""
	address = frappe.db.get_single_value("Mentoring Settings", "coordinator_email")
	if address:
		return _(
			"We need to confirm this by email, and this site can't send emails right now. Write to {0}; the association will do it for you."
		).format(address)
	return _(
		"We need to confirm this by email, and this site can't send emails right now. Ask the association to do it for you."
	)
