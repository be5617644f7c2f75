"""What the Desk's search bar finds: people, their applications and their groups, by a part of a name or address.

Frappe searches in copies that it keeps of every record, by whole words, and never asks which of them a user may
read. Here nothing is kept twice, so that nothing stays behind when somebody is erased: the lists themselves are
searched, as whoever asks, by any part of a word. A bounded number of queries, whatever is found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, escape_html

from mentor_ispe.permissions.conflict_of_interest import asked_once

PROFILE, GROUP, SEAT = "Mentoring Profile", "Mentoring Group", "Mentoring Group Member"
SHORTEST, LONGEST, MOST_WORDS, MOST, FURTHEST = 2, 140, 5, 50, 1000
ADDRESSES = ("email", "user", "membership_email")

Hit = dict[str, Any]
Filters = dict[str, list[list[Any]]]
"""What a list is narrowed by: `filters` that all hold, or `or_filters` of which one does."""


def find(text: str, doctype: str = "", start: int = 0, limit: int = 20) -> list[Hit]:
	"""Hits as Frappe's search has them (doctype, name, title, content), of one DocType or of all of them.

	Of each at most `limit`, from `start` on; nothing for less than two letters, nor of a DocType that whoever
	asks may not read.
	"""
	text = " ".join(cstr(text).replace("%", " ").replace("\\", " ").split())[:LONGEST]
	if len(text) < SHORTEST:
		return []
	first, last = min(max(0, cint(start)), FURTHEST), min(max(1, cint(limit)), MOST)
	last += first
	with asked_once(frappe.session.user):
		found = _find(text, doctype, first, last)
	_send_titles(found)
	return found


def _find(text: str, doctype: str, first: int, last: int) -> list[Hit]:
	people = _people(text, max(last, MOST))
	names = [row.name for row in people[:MOST]]
	found = []
	for each, (fields, wanted) in SEARCHED.items():
		if doctype in ("", each) and frappe.has_permission(each, "read"):
			rows = people if each == PROFILE else _rows(each, fields, wanted(text, names), last)
			found += [_hit(each, fields, row) for row in rows[first:last]]
	return found


def _people(text: str, most: int) -> list[frappe._dict]:
	"""The profiles whose name or address has the text in it: by these, records of theirs are found."""
	if not frappe.has_permission(PROFILE, "read"):
		return []
	fields, wanted = SEARCHED[PROFILE]
	return _rows(PROFILE, fields, wanted(text, ()), most)


def _rows(doctype: str, fields: Collection[str], wanted: Iterator[Filters], most: int) -> list[frappe._dict]:
	"""The records that fit one of the filters, each once, the newest first of each."""
	columns = [f"`tab{doctype}`.{name}" for name in ("name", frappe.get_meta(doctype).title_field, *fields)]
	found: dict[str, frappe._dict] = {}
	for filters in wanted:
		rows = frappe.get_list(
			doctype,
			fields=[*columns, f"`tab{doctype}`.creation"],
			order_by=f"`tab{doctype}`.creation desc",
			limit=most,
			distinct=True,
			**filters,
		)
		found.update((row.name, row) for row in rows if row.name not in found)
	return list(found.values())[:most]


def _all_words(doctype: str, field: str, text: str) -> Filters:
	return {"filters": [[doctype, field, "like", f"%{word}%"] for word in text.split()[:MOST_WORDS]]}


def _of_people(text: str, people: Collection[str]) -> Iterator[Filters]:
	yield _all_words(PROFILE, "full_name", text)
	if " " not in text:
		yield {"or_filters": [[PROFILE, field, "like", f"%{text}%"] for field in ADDRESSES]}


def _of_applications(doctype: str) -> Callable[[str, Collection[str]], Iterator[Filters]]:
	def wanted(text: str, people: Collection[str]) -> Iterator[Filters]:
		if people:
			yield {"filters": [[doctype, "profile", "in", list(people)]]}

	return wanted


def _of_groups(text: str, people: Collection[str]) -> Iterator[Filters]:
	yield _all_words(GROUP, "title", text)
	if people:
		yield {"filters": [[SEAT, "profile", "in", list(people)]]}


SEARCHED: dict[str, tuple[tuple[str, ...], Callable[[str, Collection[str]], Iterator[Filters]]]] = {
	PROFILE: (("email", "employer"), _of_people),
	GROUP: (("cycle", "status"), _of_groups),
	"Mentor": (("cycle", "status"), _of_applications("Mentor")),
	"Mentee": (("cycle", "status"), _of_applications("Mentee")),
}
"""The DocTypes in the order of the hits: what is shown of each, and how its records are found."""


def _hit(doctype: str, fields: Collection[str], row: frappe._dict) -> Hit:
	meta = frappe.get_meta(doctype)
	title = cstr(row[meta.title_field])
	shown = [(meta.get_label(name), _(row[name]) if name == "status" else row[name]) for name in fields]
	content = [
		(meta.get_label(meta.title_field), title),
		*((label, value) for label, value in shown if value),
	]
	return {
		"doctype": doctype,
		"name": row.name,
		"title": title,
		"details": ", ".join(cstr(value) for _label, value in shown if value),
		# Frappe writes it into its page as it is.
		"content": " ||| ".join(f"{_(label)} : {escape_html(cstr(value))}" for label, value in content),
		"rank": 1,
	}


def _send_titles(hits: Collection[Hit]) -> None:
	"""As Frappe sends them with a form: its search shows names, which say nothing here."""
	titles = {f"{hit['doctype']}::{hit['name']}": hit["title"] for hit in hits}
	frappe.local.response.setdefault("_link_titles", {}).update(titles)
