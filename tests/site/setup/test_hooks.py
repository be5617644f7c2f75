"""Everything that hooks.py and patches.txt name is there, and names what is there."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import frappe
import pytest
from frappe.modules.patch_handler import get_patches_from_app

import mentor_ispe
from mentor_ispe import hooks
from mentor_ispe.permissions.conflict_table import LEADS, REFERENCES
from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER

PACKAGE = Path(mentor_ispe.__file__).parent


def strings_of(value: Any) -> Iterator[str]:
	if isinstance(value, str):
		yield value
	elif isinstance(value, dict):
		for item in value.values():
			yield from strings_of(item)
	elif isinstance(value, list | tuple):
		for item in value:
			yield from strings_of(item)


NAMED = sorted(
	{text for name, value in vars(hooks).items() if not name.startswith("_") for text in strings_of(value)}
)


def test_every_python_path_in_hooks_resolves(site):
	paths = [text for text in NAMED if text.startswith("mentor_ispe.")]
	assert len(paths) > 10
	for path in paths:
		assert callable(frappe.get_attr(path)), path


def test_every_file_in_hooks_is_there():
	files = [text for text in NAMED if text.startswith(("public/", "/assets/mentor_ispe/"))]
	assert files
	for file in files:
		assert (PACKAGE / file.replace("/assets/mentor_ispe/", "public/")).is_file(), file


def test_every_line_of_patches_resolves(site):
	for patch in get_patches_from_app("mentor_ispe"):
		assert not patch.startswith("execute:"), patch
		assert callable(import_module(patch.split()[0]).execute), patch


def our_doctypes(**filters: Any) -> set[str]:
	return set(frappe.get_all("DocType", filters={"module": "Mentor ISPE", **filters}, pluck="name"))


def test_nobody_but_staff_holds_a_permission_on_a_record_of_ours(site):
	"""Whatever entry point Frappe or another app opens next, it asks for one of these."""
	for kind in ("DocPerm", "Custom DocPerm"):
		held = frappe.get_all(
			kind,
			filters={"role": ["in", (MEMBER, "All", "Guest", "Desk User")], "parent": ["in", our_doctypes()]},
			fields=["parent", "role"],
		)
		assert held == [], kind


def test_lists_and_documents_ask_the_same_table(site):
	# Prepared reports are narrowed too, not by a conflict but to those who prepared them.
	asked = {*LEADS, *REFERENCES, "Prepared Report"}
	assert set(hooks.has_permission) == set(hooks.permission_query_conditions) == asked
	assert our_doctypes() >= set(LEADS)


def test_every_table_of_rows_is_guarded(site):
	tables = our_doctypes(istable=1)
	assert tables
	for doctype in tables:
		bases = [base.__name__ for base in frappe.get_doc({"doctype": doctype}).__class__.__mro__]
		assert "RowOfDocument" in bases, doctype


def test_roles_have_the_desk_access_they_should(site):
	access = dict(
		frappe.get_all(
			"Role",
			filters={"name": ["in", (COORDINATOR, COMMITTEE, MEMBER)]},
			fields=["name", "desk_access"],
			as_list=True,
		)
	)
	assert access == {COORDINATOR: 1, COMMITTEE: 1, MEMBER: 0}


def test_committee_has_no_right_to_write_anything(site):
	rights = frappe.get_all(
		"DocPerm", filters={"role": COMMITTEE}, fields=["parent", "write", "create", "delete"]
	)
	assert [right for right in rights if right.write or right.create or right["delete"]] == []


@pytest.mark.parametrize("doctype", ["Member", "Customer", "Contact"])
def test_connections_lead_from_the_members_records_to_their_mentoring(site, doctype):
	if not frappe.db.exists("DocType", doctype):
		pytest.skip(f"no app on this site has {doctype}")
	data = frappe.get_meta(doctype).get_dashboard_data()
	assert "Mentoring Profile" in [item for group in data.transactions for item in group["items"]]
	field = data.non_standard_fieldnames["Mentoring Profile"]
	assert frappe.get_meta("Mentoring Profile").has_field(field)


def test_profile_is_counted_on_the_form_of_its_customer(site):
	if not frappe.db.exists("DocType", "Customer"):
		pytest.skip("no app on this site has Customer")
	from frappe.desk.notifications import get_open_count

	from tests.factories import make_profile

	profile = make_profile(member=False)
	customer = frappe.get_doc(
		{"doctype": "Customer", "customer_name": profile.full_name, "customer_type": "Individual"}
	).insert(ignore_mandatory=True)
	frappe.db.set_value(
		"Mentoring Profile",
		profile.name,
		{"membership_doctype": "Customer", "membership_record": customer.name},
	)
	counts = get_open_count("Customer", customer.name, items='["Mentoring Profile"]')["count"]
	assert counts["external_links_found"][0]["count"] == 1


def test_workspace_names_only_what_is_there(site):
	workspace = frappe.get_doc("Workspace", "Mentoring")
	for link in [*workspace.links, *workspace.shortcuts]:
		if link.type in ("Link", "DocType"):
			assert frappe.db.exists(link.get("link_type") or "DocType", link.link_to), link.link_to
	for row in workspace.number_cards:
		assert frappe.db.exists("Number Card", row.number_card_name)
	for row in workspace.custom_blocks:
		assert frappe.db.exists("Custom HTML Block", row.custom_block_name)
	for row in workspace.charts:
		assert frappe.db.exists("Dashboard Chart", row.chart_name)
	shown = {
		value
		for block in frappe.parse_json(workspace.content)
		for key, value in block["data"].items()
		if key.endswith("_name")
	}
	known = {row.label for row in [*workspace.shortcuts, *workspace.links]}
	known |= {row.custom_block_name for row in workspace.custom_blocks}
	known |= set(frappe.get_all("Module Onboarding", {"module": "Mentor ISPE"}, pluck="name"))
	known |= {row.number_card_name for row in workspace.number_cards} | {
		row.chart_name for row in workspace.charts
	}
	assert shown <= known
