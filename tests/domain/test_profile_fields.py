"""What is declared of a profile stands in its DocType."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mentor_ispe.domain.profile_fields import CHOICE, LIST, LONG_TEXT, OWN_FIELDS, PROFILE_FIELDS, TEXT

FILE = Path(__file__).parents[2] / "mentor_ispe/mentor_ispe/doctype/mentoring_profile/mentoring_profile.json"
STORED = {field["fieldname"]: field for field in json.loads(FILE.read_text())["fields"]}
FIELDTYPES = {
	TEXT: {"Data", "Link"},
	LONG_TEXT: {"Small Text"},
	CHOICE: {"Select", "Link", "Autocomplete"},
	LIST: {"Table MultiSelect"},
}


@pytest.mark.parametrize("field", PROFILE_FIELDS, ids=lambda field: field.name)
def test_a_field_is_one_of_the_record(field):
	assert STORED[field.name]["fieldtype"] in FIELDTYPES[field.kind]
	assert bool(field.row) == (field.kind == LIST)


def test_what_the_association_says_of_a_person_is_not_theirs_to_set():
	assert {field.name for field in PROFILE_FIELDS} - {field.name for field in OWN_FIELDS} == {
		"email",
		"chapter",
	}
