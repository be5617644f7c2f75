"""Show a mail as it would go out now: with made-up values, or with what was announced last."""

from __future__ import annotations

from collections.abc import Mapping
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
from mentor_ispe.mails.readers import Reader, reader_of
from mentor_ispe.mails.rendered import RenderedMail
from mentor_ispe.mails.sending import can_send, send_alone
from mentor_ispe.mails.wordings import editing, stored
from mentor_ispe.mails.wordings.pieces import original_of

SAMPLE, LEAST, LATEST = "sample", "least", "latest"
"""Which values: made-up ones; the same without what may be empty; those of the mail that was announced last."""

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
_NOTHING = {str: "", list: [], bool: False, int: 0}


@dataclass(frozen=True)
class Values:
	"""Which values to show: `kind` is SAMPLE, LEAST or LATEST, of that the last one to `profile`; or those of a notice."""

	kind: str = SAMPLE
	profile: str | None = None
	notice: str | None = None


LATEST_ONE = Values(LATEST)


@dataclass(frozen=True)
class Draft:
	"""A wording that isn't kept yet, as `wordings.stored.checked` gives it."""

	mail: str
	language: str
	subject: str
	message: str


@dataclass(frozen=True)
class Preview:
	"""The mail in full; `notice` is what it was made of, None for made-up values."""

	subject: str
	html: str
	text: str
	recipient: str
	notice: str | None


def preview(
	template: str,
	language: str | None = None,
	values: Values = LATEST_ONE,
	program: str | None = None,
	draft: Draft | None = None,
) -> Preview:
	"""The mail, for the signed-in member of staff, who sees no notice they may not read.

	Where there is no latest one, `values` are made up. `program` is whose wording is asked for; `draft` is a wording in place of it. Raises RuleViolation for a mail that
	isn't ours, or whose Email Template has a mistake.
	"""
	mail, head = _write(template, language, values, program, draft)
	account = EmailAccount.find_outgoing()
	pictures = mail.report.pictures if mail.report else {}
	return Preview(
		mail.subject,
		place_pictures(mail.html(account), data_uris(pictures)),
		mail.text(account),
		head.recipient if head else "",
		head.name if head else None,
	)


def send_test(
	template: str, language: str | None = None, program: str | None = None, draft: Draft | None = None
) -> str:
	"""Queue the mail with made-up values to the signed-in user; returns the address.

	Raises RuleViolation where the site can't send.
	"""
	if not can_send():
		frappe.throw(
			_("This site can't send emails yet. Ask a System Manager to set up an outgoing Email Account."),
			exc=RuleViolation,
		)
	address = frappe.db.get_value("User", frappe.session.user, "email")
	mail, _head = _write(template, language, Values(), program, draft)
	send_alone(replace(mail, subject=_("[Test] {0}").format(mail.subject)), address)
	return address


def _write(
	template: str,
	language: str | None,
	values: Values,
	program: str | None,
	draft: Draft | None,
) -> tuple[RenderedMail, Any]:
	"""(the mail, the notice that it was made of or None)."""
	if template not in MAILS:
		frappe.throw(_("There is no email called {0}.").format(template), exc=RuleViolation)
	head = _latest(template, values) if values.notice or values.kind == LATEST else None
	notices = _with_others(head) if head else _made_up(template, values.kind == LEAST, program)
	reader = reader_of(notices[0].profile, notices[0].recipient) if head else _somebody(template)
	reader = replace(reader, language=language or reader.language)
	joined_in = template if template == YOUR_DAY and head else None
	joined_in = joined_in or (template if MAILS[template].digest_list else None)
	composed = compose(notices, joined_in, reader, draft)
	if not composed.mail:
		frappe.throw("<br>".join(sorted(set(composed.unfit.values()))), exc=RuleViolation)
	return cast(RenderedMail, composed.mail), head


def _latest(template: str, values: Values) -> Any:
	"""The notice that was asked for, else the last one, among those that the signed-in user may read."""
	filters = {"joined_in": template} if template == YOUR_DAY else {"template": template}
	if values.notice:
		filters["name"] = values.notice
	if values.profile:
		filters["profile"] = values.profile
	found = frappe.get_list(NOTICE, filters, _FIELDS, order_by="creation desc, name", limit=1)
	if values.notice and not found:
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


def _made_up(template: str, least: bool, program: str | None) -> list[Any]:
	return [
		SimpleNamespace(
			name=str(number),
			creation=-number,
			template=template,
			context=frappe.as_json(_least(template, row) if least else row),
			profile=None,
			recipient=None,
			reference_doctype="Mentoring Program" if program else None,
			reference_name=program,
		)
		for number, row in enumerate(MAILS[template].sample_contexts())
	]


def _least(template: str, row: Mapping[str, Any]) -> dict[str, Any]:
	"""The values without those that a mail can lack."""
	lacking = {field.name for field in MAILS[template].fields if editing.may_be_empty(field)}
	return {key: _NOTHING.get(type(value), value) if key in lacking else value for key, value in row.items()}


def _somebody(template: str) -> Reader:
	"""A made-up reader: a member, where the mail goes to members."""
	to = MAILS[template].to
	is_member = not any(word in to for word in ("coordinators", "speaker", "recipients", "address"))
	return Reader("Tom Okafor", is_member=is_member)


def drafted(mail: str, language: str, subject: str, message: str) -> Draft:
	"""The texts of an editor as a wording; RuleViolation for what can't be sent."""
	return Draft(mail, language, *stored.checked(original_of(mail, language), subject, message))
