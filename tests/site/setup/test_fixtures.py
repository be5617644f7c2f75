"""The fixtures: what a site gets of them, what staff keep, and that an export writes the same files."""

from __future__ import annotations

import json
from pathlib import Path

import frappe
from frappe.utils import fixtures

import mentor_ispe
from mentor_ispe.roles import COORDINATOR, MEMBER
from mentor_ispe.setup import desk
from tests.factories import make_user

APP = "mentor_ispe"
FOLDER = Path(mentor_ispe.__file__).parent / "fixtures"
FILES = sorted(file.name for file in FOLDER.iterdir())


def test_an_export_writes_the_same_files(site, tmp_path, monkeypatch):
	fixtures.import_fixtures(APP)
	with monkeypatch.context() as elsewhere:
		elsewhere.setattr(frappe, "get_app_path", lambda app, *parts: str(tmp_path.joinpath(*parts)))
		fixtures.export_fixtures(APP)
	assert sorted(file.name for file in (tmp_path / "fixtures").iterdir()) == FILES
	for file in FILES:
		ours = json.loads((FOLDER / file).read_text(encoding="utf-8"))
		theirs = json.loads((tmp_path / "fixtures" / file).read_text(encoding="utf-8"))
		# Another version of Frappe has more fields.
		shared = [{field: there.get(field) for field in our} for our, there in zip(ours, theirs, strict=True)]
		assert shared == ours


def test_the_import_says_nothing(site, capsys):
	"""Frappe prints what it can't import, and goes on."""
	fixtures.import_fixtures(APP)
	assert "Skipping" not in capsys.readouterr().out


def test_a_role_that_is_lost_or_changed_comes_back(site):
	frappe.db.set_value("Role", MEMBER, "desk_access", 1)
	frappe.db.delete("Role", {"name": COORDINATOR})
	frappe.clear_document_cache("Role", COORDINATOR)
	fixtures.import_fixtures(APP)
	assert frappe.db.get_value("Role", MEMBER, "desk_access") == 0
	assert frappe.db.get_value("Role", COORDINATOR, "desk_access") == 1


def test_whoever_has_a_role_keeps_it_and_stays_where_they_belong(site):
	both, member = make_user(roles=[COORDINATOR, MEMBER]).name, make_user(roles=[MEMBER]).name
	fixtures.import_fixtures(APP)
	assert {COORDINATOR, MEMBER} <= set(frappe.get_roles(both))
	assert frappe.db.get_value("User", both, "user_type") == "System User"
	assert frappe.db.get_value("User", member, "user_type") == "Website User"


def test_what_staff_set_on_a_role_stays(site):
	frappe.db.set_value("Role", COORDINATOR, {"two_factor_auth": 1, "home_page": "/app/mentoring"})
	frappe.clear_document_cache("Role", COORDINATOR)
	fixtures.import_fixtures(APP)
	assert frappe.db.get_value("Role", COORDINATOR, ["two_factor_auth", "home_page"]) == (1, "/app/mentoring")


def test_the_block_of_the_workspace_comes_back_as_it_is_in_the_app(site):
	frappe.db.set_value("Custom HTML Block", desk.BLOCK, "script", "alert('changed')")
	fixtures.import_fixtures(APP)
	assert "needs_you.bundle.js" in frappe.db.get_value("Custom HTML Block", desk.BLOCK, "script")
	desk.remove_block()
	assert not frappe.db.exists("Custom HTML Block", desk.BLOCK)
	assert not frappe.db.exists("Deleted Document", {"deleted_name": desk.BLOCK})
	fixtures.import_fixtures(APP)
	assert frappe.db.exists("Custom HTML Block", desk.BLOCK)
