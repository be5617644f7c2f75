"""Write to many: who would get it, how it looks to one of them, and sending it.

A mailing and a notice for each recipient are written in one transaction; from then on mails/sending.py sends them
as it does all others, each once, however often a job dies. Large mailings go out in waves, so that they hold up
no other mail.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime
from frappe.utils.html_utils import sanitize_html

from mentor_ispe.domain import mailings
from mentor_ispe.domain.mailings import Addressee, LeftOut
from mentor_ispe.domain.notices import make_key, notice_name
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.mails import outbox, sending
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates.news import NEWS
from mentor_ispe.mails.written_words import MAILING
from mentor_ispe.services.mailings.audience import Chosen, people_of
from mentor_ispe.services.mailings.facts import addressees

WAVE, WAVE_MINUTES = 500, 5
"""So many mails become due at once, the next ones so much later."""
SHOWN = 100
"""People who are named in an answer: to look at their mail, or why they get none."""


@dataclass(frozen=True)
class Letter:
	"""What is written, with fields in braces; `message` is HTML, `language` that of the words.

	`only_language` leaves out those who read another one.
	"""

	subject: str
	message: str
	language: str = ""
	only_language: bool = False


@dataclass(frozen=True)
class Plan:
	"""Who gets it, and who doesn't and why."""

	recipients: list[Addressee]
	left_out: list[LeftOut]

	def reasons(self) -> dict[str, int]:
		"""Why people get nothing, in words, with how many they are; most first."""
		return dict(Counter(reason_of(each) for each in self.left_out).most_common())

	@property
	def minutes(self) -> int:
		"""How long it takes until the last mail is due."""
		return (len(self.recipients) - 1) // WAVE * WAVE_MINUTES if self.recipients else 0

	def only(self, fieldname: str) -> str | None:
		"""What is the same of all recipients: their program, group or profile; None where it differs."""
		found = {getattr(person, fieldname) for person in self.recipients}
		return found.pop() or None if len(found) == 1 else None


def reason_of(left: LeftOut) -> str:
	"""Why somebody gets nothing, in words."""
	return _(left.reason).format(_(left.about))


def languages() -> list[str]:
	"""The codes of the languages in which one may write: those that the frame of a mail is translated to."""
	return sorted(MAILS[NEWS].wordings)


def make_plan(chosen: Chosen, letter: Letter) -> Plan:
	"""Who would get this letter, for the signed-in user. Raises RuleViolation."""
	meant, closed = people_of(chosen)
	used = mailings.used_fields(letter.subject, letter.message)
	language = letter.language if letter.only_language else ""
	kept, left = mailings.choose(addressees(meant, used), used, language)
	kept.sort(key=lambda person: (person.full_name.casefold(), person.profile))
	return Plan(kept, left + [LeftOut("", mailings.CLOSED)] * closed)


def prepare(letter: Letter) -> Letter:
	"""The letter as it is kept: safe HTML, fields by their English labels. Raises RuleViolation for what can't be sent."""
	labels = {_(label): name for name, label in mailings.FIELDS.items()}
	subject = mailings.with_english_labels(" ".join(letter.subject.split()), labels)
	safe = sanitize_html(letter.message, always_sanitize=True).replace("&nbsp;", " ").replace("\xa0", " ")
	message = mailings.with_english_labels(safe, labels)
	if letter.language not in languages():
		frappe.throw(_("Choose a language."), exc=RuleViolation)
	raise_violations(mailings.check_words(subject, message))
	return replace(letter, subject=subject, message=message)


def send(chosen: Chosen, letter: Letter, expected: int, key: str) -> dict[str, Any]:
	"""Send the letter; `expected` is the number that the user was told, `key` stands for this one letter.

	Returns the mailing's name and how many people it goes to. Raises RuleViolation, also when others than expected
	would get it. Asked again with the same key, it says what was sent.
	"""
	name = notice_name(make_key("mailing", frappe.session.user, key))
	sent = frappe.db.get_value(MAILING, name, "recipients")
	if sent is not None:
		return {"mailing": name, "count": sent}
	letter = prepare(letter)
	if not sending.can_send():
		frappe.throw(
			_("This site can't send emails yet. Ask an administrator to set up an outgoing Email Account."),
			exc=RuleViolation,
		)
	plan = make_plan(chosen, letter)
	count = len(plan.recipients)
	if count != expected or not count:
		frappe.throw(
			_(
				"In the meantime the number of people has changed from {0} to {1}. Look at the preview again."
			).format(expected, count)
			if count
			else _("Nobody would get this email. Choose other people, or see why they are left out."),
			exc=RuleViolation,
		)
	_write_down(name, chosen, letter, plan)
	outbox.enqueue_all(_notices(name, letter, plan.recipients))
	return {"mailing": name, "count": count}


def _write_down(name: str, chosen: Chosen, letter: Letter, plan: Plan) -> None:
	doc = frappe.new_doc(MAILING)
	doc.update(
		{
			"subject": letter.subject,
			"message": letter.message,
			"language": letter.language,
			"sent_by": frappe.session.user,
			"sent_on": now_datetime(),
			"chosen_from": chosen.doctype,
			"program": plan.only("program"),
			"mentoring_group": plan.only("group"),
			"profile": plan.only("profile"),
			"recipients": len(plan.recipients),
			"left_out": len(plan.left_out),
			"left_out_reasons": "\n".join(f"{count}: {why}" for why, count in plan.reasons().items()),
		}
	)
	doc.insert(ignore_permissions=True, set_name=name)


def _notices(mailing: str, letter: Letter, people: Sequence[Addressee]) -> Iterable[outbox.Notice]:
	used, now = mailings.used_fields(letter.subject, letter.message), now_datetime()
	for place, person in enumerate(people):
		wave = place // WAVE
		yield outbox.Notice(
			make_key("mailing", mailing, person.profile),
			NEWS,
			person.profile,
			person.address,
			context={"values": _values(person.values, used)},
			reference=(MAILING, mailing),
			# Whoever wants one mail a day gets it in the next of these.
			not_before=now + timedelta(minutes=wave * WAVE_MINUTES) if wave and not person.daily else None,
		)


def _values(values: Mapping[str, str], used: Sequence[str]) -> dict[str, str]:
	return {name: values[name] for name in used}
