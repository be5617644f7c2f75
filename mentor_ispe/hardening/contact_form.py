"""The contact form writes to the association, and to nobody else.

The hole: frappe.www.contact.send_message mails what a guest typed to the address that they typed, as an answer
in the association's name. Seen on Frappe 15.101. This can go when the answer leaves out the words, or goes to
addresses that were confirmed.

The function is exchanged once in each process, because ERPNext calls it by its name.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from contextlib import suppress

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.utils import escape_html, validate_email_address
from frappe.www import contact


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=100, seconds=60 * 60)
def send_message(sender: str, message: str, subject: str = "Website Query") -> None:
	"""Hand on what somebody wrote, to the address in Contact Us Settings, and keep it as a Communication."""
	sender, message = validate_email_address(sender, throw=True), escape_html(message)
	if forward_to := frappe.db.get_single_value("Contact Us Settings", "forward_to_email"):
		with suppress(frappe.OutgoingEmailError):
			frappe.sendmail(recipients=forward_to, reply_to=sender, content=message, subject=subject)
	frappe.get_doc(
		{
			"doctype": "Communication",
			"sender": sender,
			"subject": _("New Message from Website Contact Page"),
			"sent_or_received": "Received",
			"content": message,
			"status": "Open",
		}
	).insert(ignore_permissions=True)


def put_in_place() -> None:
	"""Called before each request, and done once."""
	contact.send_message = send_message
