"""The wordings that coordinators wrote: which of them a mail takes, how one is kept, and back to the original."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from mentor_ispe.domain.violations import N_, Violation
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.mails.default_templates import MAILS, PREFIX
from mentor_ispe.mails.wordings import editing, filling, markup, rules
from mentor_ispe.mails.wordings.pieces import Original, original_of

WORDING = "Mentoring Email Wording"
# Who has no wording in their own language reads this one.
EVERYBODYS = "en"
_SHOWN = ("name", "mail", "language", "program", "subject", "message")


def wording_for(mail: str, language: str | None, program: Callable[[], str | None]) -> Any:
	"""The wording that a reader of the language gets: the program's own, else the site's; None for the app's.

	Within each, the one in the reader's language, else the English one. `program` is asked only when some program has
	a wording of the mail. One that no longer fits the mail is passed by, so that the mail goes out in the app's words.
	"""
	if mail not in MAILS:
		return None
	rows = frappe.get_all(WORDING, {"mail": mail}, _SHOWN)
	if not rows:
		return None
	of_program = program() if any(row.program for row in rows) else None
	spoken = languages_read(language)
	fitting = [
		row
		for row in rows
		if (not row.program or row.program == of_program) and row.language in spoken and fits(row)
	]
	fitting.sort(key=lambda row: (not row.program, spoken.index(row.language)))
	return fitting[0] if fitting else None


def languages_read(language: str | None) -> list[str]:
	"""The languages to look for, the best first: "de" serves "de-CH" as well, English everybody."""
	own = [language, language.partition("-")[0]] if language else []
	return list(dict.fromkeys([*own, EVERYBODYS]))


def fits(row: Any) -> bool:
	"""Whether the mail still has everything that the wording names."""
	return row.mail in MAILS and filling.fits(original_of(row.mail, row.language), row.subject, row.message)


def find(mail: str, language: str, program: str | None) -> Document | None:
	"""The wording that was written for exactly this."""
	filters = {"mail": mail, "language": language, "program": program or ("is", "not set")}
	name = frappe.db.get_value(WORDING, filters, "name")
	return frappe.get_doc(WORDING, name) if name else None


def save(
	mail: str, language: str, program: str | None, subject: str, message: str, modified: str | None = None
) -> Document:
	"""Keep a wording. `modified` is when the one that the writer saw was last changed, None when there was none.

	Raises RuleViolation for a text that can't be sent, and where somebody else has changed it in the meantime.
	"""
	there = _unchanged(mail, language, program, modified)
	doc = there or frappe.get_doc(
		{"doctype": WORDING, "mail": mail, "language": language, "program": program or None}
	)
	doc.subject, doc.message = subject, message
	return doc.save()


def back_to_original(mail: str, language: str, program: str | None, modified: str | None = None) -> None:
	"""Delete the wording, if there is one; its text stays among the deleted documents. `modified` as for `save`."""
	if there := _unchanged(mail, language, program, modified):
		there.delete()


def _unchanged(mail: str, language: str, program: str | None, modified: str | None) -> Document | None:
	"""The wording that is kept, which nobody has changed since `modified`."""
	there = find(mail, language, program)
	if (str(there.modified) if there else None) != (modified or None):
		frappe.throw(
			_("Someone else has changed this text. Copy yours, reload the page, then enter it again."),
			exc=RuleViolation,
		)
	return there


def check(doc: Document, method: str | None = None) -> None:
	"""Tidy a wording, refuse one that can't be sent, and remember the original that it was written for; on every save."""
	if doc.mail not in MAILS:
		raise_violations([Violation("no-mail", N_("There is no email called {name}."), {"name": doc.mail})])
	original = original_of(doc.mail, doc.language)
	doc.subject, doc.message = checked(original, doc.subject or "", doc.message or "")
	doc.original_subject, doc.original_message = original_texts(original)
	short = doc.mail.removeprefix(PREFIX)
	doc.title = ", ".join(part for part in (f"{short} ({doc.language})", doc.program) if part)[:140]


def checked(original: Original, subject: str, message: str) -> tuple[str, str]:
	"""The texts as they are kept; RuleViolation for what can't be sent."""
	too_long = Violation("text-too-long", rules.TOO_LONG_TEXT, {"most": rules.LONGEST_MESSAGE})
	if (subject + message).count("<") > rules.MOST_TAGS:
		raise_violations([too_long])
	unfit = [*markup.unfit(subject), *markup.unfit(message)]
	try:
		subject, message = markup.one_line(subject), markup.tidy(message)
	except RecursionError:  # nobody writes thousands of tags within each other
		unfit.append(too_long)
	raise_violations(
		_named(original, violation) for violation in unfit or rules.violations(original, subject, message)
	)
	return subject, message


def original_texts(original: Original) -> tuple[str, str]:
	return editing.subject_as_html(original), editing.message_as_html(original)


def original_changed(doc: Any) -> bool:
	"""Whether the app's own wording is another than when this one was written."""
	now = original_texts(original_of(doc.mail, doc.language))
	return now != (doc.original_subject, doc.original_message)


def _named(original: Original, violation: Violation) -> Violation:
	"""With the words of the screen for a field."""
	if "field" not in violation.params:
		return violation
	labels = {choice.key: choice.label for choice in editing.choices(original)}
	key = violation.params["field"]
	return replace(violation, params={"field": labels.get(key, key)})
