"""Show a mail as it would go out now: with what was announced last, else with made-up values."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, cast

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.attachments import data_uris, place_pictures
from mentor_ispe.mails.composing import compose
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates.digests import YOUR_DAY
from mentor_ispe.mails.outbox import NOTICE
from mentor_ispe.mails.readers import reader_of
from mentor_ispe.mails.rendered import RenderedMail

_NAMED = re.compile(r"(?P<template>.+?)(?: \((?P<language>[\w-]+)\))?")
_FIELDS = (
	"name",
	"creation",
	"template",
	"context",
	"profile",
	"recipient",
	"status",
	"joined_in",
	"email_queue",
	"reference_doctype",
	"reference_name",
)


@dataclass(frozen=True)
class Preview:
	"""The mail in full; `notice` is what it was made of, None for made-up values."""

	subject: str
	html: str
	text: str
	recipient: str
	notice: str | None


def preview(
	email_template: str, notice: str | None = None, profile: str | None = None, language: str | None = None
) -> Preview:
	"""The mail of this Email Template, for the signed-in member of staff, who sees no notice they may not read.

	`notice` chooses what it is about, else the last one to `profile`, else the last one. Raises RuleViolation
	for a template that isn't ours or has a mistake.
	"""
	template, named_language = _parse(email_template)
	if template not in MAILS:
		frappe.throw(
			_("{0} is not an email of the mentoring programs.").format(email_template), exc=RuleViolation
		)
	head = _chosen(template, notice, profile)
	notices = _with_others(head) if head else _made_up(template, profile)
	reader = reader_of(profile or notices[0].profile, notices[0].recipient)
	reader = replace(reader, language=language or named_language or reader.language)
	joined_in = template if template == YOUR_DAY and head else None
	composed = compose(notices, joined_in or (template if MAILS[template].digest_list else None), reader)
	if not composed.mail:
		frappe.throw("<br>".join(sorted(set(composed.unfit.values()))), exc=RuleViolation)
	mail = cast(RenderedMail, composed.mail)
	account = EmailAccount.find_outgoing()
	pictures = mail.report.pictures if mail.report else {}
	return Preview(
		mail.subject,
		place_pictures(mail.html(account), data_uris(pictures)),
		mail.text(account),
		notices[0].recipient or "",
		head.name if head else None,
	)


def _parse(email_template: str) -> tuple[str, str | None]:
	"""The mail and the language that an Email Template is called by."""
	found = _NAMED.fullmatch(email_template)
	return (found["template"], found["language"]) if found else ("", None)


def _chosen(template: str, notice: str | None, profile: str | None) -> Any:
	"""The notice to show, among those that the signed-in user may read."""
	filters = {"joined_in": template} if template == YOUR_DAY else {"template": template}
	if notice:
		filters["name"] = notice
	if profile:
		filters["profile"] = profile
	found = frappe.get_list(NOTICE, filters, _FIELDS, order_by="creation desc, name", limit=1)
	if notice and not found:
		raise frappe.PermissionError(_("You can't read this notice, or it is of another template."))
	return found[0] if found else None


def _with_others(head: Any) -> list[Any]:
	"""The notice and what went, or will go, out in the same mail."""
	if not head.joined_in:
		return [head]
	same = {"recipient": head.recipient, "joined_in": head.joined_in}
	same |= {"email_queue": head.email_queue} if head.email_queue else {"status": head.status}
	found = frappe.get_list(NOTICE, same, _FIELDS, order_by="creation desc, name", limit=50)
	return [head, *(each for each in found if each.name != head.name)]


def _made_up(template: str, profile: str | None) -> list[Any]:
	person = frappe.db.get_value("Mentoring Profile", profile, "email") if profile else None
	return [
		SimpleNamespace(
			name=str(number),
			creation=-number,
			template=template,
			context=frappe.as_json(row),
			profile=profile,
			recipient=person,
			reference_doctype=None,
			reference_name=None,
		)
		for number, row in enumerate(MAILS[template].sample_contexts())
	]
