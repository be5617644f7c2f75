"""What the page of the emails shows: all of them, and one of them with its words, fields and languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import frappe
from frappe import _, _lt
from frappe.utils import cstr

from mentor_ispe.mails.default_templates import MAILS, MATTERS
from mentor_ispe.mails.email_templates import standard_wording
from mentor_ispe.mails.wordings import editing, stored
from mentor_ispe.mails.wordings.pieces import original_of

_FIELDS = (
	"name",
	"mail",
	"language",
	"program",
	"subject",
	"message",
	"original_subject",
	"original_message",
	"modified",
	"modified_by",
)
# What the mails are about, by the modules that declare them, in the order in which a cycle comes to it.
ABOUT = (
	(_lt("Applications"), ("applications",)),
	(_lt("Matches"), ("matches",)),
	(_lt("Groups"), ("groups",)),
	(_lt("Meetings"), ("sessions", "polls")),
	(_lt("Messages"), ("messages",)),
	(_lt("Feedback"), ("feedback",)),
	(_lt("Workshops and guest speakers"), ("workshops", "speakers")),
	(_lt("Recertification credit"), ("credit",)),
	(_lt("Next cycle"), ("extension",)),
	(_lt("Membership and login"), ("members",)),
	(_lt("Concerns"), ("concerns",)),
	(_lt("News and summaries"), ("news", "digests")),
	(_lt("Deletion of private texts"), ("retention",)),
)
ORIGINAL, SITE, PROGRAM, TEMPLATE = "original", "site", "program", "template"


@dataclass(frozen=True)
class Entry:
	"""A mail in the list: its subject as people read it; `about` what it is grouped with; `changed` in which languages it
	has words of the site's or the program's own, `outdated` whether the original has changed since one was written,
	`unfit` whether one can't be sent.
	"""

	mail: str
	about: str
	subject: str
	to: str
	when: str
	changed: list[str]
	outdated: bool
	unfit: bool


def entries(program: str | None = None) -> list[Entry]:
	"""Every mail, those about one matter together in the order in which they come up; what is changed for the program, or for all of them where there is none."""
	filters = {"program": program or ("is", "not set")}
	rows = frappe.get_all(stored.WORDING, filters, _FIELDS)
	found = []
	for mail, about in _in_order():
		definition = MAILS[mail]
		own = [row for row in rows if row.mail == mail]
		original = original_of(mail, frappe.local.lang)
		found.append(
			Entry(
				mail,
				about,
				editing.subject_in_words(original),
				_(definition.to),
				_(definition.when),
				sorted(row.language for row in own),
				any(stored.original_changed(row) for row in own),
				not all(stored.fits(row) for row in own),
			)
		)
	return found


def _in_order() -> Iterator[tuple[str, str]]:
	"""(mail, what it is about)."""
	for about, modules in ABOUT:
		for module in modules:
			yield from ((mail, str(about)) for mail in MAILS if MATTERS[mail] == module)


def opened(mail: str, language: str, program: str | None = None) -> dict[str, Any]:
	"""One mail for the editor, in one language, for a program or for all of them.

	`subject` and `message` are what one starts from: what goes out now in this language, of which `origin` says whose
	words they are, else the original. `modified` is what
	`stored.save` asks for. Without a wording in the language, `read_instead` names the one that its readers get.
	"""
	original = original_of(mail, language)
	own = stored.find(mail, language, program)
	subject, message = stored.original_texts(original)
	now, origin = _in_use(mail, language, program)
	start = own or (now if now and now.language == language else None)
	return {
		"mail": mail,
		"to": _(MAILS[mail].to),
		"when": _(MAILS[mail].when),
		"button": " / ".join(_(button.words) for button in MAILS[mail].buttons),
		"language": language,
		"origin": origin,
		"read_instead": now.language if now and now.language != language else "",
		"template": _template(mail, language),
		"subject": start.subject if start else subject,
		"message": start.message if start else message,
		"original": {"subject": subject, "message": message},
		"changed_since": bool(own and stored.original_changed(own)),
		"original_before": {"subject": own.original_subject, "message": own.original_message}
		if own
		else None,
		"unfit": bool(own and not stored.fits(own)),
		"modified": cstr(own.modified) if own else "",
		"modified_by": frappe.utils.get_fullname(own.modified_by) if own else "",
		"name": own.name if own else "",
		"fields": [asdict(choice) for choice in editing.choices(original)],
		"languages": _languages(mail, program),
	}


def _in_use(mail: str, language: str, program: str | None) -> tuple[Any, str]:
	"""(the wording that a reader of the language gets, None for the original; whose it is)."""
	now = stored.wording_for(mail, language, lambda: program)
	if now:
		return now, PROGRAM if now.program else SITE
	return None, TEMPLATE if _template(mail, language) else ORIGINAL


def _template(mail: str, language: str) -> str:
	"""The Email Template in place of the original."""
	wording = standard_wording(mail, language)
	name = wording.name if wording else ""
	return name if frappe.db.exists("Email Template", name) else ""


def _languages(mail: str, program: str | None) -> list[dict[str, Any]]:
	"""The languages to write in: those of the app's wordings, those that people have chosen, and those written in."""
	chosen = frappe.get_all(
		"User", {"enabled": 1, "language": ("is", "set")}, pluck="language", distinct=True
	)
	written = frappe.get_all(
		stored.WORDING, {"mail": mail, "program": program or ("is", "not set")}, pluck="language"
	)
	codes = {*MAILS[mail].wordings, *chosen, *written}
	names = dict(
		frappe.get_all("Language", {"name": ("in", sorted(codes))}, ["name", "language_name"], as_list=True)
	)
	return [
		{
			"code": code,
			"label": _(names[code]),
			"written": code in written,
			"has_original": code.partition("-")[0] in MAILS[mail].wordings,
		}
		for code in sorted(names, key=lambda code: (code != stored.EVERYBODYS, code))
	]
