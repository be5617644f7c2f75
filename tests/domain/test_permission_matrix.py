"""The table of permissions is what the record types themselves say, and what the document tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import permission_matrix as matrix
from tests.permission_matrix import COMMITTEE, COORDINATOR, RIGHTS, ROLES_OF_EVERYBODY, SYSTEM_MANAGER

CHECKOUT = Path(__file__).parents[2]
FOLDER = CHECKOUT / "mentor_ispe" / "mentor_ispe" / "doctype"
DOCTYPES = {
	doctype["name"]: doctype
	for doctype in (json.loads(path.read_text()) for path in sorted(FOLDER.glob("*/*.json")))
	if doctype.get("doctype") == "DocType"
}
RECORDS = {name for name, doctype in DOCTYPES.items() if not doctype.get("istable")}


def test_every_record_type_is_in_the_table():
	assert set(RIGHTS) == RECORDS


@pytest.mark.parametrize("doctype", RIGHTS)
def test_permissions_are_those_of_the_table(doctype):
	given: dict[str, set[str]] = {}
	for perm in DOCTYPES[doctype]["permissions"]:
		actions = {action for action in matrix.ACTIONS if perm.get(action)}
		if perm.get("permlevel"):
			assert actions <= {"read", "write"} & RIGHTS[doctype].of(perm["role"]), perm
		else:
			given.setdefault(perm["role"], set()).update(actions)
	wanted = {role: set(RIGHTS[doctype].of(role)) for role in (COORDINATOR, SYSTEM_MANAGER, COMMITTEE)}
	assert given == {role: actions for role, actions in wanted.items() if actions}


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_no_role_of_everybody_holds_a_permission(doctype):
	held = {perm["role"] for perm in DOCTYPES[doctype].get("permissions", ())}
	assert held.isdisjoint(ROLES_OF_EVERYBODY)


@pytest.mark.parametrize("doctype", sorted(set(DOCTYPES) - RECORDS))
def test_rows_of_a_record_have_no_permissions_of_their_own(doctype):
	assert not DOCTYPES[doctype].get("permissions")


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_table_says_of_every_text_who_sees_it(doctype):
	"""A private field that is moved into a record which others see, for example, is asked for here."""
	texts = {
		field["fieldname"]
		for field in DOCTYPES[doctype]["fields"]
		if field["fieldtype"] in matrix.TEXTS and not field.get("is_virtual")
	}
	told = {field for fields in matrix.SHOWN.get(doctype, {}).values() for field in fields.split()}
	left = {field for of, field in matrix.NO_WORDS if of == doctype}
	assert texts - told - left - matrix.REPEATED == set()
	assert told | left <= {field["fieldname"] for field in DOCTYPES[doctype]["fields"]}


def test_the_document_is_made_from_the_table():
	text = (CHECKOUT / "docs" / "roles.md").read_text()
	assert matrix.page(text) == text, "python -m tests.permission_matrix docs/roles.md"
