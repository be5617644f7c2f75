"""A field of an application is declared once; what has to be written elsewhere is there too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mentor_ispe.domain.application_fields import (
	APPLICATION_FIELDS,
	CHOICE,
	FIELDTYPES,
	TEXT,
	shown_names,
)
from mentor_ispe.domain.people_mapping import APPLICATION_FIELDS as FROM_FILES

DOCTYPES = Path(__file__).parents[2] / "mentor_ispe" / "mentor_ispe" / "doctype"
DECLARED = [(role, field) for role, fields in APPLICATION_FIELDS.items() for field in fields]


@pytest.mark.parametrize(("role", "field"), DECLARED, ids=lambda each: getattr(each, "name", each))
def test_the_record_of_the_application_keeps_the_field(role, field):
	wanted = {"fieldname": field.name, "fieldtype": FIELDTYPES[field.kind]}
	if field.kind == CHOICE:
		wanted["options"] = "\n".join(("", *field.choices))
	stored = record_fields(role).get(field.name)
	assert stored, f"{role} lacks {wanted}"
	assert wanted.items() <= stored.items()
	assert stored["label"]


@pytest.mark.parametrize(("role", "field"), DECLARED, ids=lambda each: getattr(each, "name", each))
def test_the_field_may_be_filled_from_a_file(role, field):
	assert FROM_FILES[role][field.name] in ("text", "list", "number", "yes_no")


def test_one_name_is_one_kind_of_answer_in_both_roles():
	kinds: dict[str, set[str]] = {}
	for _role, field in DECLARED:
		kinds.setdefault(field.name, set()).add(field.kind)
	assert all(len(each) == 1 for each in kinds.values()), kinds


def test_switches_and_numbers_of_the_program_are_there():
	known = record_fields("Mentoring Program")
	for _role, field in DECLARED:
		assert {each for each in (field.asked_if, field.most, field.usual) if each} <= known.keys()


def test_only_words_are_shown_to_whom_one_is_matched_with():
	for role, fields in APPLICATION_FIELDS.items():
		kinds = {field.name: field.kind for field in fields}
		assert {kinds[name] for name in shown_names(role)} <= {TEXT, CHOICE}


def record_fields(doctype: str) -> dict[str, dict]:
	folder = doctype.lower().replace(" ", "_")
	found = json.loads((DOCTYPES / folder / f"{folder}.json").read_text(encoding="utf-8"))["fields"]
	return {field["fieldname"]: field for field in found}
