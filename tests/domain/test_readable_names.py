"""Nobody reads the key of a record: whatever is named by one has a title, which lists and links show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mentor_ispe.roles import COORDINATOR

FOLDER = Path(__file__).parents[2] / "mentor_ispe/mentor_ispe/doctype"
DOCTYPES = {
	meta["name"]: (meta, path)
	for path in sorted(FOLDER.glob("*/*.json"))
	if (meta := json.loads(path.read_text(encoding="utf-8"))).get("doctype") == "DocType"
}
BY_WORDS = ("field:", "prompt")


def is_named_by_a_key(name: str) -> bool:
	meta, _path = DOCTYPES[name]
	return not meta.get("issingle") and not str(meta.get("autoname")).startswith(BY_WORDS)


def read_by_coordinators(name: str) -> bool:
	meta, _path = DOCTYPES[name]
	return any(right["role"] == COORDINATOR and right.get("read") for right in meta["permissions"])


LISTED = [name for name in DOCTYPES if is_named_by_a_key(name) and read_by_coordinators(name)]
LINKED = sorted(
	{
		field["options"]
		for name, (meta, _path) in DOCTYPES.items()
		if meta.get("istable") or read_by_coordinators(name)
		for field in meta["fields"]
		if field["fieldtype"] == "Link"
		and field["options"] in DOCTYPES
		and is_named_by_a_key(field["options"])
	}
)


def test_there_are_some_of_each():
	assert {"Mentoring Group", "Mentee", "Mentoring Concern"} <= set(LISTED)
	assert {"Mentoring Profile", "Mentoring Session"} <= set(LINKED)


@pytest.mark.parametrize("name", LISTED)
def test_list_shows_a_title_and_no_key(name):
	meta, path = DOCTYPES[name]
	fields = {field["fieldname"]: field for field in meta["fields"]}
	title = fields[meta["title_field"]]
	assert title["fieldtype"] != "Dynamic Link"
	assert not (
		title["fieldtype"] == "Link" and title["options"] in DOCTYPES and is_named_by_a_key(title["options"])
	)
	script = path.with_name(f"{path.stem}_list.js")
	assert "hide_name_column: true" in script.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LISTED)
def test_list_has_no_column_of_a_key(name):
	"""Frappe shows a title for a Link, and the key for a Dynamic Link."""
	columns = [field for field in DOCTYPES[name][0]["fields"] if field.get("in_list_view")]
	assert not [field["fieldname"] for field in columns if field["fieldtype"] == "Dynamic Link"]


@pytest.mark.parametrize("name", LINKED)
def test_link_shows_the_title(name):
	meta, _path = DOCTYPES[name]
	assert meta.get("title_field")
	assert meta.get("show_title_field_in_link")
