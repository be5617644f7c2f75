"""Before a letter is sent: to how many, to whom not and why, and the mail of one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import frappe
from frappe import _
from frappe.email.doctype.email_account.email_account import EmailAccount

from mentor_ispe.domain import mailings
from mentor_ispe.domain.mailings import Addressee
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails import written_words
from mentor_ispe.mails.default_templates.news import NEWS
from mentor_ispe.mails.frames import frame_for
from mentor_ispe.mails.readers import reader_of
from mentor_ispe.mails.rendering import fill_template, use_language
from mentor_ispe.mails.sending import reply_address
from mentor_ispe.services.mailings.audience import Chosen
from mentor_ispe.services.mailings.commands import (
	SHOWN,
	Letter,
	Plan,
	languages,
	make_plan,
	prepare,
	reason_of,
)


def count(chosen: Chosen) -> dict[str, Any]:
	"""Before anything is written: to how many, and what one may choose. Raises RuleViolation."""
	spoken = {
		row.name: row.language_name
		for row in frappe.get_all("Language", {"name": ("in", languages())}, ["name", "language_name"])
	}
	own = (frappe.local.lang or "en").partition("-")[0]
	return {
		**_facts(make_plan(chosen, Letter("", ""))),
		"fields": [_(label) for label in mailings.FIELDS.values()],
		"languages": [{"value": code, "label": _(spoken.get(code, code))} for code in languages()],
		"language": own if own in languages() else "en",
	}


def preview(chosen: Chosen, letter: Letter, profile: str | None = None) -> dict[str, Any]:
	"""To how many this letter would go, and the mail to `profile`, else to the first. Raises RuleViolation."""
	letter = prepare(letter)
	plan = make_plan(chosen, letter)
	person = _recipient(plan, profile)
	program = plan.only("program")
	return {
		**_facts(plan),
		"reply_to": reply_address(program),
		"mail": _mail(letter, person, program) if person else None,
	}


def _recipient(plan: Plan, profile: str | None) -> Addressee | None:
	if not profile:
		return plan.recipients[0] if plan.recipients else None
	found = next((person for person in plan.recipients if person.profile == profile), None)
	if not found:
		frappe.throw(_("This person would not get the email. See who is left out."), exc=RuleViolation)
	return found


def _mail(letter: Letter, person: Addressee, program: str | None) -> dict[str, str]:
	reader = replace(reader_of(person.profile, person.address), language=letter.language)
	words = written_words.fill(letter.subject, letter.message, person.values)
	with use_language(reader.language):
		mail = fill_template(NEWS, [frappe.as_json(words)], reader)
		mail = replace(mail, frame=frame_for(NEWS, reader, program))
		account = EmailAccount.find_outgoing()
		return {
			"profile": person.profile,
			"recipient": person.address,
			"full_name": person.full_name,
			"subject": mail.subject,
			"html": mail.html(account),
			"text": mail.text(account),
		}


def _facts(plan: Plan) -> dict[str, Any]:
	named: dict[str, list[str]] = {}
	for left in plan.left_out:
		names = named.setdefault(reason_of(left), [])
		if left.full_name and len(names) < SHOWN:
			names.append(left.full_name)
	return {
		"count": len(plan.recipients),
		"minutes": plan.minutes,
		"recipients": [
			{"profile": person.profile, "full_name": person.full_name} for person in plan.recipients[:SHOWN]
		],
		"left_out": [
			{"reason": why, "count": many, "people": named[why]} for why, many in plan.reasons().items()
		],
	}
