"""Mails in Frappe's queue, files, sessions and other things of the platform that belong to a person or show one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from email import message_from_string, policy
from email.errors import MessageError
from email.message import EmailMessage

import frappe
from frappe.query_builder import DocType
from frappe.sessions import clear_sessions
from frappe.utils import cstr
from pypika.queries import Table

from mentor_ispe.domain.erasure.wording import FORMER, Wording
from mentor_ispe.readings.identity import NOBODY, Person

QUEUE, RECIPIENT = "Email Queue", "Email Queue Recipient"
# What is the login's alone.
OF_LOGIN = {
	"Notification Log": "for_user",
	"Personal Data Download Request": "user",
	"Document Follow": "user",
	"Route History": "user",
}
AT_ONCE = 200
CONTACT_CLEARED = dict.fromkeys(
	("last_name", "phone", "mobile_no", "designation", "department", "company_name", "salutation", "address")
)


def delete_mails_to(person: Person) -> int:
	"""Delete what waits in the queue for the person, or was sent to them; mails to several lose this recipient."""
	rows = frappe.get_all(
		RECIPIENT,
		{"recipient": ("in", sorted(person.addresses) or [NOBODY])},
		["name", "parent"],
		order_by=None,
	)
	for row in rows:
		frappe.db.delete(RECIPIENT, {"name": row.name})
		if not frappe.db.exists(RECIPIENT, {"parent": row.parent}):
			frappe.db.delete(QUEUE, {"name": row.parent})
	return len(rows)


def reword_mails(wording: Wording) -> int:
	"""Take the person out of the mails in the queue, also those that are still to be sent."""
	queue, after, changed = DocType(QUEUE), "", 0
	while rows := (
		frappe.qb.from_(queue)
		.select(queue.name, queue.message)
		.where(queue.name > after)
		.orderby(queue.name)
		.limit(AT_ONCE)
	).run(as_dict=True):
		for row in rows:
			new = _without(cstr(row.message), wording.without)
			if new is not None:
				frappe.db.set_value(QUEUE, row.name, "message", new, update_modified=False)
				changed += 1
		after = rows[-1].name
	return changed


def _without(message: str, change: Callable[[str], str]) -> str | None:
	"""A mail as it is stored, changed in its texts and headers; None when it stays as it is."""
	try:
		mail = message_from_string(message, policy=policy.SMTP.clone(cte_type="7bit"))
		changed = [_reword_headers(mail, change), *(_reword_part(part, change) for part in mail.walk())]
	except (MessageError, LookupError, ValueError, AttributeError):
		plain = change(message)  # no mail at all, or a broken one
		return plain if plain != message else None
	return mail.as_string() if any(changed) else None


def _reword_headers(mail: EmailMessage, change: Callable[[str], str]) -> bool:
	changed = False
	for header in ("Subject", "To", "From", "Reply-To", "Cc"):
		text = cstr(mail[header])
		if text and (new := change(text)) != text:
			mail.replace_header(header, new)
			changed = True
	return changed


def _reword_part(part: EmailMessage, change: Callable[[str], str]) -> bool:
	if part.get_content_maintype() != "text":
		return False
	text = part.get_content()
	new = change(text)
	if new == text:
		return False
	disposition, params = part.get_content_disposition(), dict(part["Content-Type"].params)
	name = part.get_filename()
	params.pop("charset", None)
	params.pop("name", None)
	part.set_content(
		new, subtype=part.get_content_subtype(), params=params or None, disposition=disposition, filename=name
	)
	return True


def delete_of_login(login: str | None) -> int:
	"""Delete what the platform keeps for a login: notifications, copies of their data, sessions, settings of lists."""
	if not login:
		return 0
	done = 0
	for doctype, field in OF_LOGIN.items():
		if not frappe.db.exists("DocType", doctype):
			continue
		names = frappe.get_all(doctype, {field: login}, pluck="name", order_by=None)
		delete_files(doctype, names)
		frappe.db.delete(doctype, {"name": ("in", names or [NOBODY])})
		done += len(names)
	frappe.db.delete("DefaultValue", {"parent": login})
	settings = Table("__UserSettings")
	frappe.qb.from_(settings).delete().where(settings.user == login).run()
	clear_sessions(user=login, force=True)
	return done


def empty_contacts(person: Person, address: str) -> int:
	"""Delete the Contacts that Frappe makes of logins, and clear what its own request leaves of one with that address.

	The Contact of a customer or a member belongs to the membership, and stays as far as Frappe lets it.
	"""
	contact, link = DocType("Contact"), DocType("Dynamic Link")
	linked = frappe.qb.from_(link).select(link.parent).where(link.parenttype == "Contact")
	own = (contact.user == (person.login or NOBODY)) | contact.email_id.isin(
		sorted(person.addresses) or [NOBODY]
	)
	rows = frappe.qb.from_(contact).select(contact.name).where(own).orderby(contact.name)
	done = rows.where(contact.name.notin(linked)).run(pluck=True)
	for number, name in enumerate(done, 1):
		try:
			frappe.delete_doc("Contact", name, ignore_permissions=True, delete_permanently=True)
		except frappe.LinkExistsError:
			_clear_contact(name, CONTACT_CLEARED | {"first_name": FORMER, "email_id": address, "user": None})
			frappe.db.delete("Contact Email", {"parenttype": "Contact", "parent": name})
			frappe.rename_doc("Contact", name, f"{number}-{address}", force=True, show_alert=False)
	for name in rows.where(contact.email_id == (person.login or NOBODY)).run(pluck=True):
		_clear_contact(name, {})
	return len(done)


def _clear_contact(name: str, values: dict[str, str | None]) -> None:
	of_frappes = {"full_name": FORMER, "middle_name": None, "image": None}
	frappe.db.set_value("Contact", name, of_frappes | values, update_modified=False)
	frappe.db.delete("Contact Phone", {"parenttype": "Contact", "parent": name})


def delete_files(doctype: str, names: Collection[str]) -> int:
	"""Delete the files attached to these records, with what is stored of them."""
	attached = {"attached_to_doctype": doctype, "attached_to_name": ("in", list(names) or [NOBODY])}
	files = frappe.get_all("File", attached, pluck="name", order_by="name")
	for name in files:
		frappe.delete_doc("File", name, ignore_permissions=True, force=True, delete_permanently=True)
	return len(files)


def delete_prepared_reports() -> int:
	"""Delete reports of ours that were computed before: they are made again with today's names."""
	ours = frappe.get_all("Report", {"module": "Mentor ISPE"}, pluck="name", order_by=None)
	names = frappe.get_all(
		"Prepared Report", {"report_name": ("in", ours or [NOBODY])}, pluck="name", order_by=None
	)
	delete_files("Prepared Report", names)
	frappe.db.delete("Prepared Report", {"name": ("in", names or [NOBODY])})
	return len(names)


def files_naming(wording: Wording) -> list[tuple[str, str, str]]:
	"""Files at records of ours whose name tells of the person: (DocType, record, field), for somebody to look at."""
	ours = frappe.get_all("DocType", {"module": "Mentor ISPE"}, pluck="name", order_by=None)
	rows = frappe.get_all(
		"File",
		{"attached_to_doctype": ("in", ours)},
		["file_name", "attached_to_doctype", "attached_to_name"],
		order_by="name",
	)
	return [
		(row.attached_to_doctype, row.attached_to_name, "file_name")
		for row in rows
		if (name := cstr(row.file_name).replace("_", " ").replace("-", " "))
		and (wording.without(name) != name or wording.may_name(name))
	]
