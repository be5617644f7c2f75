"""Take a person out of what others wrote: every text of every table of ours, and what the platform copied of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Lower
from frappe.utils import cstr
from pypika.queries import Table
from pypika.terms import Criterion

from mentor_ispe.domain.erasure.wording import Wording
from mentor_ispe.services.sessions import sealing

MODULE = "Mentor ISPE"
# What the association says of itself: here a single part of a name is told, not taken out.
ASSOCIATIONS = frozenset(
	{
		*(
			"Mentoring Program",
			"Mentoring Cycle",
			"Mentoring Agreement",
			"Mentoring Resource",
			"Mentoring Topic",
		),
		*("Mentoring Industry", "Mentoring Workshop", "Mentoring Program Recipient"),
	}
)
TEXTS = frozenset(
	{
		*("Data", "Small Text", "Text", "Long Text", "Text Editor", "HTML Editor", "Markdown Editor", "HTML"),
		*("Code", "JSON", "Autocomplete", "Read Only", "Phone"),
	}
)
# Where Frappe writes beside the fields of a record.
BESIDE = ("_user_tags", "_comments", "_assign", "_liked_by", "_seen", "owner", "modified_by")
# Tables of the platform that copy what was written elsewhere → the column that says of which DocType. What is in
# ONLY_OURS is gone through as far as it is about records of ours: the rest is other apps' history.
PLATFORM = {
	"Access Log": "",
	"Activity Log": "reference_doctype",
	"Comment": "reference_doctype",
	"Communication": "reference_doctype",
	"Data Import": "reference_doctype",
	"Data Import Log": "",
	"Deleted Document": "deleted_doctype",
	"Error Log": "reference_doctype",
	"Integration Request": "reference_doctype",
	"Notification Log": "document_type",
	"Personal Data Deletion Request": "",
	"Route History": "",
	"Scheduled Job Log": "",
	"Tag Link": "document_type",
	"ToDo": "reference_type",
	"Version": "ref_doctype",
	"View Log": "reference_doctype",
	"Webhook Request Log": "",
}
ONLY_OURS = ("Version", "Deleted Document", "Integration Request", "Data Import")
# Files in a conversation are what somebody sent, and stay as they were sent.
SEALED_WORDS = tuple(doctype for doctype in sealing.SEALED if doctype != "Mentoring Message File")
# Deleted on their day anyway; a person's own are taken out, but nobody has to look at what may mean others.
SOON_DELETED = ("Mentoring Import Row",)
AT_ONCE = 500
DATA_LENGTH = 140


@dataclass
class Swept:
	"""How many records changed, by DocType, and the (DocType, record, field) where a person has to look."""

	changed: Counter[str] = field(default_factory=Counter)
	records: set[tuple[str, str]] = field(default_factory=set)
	places: set[tuple[str, str, str]] = field(default_factory=set)


def sweep(wording: Wording) -> Swept:
	"""Go through all of it, in the caller's transaction."""
	done = Swept()
	ours = our_doctypes()
	for doctype in ours:
		_sweep_table(doctype, wording, done, parts=doctype not in ASSOCIATIONS)
	for doctype, reference in PLATFORM.items():
		if frappe.db.exists("DocType", doctype):
			_sweep_platform(doctype, reference, ours, wording, done)
	for doctype in SEALED_WORDS:
		_sweep_sealed(doctype, wording, done)
	_sweep_search(ours, wording)
	return done


def our_doctypes() -> list[str]:
	"""Those that have a table, with the tables inside of others."""
	return frappe.get_all(
		"DocType", {"module": MODULE, "issingle": 0, "is_virtual": 0}, pluck="name", order_by="name"
	)


def _sweep_table(doctype: str, wording: Wording, done: Swept, parts: bool) -> None:
	columns = text_columns(doctype)
	patterns = wording.patterns
	for row in _rows(doctype, columns, patterns):
		_sweep_row(doctype, row, columns, wording, done, parts, told=doctype not in SOON_DELETED)


def _sweep_platform(
	doctype: str, reference: str, ours: Collection[str], wording: Wording, done: Swept
) -> None:
	"""Single parts of the name go from logs and from what is about records of ours; the rest is other apps'."""
	columns = text_columns(doctype)
	about_ours = DocType(doctype)[reference].isin(ours) if reference else None
	for row in _rows(doctype, columns, wording.patterns, about_ours):
		_sweep_row(doctype, row, columns, wording, done, parts=True, told=bool(reference))
	if reference and doctype not in ONLY_OURS:
		for row in _rows(doctype, columns, wording.patterns_everywhere):
			_sweep_row(doctype, row, columns, wording, done, parts=False, told=False)


