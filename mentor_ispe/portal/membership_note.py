"""What a reader's membership means for them, in words, with the way to where it is mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _

from mentor_ispe.domain import membership_advice as domain
from mentor_ispe.domain.membership_advice import Advice
from mentor_ispe.domain.violations import Message
from mentor_ispe.exceptions import RuleViolation, violation_message
from mentor_ispe.membership.registry import join_address
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.members.joining import Membership

SETTINGS = "Mentoring Settings"


@dataclass(frozen=True)
class Note:
	"""`words` and `next_step` are sentences; `links` are (address, words of the button), the first the main one."""

	code: str
	words: str
	next_step: str
	links: list[tuple[str, str]]
	may_apply: bool
	well: bool
	"""There is nothing to do."""


def note(advice: Advice, clock: Clock, program: Mapping[str, Any] | None = None) -> Note:
	"""The advice on the page of a program, or where it is about none."""
	settings = frappe.get_cached_doc(SETTINGS)
	contact = (program or {}).get("contact_email") or settings.reply_to or settings.coordinator_email
	links: dict[str, Callable[[], tuple[str, str]]] = {
		domain.RENEW: lambda: (settings.renewal_url or join_address(), _("Renew membership")),
		domain.JOIN: lambda: (join_address(), _("Join the association")),
		domain.ASK: lambda: (_mail(contact, _("My membership")), _("Email the coordinator")),
		domain.ASK_FOR_OTHER_ADDRESS: lambda: (
			_mail(contact, _("My membership is under another email address"), _other_address(advice)),
			_("I'm a member under another address"),
		),
	}
	found = [links[way]() for way in advice.ways]
	return Note(
		code=advice.code,
		words=_sentence(advice.words, clock),
		next_step=_sentence(advice.next_step, clock) if advice.next_step else "",
		links=[(address, words) for address, words in found if address],
		may_apply=advice.may_apply,
		well=advice.next_step is None,
	)


def notes(membership: Membership, programs: list[Mapping[str, Any]], clock: Clock) -> dict[str, Note]:
	"""The note for each program, by its name."""
	return {each["name"]: note(membership.advice_for(each), clock, each) for each in programs}


def require_may_apply(membership: Membership, program: Mapping[str, Any], clock: Clock) -> None:
	"""Refuse an application in the words that its page has; the rule of the record, which holds anyway, names the person."""
	found = note(membership.advice_for(program), clock, program)
	if not found.may_apply:
		frappe.throw(frappe.utils.escape_html(f"{found.words} {found.next_step}"), exc=RuleViolation)


def _sentence(message: Message, clock: Clock) -> str:
	"""The sentence with its days as the reader writes them."""
	days = {key: clock.day(value) for key, value in message.params.items() if key in ("day", "next")}
	return violation_message(Message(message.code, message.message, {**message.params, **days}))


def _other_address(advice: Advice) -> str:
	return _("I sign in as {0}. My membership is under this address:").format(
		advice.words.params.get("address", frappe.session.user)
	)


def _mail(contact: str | None, subject: str, body: str = "") -> str:
	"""The address of a mail to write; empty where nobody is named to write to."""
	if not contact:
		return ""
	return f"mailto:{quote(contact, safe='@')}?subject={quote(subject)}" + (
		f"&body={quote(body)}" if body else ""
	)
