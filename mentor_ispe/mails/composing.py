"""Write the one mail that several notices to one person go out in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from typing import Any

from frappe import as_json, parse_json
from frappe.utils import escape_html

from mentor_ispe.mails.attachments import rendered_report
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates.digests import YOUR_DAY
from mentor_ispe.mails.frames import frame_for
from mentor_ispe.mails.places import Reference, program_of, shared_program
from mentor_ispe.mails.readers import Reader, reader_of
from mentor_ispe.mails.rendered import RenderedMail
from mentor_ispe.mails.rendering import CannotRender, fill_template, lists, use_language
from mentor_ispe.mails.written_words import MAILING, language_of

# A wording that opens with a short paragraph which ends in a comma greets the reader.
_GREETING = re.compile(r"^\s*<p>[^<]{0,100},\s*</p>\s*")
_FIRST_LETTER = re.compile(r"^(<p>)?\s*(\w)")


@dataclass
class Composed:
	"""The mail, if there is anything to say; `unfit` gives (notice → why) what couldn't be written."""

	mail: RenderedMail | None = None
	unfit: dict[str, str] = field(default_factory=dict)


def compose(
	notices: Sequence[Any], joined_in: str | None, reader: Reader | None = None, draft: Any = None
) -> Composed:
	"""Write the mail of these notices to one person, the newest first; `reader` is the person where known.

	`draft` is a wording in place of the one that is kept, for the mail itself.

	A notice whose template has a mistake keeps the others of a daily mail from nothing.
	"""
	newest = sorted(notices, key=lambda notice: (notice.creation, notice.name), reverse=True)
	reader = reader or reader_of(newest[0].profile, newest[0].recipient)
	if not joined_in and newest[0].reference_doctype == MAILING:
		reader = replace(reader, language=language_of(newest[0].reference_name) or reader.language)
	with use_language(reader.language):
		done = _words(newest, joined_in, reader, draft)
		if done.mail:
			program = shared_program(_about(notice) for notice in newest)
			frame = frame_for(joined_in or _most_needed(newest), reader, program)
			done.mail = replace(done.mail, frame=frame)
	return done


def _words(newest: Sequence[Any], joined_in: str | None, reader: Reader, draft: Any) -> Composed:
	alone = not joined_in and len(newest) == 1 and newest[0]
	report = alone and rendered_report(alone.reference_doctype, alone.reference_name)
	if report and not draft:
		return Composed(RenderedMail(report.subject, report.message, report))
	if joined_in == YOUR_DAY:
		return _day(newest, reader, draft)
	if not joined_in and len(newest) > 1:
		return _act(newest[::-1], reader)
	template, contexts = joined_in or newest[0].template, [notice.context for notice in newest]
	try:
		return Composed(fill_template(template, contexts, reader, _about(newest[0]), draft))
	except CannotRender as error:
		return Composed(unfit={notice.name: str(error) for notice in newest})


def _act(oldest: Sequence[Any], reader: Reader) -> Composed:
	"""What one act has to tell: the first of it is the mail, the others follow it."""
	done, mails = Composed(), []
	for alike in _alike(oldest, "act_list", reader):
		contexts = [notice.context for notice in by_start(alike)]
		try:
			mails.append(fill_template(alike[0].template, contexts, reader, _about(alike[0])))
		except CannotRender as error:
			done.unfit.update({notice.name: str(error) for notice in alike})
	if mails:
		first, others = mails[0], mails[1:]
		also = "\n".join(f"<h3>{escape_html(mail.subject)}</h3>\n{_as_section(mail)}" for mail in others)
		more = f" (+ {len(others)})" if others else ""
		done.mail = replace(first, subject=first.subject + more, also=also)
	return done


def _most_needed(notices: Sequence[Any]) -> str:
	"""The template that says whether the mail can be turned off: one that can't, if there is any."""
	for notice in notices:
		mail = MAILS.get(notice.template)
		if mail is None or not mail.optional:
			return notice.template
	return notices[0].template


def _about(notice: Any) -> Reference:
	return notice.reference_doctype, notice.reference_name


def _day(newest: Sequence[Any], reader: Reader, draft: Any) -> Composed:
	done, matters = Composed(), []
	for alike in _alike(newest, "digest_list", reader):
		contexts = [notice.context for notice in alike]
		try:
			mail = fill_template(alike[0].template, contexts, reader, _about(alike[0]))
		except CannotRender as error:
			done.unfit.update({notice.name: str(error) for notice in alike})
			continue
		matters.append({"subject": mail.subject, "body_html": _as_section(mail)})
	if not matters:
		return done
	try:
		done.mail = fill_template(YOUR_DAY, [as_json({"matters": matters})], reader, draft=draft)
	except CannotRender as error:
		done.unfit = {notice.name: str(error) for notice in newest}
	return done


def _as_section(mail: RenderedMail) -> str:
	"""The words and, as a link, the button of a mail that is told among others."""
	words = _without_greeting(mail.message)
	if mail.button is None:
		return words
	link = f'<a href="{escape_html(mail.button.url)}">{escape_html(mail.button.words)}</a>'
	return f"{words}\n<p>{link}</p>"


def by_start(notices: Sequence[Any]) -> list[Any]:
	"""Those about meetings in the order of these; the values of a notice say when its meeting starts."""
	return sorted(notices, key=lambda notice: str(parse_json(notice.context or "{}").get("starts_on") or ""))


def _alike(notices: Sequence[Any], list_field: str, reader: Reader) -> list[list[Any]]:
	"""The notices that are told in one piece, each of these where its first stands: of mails that have such a list."""
	place: dict[str, int] = {}
	for number, notice in enumerate(notices):
		joined = notice.template in MAILS and getattr(MAILS[notice.template], list_field)
		joined = joined and lists(
			notice.template, reader.language, joined, partial(program_of, _about(notice))
		)
		place.setdefault(notice.template if joined else notice.name, number)

	def where(notice: Any) -> int:
		return place.get(notice.template, place.get(notice.name, 0))

	return [list(alike) for _place, alike in groupby(sorted(notices, key=where), key=where)]


def _without_greeting(message: str) -> str:
	"""The body without "Dear …,", which the daily mail has said; the sentence after it begins with a capital."""
	body, greeted = _GREETING.subn("", message, count=1)
	if not greeted:
		return message
	return _FIRST_LETTER.sub(lambda found: (found[1] or "") + found[2].upper(), body, count=1)