def text_columns(doctype: str) -> list[str]:
	"""The columns of a DocType that hold text which may name somebody; what is sealed is gone through elsewhere."""
	meta = frappe.get_meta(doctype)
	fields = [df.fieldname for df in meta.fields if df.fieldtype in TEXTS and not df.is_virtual]
	named_by = cstr(meta.autoname).removeprefix("field:")
	sealed = "content" if doctype in sealing.SEALED else ""
	stored = set(frappe.db.get_table_columns(doctype))
	return [name for name in (*fields, *BESIDE) if name in stored and name not in (named_by, sealed)]


def _rows(
	doctype: str, columns: list[str], patterns: list[str], only: Criterion | None = None
) -> Iterator[frappe._dict]:
	"""The rows in which a text may change, in the order of their names; what changes meanwhile comes once."""
	table, after = DocType(doctype), ""
	if not (columns and patterns):
		return
	beside = ["parenttype", "parent"] if frappe.get_meta(doctype).istable else []
	where = _any_like(table, columns, patterns)
	if only is not None:
		where &= only
	while rows := (
		frappe.qb.from_(table)
		.select(table.name, *(table[column] for column in (*beside, *columns)))
		.where(where & (table.name > after))
		.orderby(table.name)
		.limit(AT_ONCE)
	).run(as_dict=True):
		yield from rows
		after = rows[-1].name


def _any_like(table: Table, columns: list[str], patterns: list[str]) -> Criterion:
	return Criterion.any(Lower(table[column]).like(pattern) for column in columns for pattern in patterns)


def _sweep_row(
	doctype: str,
	row: frappe._dict,
	columns: list[str],
	wording: Wording,
	done: Swept,
	parts: bool,
	told: bool = True,
) -> None:
	meta = frappe.get_meta(doctype)
	values: dict[str, Any] = {}
	for column in columns:
		before = cstr(row[column])
		after = wording.without(before, parts) if before else before
		if after != before:
			values[column] = _fitting(meta.get_field(column), after, cstr(row.name))
		if told and after and wording.may_name(after, parts):
			done.places.add(_place(doctype, row, column))
	if values:
		frappe.db.set_value(doctype, row.name, values, update_modified=False)
		done.changed[doctype] += 1
		done.records.add((doctype, cstr(row.name)))


def _fitting(df: Any, text: str, name: str) -> str:
	"""What stands for a person may be longer than the name, and isn't unique."""
	if df is None or df.fieldtype not in ("Data", "Autocomplete", "Read Only", "Phone"):
		return text if df else text[:DATA_LENGTH]
	length = df.length or DATA_LENGTH
	if df.unique:
		return f"{text[: length - len(name) - 1]}-{name}"
	return text[:length]


def _sweep_sealed(doctype: str, wording: Wording, done: Swept) -> None:
	"""Nobody reads these here: each is opened, changed where it names the person, and sealed again."""

	def change(text: str) -> str:
		new = wording.without(text)
		doubtful.append(wording.may_name(new))
		return new

	for name in frappe.get_all(doctype, {"content": ("is", "set")}, pluck="name", order_by="name"):
		doubtful: list[bool] = []
		changed = sealing.reword(doctype, name, change)
		if changed:
			done.changed[doctype] += 1
		if changed is None or any(doubtful):
			done.places.add((doctype, name, "content"))


def _place(doctype: str, row: frappe._dict, column: str) -> tuple[str, str, str]:
	if row.get("parent") and row.get("parenttype"):
		return row.parenttype, row.parent, f"{doctype}: {column}"
	return doctype, cstr(row.name), column


def _sweep_search(ours: Collection[str], wording: Wording) -> None:
	"""Frappe's index of what the Desk's search finds."""
	table = Table("__global_search")
	columns = ["content", "title"]
	rows = (
		frappe.qb.from_(table)
		.select(table.doctype, table.name, *(table[column] for column in columns))
		.where(table.doctype.isin(ours) & _any_like(table, columns, wording.patterns))
	).run(as_dict=True)
	for row in rows:
		query = frappe.qb.update(table)
		for column in columns:
			query = query.set(table[column], wording.without(cstr(row[column])))
		query.where((table.doctype == row.doctype) & (table.name == row.name)).run()
