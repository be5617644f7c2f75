"""Where people answer to."""

from __future__ import annotations

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount
from frappe.utils import cstr


def address_of_program(program: str | None) -> str:
	"""The address that answers to a program's mails go to."""
	address = program and frappe.get_cached_value("Mentoring Program", program, "contact_email")
	address = address or frappe.db.get_single_value("Mentoring Settings", "reply_to")
	if not address:
		account = EmailAccount.find_outgoing()
		address = account.get("email_id") if account else None
	return address or f"mentoring@{frappe.local.site}"


def replies_are_read(address: str | None) -> bool:
	"""Whether the site receives the mails to this address, and so what calendars answer to it as the organizer."""
	filters = {"email_id": cstr(address).strip(), "enable_incoming": 1}
	return bool(address and frappe.db.exists("Email Account", filters))
