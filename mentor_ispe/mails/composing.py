"""Write the one mail that several notices to one person go out in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from frappe import as_json

from mentor_ispe.mails.attachments import rendered_report
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.default_templates.digests import YOUR_DAY
from mentor_ispe.mails.rendering import (
	CannotRender,
	Reader,
	RenderedMail,
	add_footer,
	fill_template,
	reader_of,
	use_language,
)

# A wording that opens with a short paragraph which ends in a comma greets the reader.
_GREETING = re.compile(r"^\s*<p>[^<]{0,100},\s*</p>\s*")
_FIRST_LETTER = re.compile(r"^(<p>)?\s*(\w)")


@dataclass
class Composed:
	"""The mail, if there is anything to say; `unfit` gives (notice → why) what couldn't be written."""

	mail: RenderedMail | None = None
	unfit: dict[str, str] = field(default_factory=dict)


def compose(notices: Sequence[Any], joined_in: str | None, reader: Reader | None = None) -> Composed:
	"""Write the mail of these notices to one person, the newest first; `reader` is the person where known.

	A notice whose template has a mistake keeps the others of a daily mail from nothing.
	"""
	newest = sorted(notices, key=lambda notice: (notice.creation, notice.name), reverse=True)
	alone = not joined_in and newest[0]
	report = alone and rendered_report(alone.reference_doctype, alone.reference_name)
	if report:
		return Composed(RenderedMail(report.subject, report.message, report))
	reader = reader or reader_of(newest[0].profile, newest[0].recipient)
	with use_language(reader.language):
		if joined_in == YOUR_DAY:
			return _day(newest, reader)
		try:
			mail = fill_template(
				joined_in or newest[0].template, [notice.context for notice in newest], reader
			)
		except CannotRender as error:
			return Composed(unfit={notice.name: str(error) for notice in notices})
		return Composed(add_footer(mail, reader))


def _day(newest: Sequence[Any], reader: Reader) -> Composed:
	done, matters = Composed(), []
	for alike in _alike(newest):
		try:
			mail = fill_template(alike[0].template, [notice.context for notice in alike], reader)
		except CannotRender as error:
			done.unfit.update({notice.name: str(error) for notice in alike})
			continue
		matters.append({"subject": mail.subject, "body_html": _without_greeting(mail.message)})
	if not matters:
		return done
	try:
		done.mail = add_footer(fill_template(YOUR_DAY, [as_json({"matters": matters})], reader), reader)
	except CannotRender as error:
		done.unfit = {notice.name: str(error) for notice in newest}
	return done


def _alike(newest: Sequence[Any]) -> list[list[Any]]:
	"""The notices that are told in one piece, each of these where its newest stands."""
	place: dict[str, int] = {}
	for number, notice in enumerate(newest):
		joined = notice.template in MAILS and MAILS[notice.template].digest_list
		place.setdefault(notice.template if joined else notice.name, number)

	def where(notice: Any) -> int:
		return place.get(notice.template, place.get(notice.name, 0))

	return [list(alike) for _place, alike in groupby(sorted(newest, key=where), key=where)]


def _without_greeting(message: str) -> str:
	"""The body without "Dear …,", which the daily mail has said; the sentence after it begins with a capital."""
	body, greeted = _GREETING.subn("", message, count=1)
	if not greeted:
		return message
	return _FIRST_LETTER.sub(lambda found: (found[1] or "") + found[2].upper(), body, count=1)
