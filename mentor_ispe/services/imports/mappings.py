"""How the columns of a file are read: guessed, chosen on the page of an import, kept for the next file.

There is one kind of mapping, the document that `domain/people_mapping.py` checks. The page makes it from what is
chosen there (a form: {"columns", "values", "constants", "separators"}); as text it is the command's TOML file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from pathlib import PurePath
from typing import Any

import frappe
from frappe import _

from mentor_ispe.domain import import_fields
from mentor_ispe.domain.import_fields import AS_MENTEE, AS_MENTOR, ImportField, fields_for, known_headings
from mentor_ispe.domain.mapping_forms import (
	EITHER,
	add_constants,
	fields_of_either,
	form_document,
	mapping_form,
)
from mentor_ispe.domain.mapping_text import from_toml, to_toml
from mentor_ispe.domain.people_mapping import MappingError, PeopleMapping, fold, parse_mapping
from mentor_ispe.domain.seats import MENTEE, MENTOR
from mentor_ispe.domain.violations import Violation
from mentor_ispe.exceptions import RuleViolation, raise_violations
from mentor_ispe.services.imports.people import wrong_constants
from mentor_ispe.services.imports.state import MAPPING

ROLL, APPLICATIONS = "Membership Roll", "Applications"
BY_COLUMN = "A Column Says It"
SIDES = {"Mentor": (MENTOR,), "Mentee or Peer": (MENTEE,), BY_COLUMN: (MENTOR, MENTEE)}
PARTS = {AS_MENTOR: MENTOR, AS_MENTEE: MENTEE}
NOT_IMPORTED_YET = ("Draft", "Checked")
_KEEPING = "mentoring_keep_mapping"

Form = Mapping[str, Mapping[str, Any]]


def parts_of(doc: Any) -> tuple[str, ...]:
	"""What a row of this file may fill, as `domain/import_fields.py` calls it."""
	if doc.kind == ROLL:
		return (import_fields.ROLL,)
	if doc.kind != APPLICATIONS:
		return (import_fields.PROFILE,)
	parts = [part for part, side in PARTS.items() if side in SIDES[doc.role]]
	return (import_fields.PROFILE, *parts, *([import_fields.SIDE] if doc.role == BY_COLUMN else []))


def fields_of(doc: Any) -> list[ImportField]:
	"""What the columns of this file may be."""
	either = fields_of_either() if doc.kind == APPLICATIONS and doc.role == BY_COLUMN else ()
	return [*either, *(field for part in parts_of(doc) for field in fields_for(part))]


def headings_of(doc: Any) -> tuple[str, ...]:
	"""Headings that tell the row of headings from titles above it."""
	return tuple(known_headings(fields_of(doc)))


def label_of(field: ImportField) -> str:
	"""What the field is called on the page."""
	if field.label:
		return _(field.label)
	doctype = MENTOR if field.part == EITHER else field.doctype
	return _(frappe.get_meta(doctype).get_label(field.name))


def mapping_of(doc: Any) -> PeopleMapping:
	"""The mapping of an import; raises RuleViolation when there is none, or with all that is wrong in it."""
	if not doc.mapping:
		frappe.throw(_("Choose what each column contains, then choose Check file."), exc=RuleViolation)
	return _parsed(json.loads(doc.mapping))


def set_mapping(doc: Any, form: Form) -> None:
	"""Keep what was chosen on the page; raises RuleViolation with all that is wrong in it."""
	doc.check_permission("write")
	if doc.status not in NOT_IMPORTED_YET:
		frappe.throw(_("Rows from this file were already imported. Start a new import."), exc=RuleViolation)
	document = _document(doc, form)
	_check_required(doc, form, document)
	mapping = _parsed(document)
	raise_violations(wrong_constants(mapping.constants) if doc.kind != ROLL else [])
	doc.db_set("mapping", json.dumps(document, ensure_ascii=False), update_modified=False)


def _document(doc: Any, form: Form) -> dict[str, Any]:
	fields = {field.key for field in fields_of(doc)}
	columns = {heading: key for heading, key in form["columns"].items() if heading.strip()}
	for_all = {key for key in form["constants"] if not key.startswith(f"{EITHER}.")}
	unknown = sorted(
		({key for key in columns.values() if key} - fields) | (set(form["constants"]) - (for_all & fields))
	)
	if unknown:
		frappe.throw(
			_("A file of this kind has no field {0}. Reload the page and choose again.").format(
				", ".join(unknown)
			),
			exc=RuleViolation,
		)
	values = {
		name: {theirs: ours for theirs, ours in table.items() if ours}
		for name, table in form["values"].items()
	}
	document = form_document(columns, values)
	if doc.kind == ROLL:
		document.setdefault(import_fields.ROLL, {})
		document.update({"days": doc.day_order.lower()} if doc.day_order else {})
	add_constants(
		document, {key: value for key, value in form["constants"].items() if value not in ("", None, [])}
	)
	used = {key.partition(".")[2] for key in columns.values()}
	document["separators"] = {name: sign for name, sign in form["separators"].items() if name in used}
	return document


def _check_required(doc: Any, form: Form, document: Mapping[str, Any]) -> None:
	"""What a mapping needs, in the page's own words."""
	filled = {name for part in ("fields", "roll", "constants") for name in document.get(part, {})}
	lacking = [field for field in fields_of(doc) if field.required and field.name not in filled]
	if doc.role == BY_COLUMN and "side" not in document:
		lacking += fields_for(import_fields.SIDE)
	if lacking:
		frappe.throw(
			_(
				"No column is chosen for: {0}. Choose one for each of these, then check the file again."
			).format(", ".join(map(label_of, lacking))),
			exc=RuleViolation,
		)


