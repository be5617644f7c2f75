"""What a notification says, decided where its mail is queued; it is sent after that is committed."""

from __future__ import annotations

from urllib.parse import urlsplit

import frappe
from frappe import _
from frappe.utils import get_url

from mentor_ispe.concurrency.after_commit import enqueue_each_after_commit
from mentor_ispe.mails.definition import HOME
from mentor_ispe.mails.layout import Link, site_name
from mentor_ispe.mails.push.site_key import DEVICE
from mentor_ispe.mails.rendered import RenderedMail

SEND = "mentor_ispe.jobs.mails.send_notification"


def plan(mail: RenderedMail, profile: str | None, recipient: str, name: str) -> None:
	"""Let the person be told of this mail on their devices; `name` stands for the mail, told twice it shows once.

	Nothing for a mail that goes to another address than the person has now: it is for whoever reads that.
	"""
	if not profile or not _has_devices(profile, recipient):
		return
	button = mail.button or Link(_("Open Mentoring"), get_url(HOME))
	enqueue_each_after_commit(
		SEND, profile=profile, title=site_name(), line=button.words, path=path_of(button.url), name=name
	)


def _has_devices(profile: str, recipient: str) -> bool:
	person, device = frappe.qb.DocType("Mentoring Profile"), frappe.qb.DocType(DEVICE)
	query = (
		frappe.qb.from_(device)
		.join(person)
		.on(person.name == device.profile)
		.select(person.email)
		.where(device.profile == profile)
		.limit(1)
	)
	return any(email.casefold() == recipient.casefold() for email in query.run(pluck=True))


def path_of(url: str) -> str:
	"""The place on this site; a place elsewhere is found by way of the first page."""
	parts, ours = urlsplit(url), urlsplit(get_url(HOME))
	if (parts.scheme, parts.netloc) != (ours.scheme, ours.netloc):
		return HOME
	query = f"?{parts.query}" if parts.query else ""
	return parts.path + query + (f"#{parts.fragment}" if parts.fragment else "")
