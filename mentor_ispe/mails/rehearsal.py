"""Say before a step who would be mailed: do it for real, note what it announces, and undo all of it.

So the number that is said is the number that is sent, by the same rules, consequences and keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import get_datetime, now_datetime

from mentor_ispe.concurrency.retries import SERIALIZATION_ERRORS
from mentor_ispe.mails.outbox import PROFILE, REHEARSED
from mentor_ispe.mails.rendering import CannotRender, render
from mentor_ispe.mails.sending import unwanted

_SAVEPOINT = "mentoring_rehearsal"
NAMED = 3
"""How many of a mail's recipients are named; the others are counted."""

Row = dict[str, Any]


@dataclass(frozen=True)
class AnnouncedMail:
	"""One kind of mail that a step sends: its subject, whom to (profiles or addresses), the first few by name.

	`not_before` is the moment until which it waits, None when it goes out right away. `varies` says that others
	read another subject, with the name of their own group for example. `in_the_morning`: it waits for the next
	morning where each of them lives, `not_before` is the first of these.
	"""

	template: str
	subject: str
	people: tuple[str, ...]
	names: tuple[str, ...]
	not_before: str | None = None
	varies: bool = False
	in_the_morning: bool = False


@contextmanager
def rehearsing() -> Iterator[dict[str, Row]]:
	"""Undo what is written in the block; gives the notices that it would have announced, by name.

	Nothing of it may be committed meanwhile, so whatever tries to is refused.
	"""
	heard: dict[str, Row] = {}
	frappe.db.savepoint(_SAVEPOINT)
	frappe.db.before_commit.add(_refuse_commit)
	frappe.flags[REHEARSED] = heard
	is_undone = False
	try:
		yield heard
	except SERIALIZATION_ERRORS:
		is_undone = True  # by the database, savepoints and all
		raise
	finally:
		del frappe.flags[REHEARSED]
		frappe.db.before_commit.reset()
		if not is_undone:
			frappe.db.rollback(save_point=_SAVEPOINT)
		# As after a rollback of everything: no job begins, and no cache keeps what was never stored.
		frappe.db.after_commit.reset()
		frappe.db.after_rollback.run()


def announced(heard: Mapping[str, Row]) -> tuple[list[AnnouncedMail], set[str]]:
	"""These notices as mails, in the order in which they were announced, and who is to get none of theirs.

	That is whoever wants no such mails. The caller still rehearses.
	"""
	kinds: dict[str, list[Row]] = {}
	dropped = unwanted(frappe._dict(row) for row in heard.values())
	for row in heard.values():
		if row["name"] not in dropped:
			kinds.setdefault(row["template"], []).append(row)
	names = _names(row["profile"] for rows in kinds.values() for row in rows[:NAMED])
	mails = [
		AnnouncedMail(
			template,
			_subject(rows[0]),
			tuple(dict.fromkeys(_person(row) for row in rows)),
			tuple(dict.fromkeys(names.get(_person(row), _person(row)) for row in rows[:NAMED])),
			_later(rows),
			_varies(rows),
			all(row["joined_in"] for row in rows),
		)
		for template, rows in kinds.items()
	]
	told = {person for mail in mails for person in mail.people}
	return mails, {_person(heard[name]) for name in dropped} - told


def _person(row: Row) -> str:
	return row["profile"] or row["recipient"]


def _names(profiles: Iterable[str | None]) -> dict[str, str]:
	wanted = {profile for profile in profiles if profile}
	rows = frappe.get_all(PROFILE, {"name": ("in", sorted(wanted) or [""])}, ["name", "full_name"])
	return {row.name: row.full_name for row in rows}


def _subject(row: Row) -> str:
	"""As the first of them reads it, but in the language of who asks."""
	reference = (row["reference_doctype"], row["reference_name"])
	try:
		mail = render(
			row["template"],
			row["context"],
			row["profile"],
			row["recipient"],
			language=frappe.local.lang,
			reference=reference,
		)
	except CannotRender:
		return row["template"]
	return mail.subject


def _varies(rows: list[Row]) -> bool:
	"""Whether those who are named, and the last, read different subjects; more aren't worth the time."""
	return len({_subject(row) for row in (*rows[:NAMED], *rows[NAMED:][-1:])}) > 1


def _later(rows: list[Row]) -> str | None:
	"""The earliest moment of mails that all wait for one, None when one of them goes out right away."""
	moments = [row["not_before"] and get_datetime(row["not_before"]) for row in rows]
	if not all(moment and moment > now_datetime() for moment in moments):
		return None
	return str(min(moments))


def _refuse_commit() -> None:
	raise RuntimeError("A step that is only rehearsed can't be committed")