def save_as(doc: Any, title: str) -> str:
	"""Keep the import's mapping under a name, in place of an earlier one of that name; returns the name."""
	mapping_of(doc)
	title = " ".join(title.split())
	if not title:
		frappe.throw(_("Name these choices so that you can find them next time."), exc=RuleViolation)
	name = frappe.db.exists(MAPPING, title)
	record = frappe.get_doc(MAPPING, name) if name else frappe.new_doc(MAPPING)
	if name and record.kind != doc.kind:
		frappe.throw(
			_("“{0}” is already the name of choices for another kind of list. Choose another name.").format(
				title
			),
			exc=RuleViolation,
		)
	record.update(
		{"title": record.title or title, "kind": doc.kind, "mapping": to_toml(json.loads(doc.mapping))}
	)
	return record.save().name


def keep_for_next_time(doc: Any) -> None:
	"""Keep what this file is read by for the next one with its headings, under a free name like that of the file.

	Unless the same is kept already. A convenience: what can't be kept stops no import.
	"""
	if not doc.mapping:
		return
	kept = frappe.get_list(MAPPING, {"kind": doc.kind}, pluck="mapping", limit=0)
	if to_toml(json.loads(doc.mapping)) in kept:
		return
	# Frappe takes no name with these signs, which a file's may have.
	words = PurePath(doc.title or "").stem.replace("<", " ").replace(">", " ").split()
	title = " ".join(words)[:100].strip() or _(doc.kind)
	names = (title if number == 1 else f"{title} ({number})" for number in count(1))
	frappe.db.savepoint(_KEEPING)
	try:
		save_as(doc, next(name for name in names if not frappe.db.exists(MAPPING, name)))
	except (frappe.ValidationError, frappe.NameError):
		frappe.db.rollback(save_point=_KEEPING)
		frappe.clear_last_message()


def kept_forms(doc: Any, headings: list[str]) -> list[dict[str, Any]]:
	"""The kept mappings that fit this file, those that know most of its headings first: {"name", "form", "known"}.

	One fits when all that it reads is there, and is for a file of this kind.
	"""
	here, found = {fold(heading) for heading in headings}, []
	allowed = {field.key for field in fields_of(doc)}
	for record in frappe.get_list(MAPPING, {"kind": doc.kind}, ["name", "mapping"], limit=0):
		try:
			document = from_toml(record.mapping)
			mapping = parse_mapping(document)
		except MappingError:
			continue
		form = mapping_form(document, headings)
		used = {key for key in (*form["columns"].values(), *form["constants"]) if key}
		if mapping.headings - mapping.leave_out <= here and used <= allowed and not mapping.both:
			found.append({"name": record.name, "form": form, "known": len(mapping.headings & here)})
	return sorted(found, key=lambda each: (-each["known"], each["name"]))


def current_form(doc: Any, headings: list[str]) -> dict[str, Any] | None:
	"""What was chosen for this file before, for its headings as they are now."""
	return mapping_form(json.loads(doc.mapping), headings) if doc.mapping else None


def _parsed(document: Mapping[str, Any]) -> PeopleMapping:
	broken: list[Violation] = []
	try:
		return parse_mapping(document)
	except MappingError as error:
		broken = error.violations
	raise_violations(broken, title=_("The columns"))
	raise AssertionError("unreachable")
