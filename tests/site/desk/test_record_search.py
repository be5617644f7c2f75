"""What the search bar of the Desk finds, and for whom."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.hardening.narrowed_lists import search_everywhere
from mentor_ispe.services.desk.record_search import MOST, SEARCHED, find
from tests import factories as make
from tests.site.membership.records import counted_queries
from tests.site.permissions.entry_points import logged_in

MENTOR = "Änne-Marié Fröbel-Strauß"


@pytest.fixture
def group(site):
	make.use_membership_roll()
	mentor = make.make_profile(full_name=MENTOR, email="strauss_1@example.org")
	found = make.make_active_group(members=2, profiles=[mentor.name])
	found.title = frappe.db.get_value("Mentoring Group", found.name, "title")
	return found


@pytest.fixture
def coordinator(site) -> str:
	return make.make_user(roles=["Mentoring Coordinator"]).name


def search(text: str, **values) -> dict[str, list[str]]:
	"""Names by DocType, as a request gets them."""
	found: dict[str, list[str]] = {}
	for hit in search_everywhere(text, **values):
		found.setdefault(hit["doctype"], []).append(hit["name"])
	return found


PARTS = (MENTOR, "röbel", "strauß  änne", "STRAUSS_1@EXAMPLE.ORG", "strauss_1", "  fröbel  ", "Fröbel%")
NO_PARTS = ("", "f", "%", "%%%", "\\", "nobody of that name", "_" * 300, "a\x00b")


def test_person_is_found_with_applications_and_groups_by_any_part(group, coordinator):
	applications = frappe.get_all("Mentor", {"profile": group.mentor}, pluck="name")
	with logged_in(coordinator):
		for text in PARTS:
			found = search(text)
			assert found["Mentoring Profile"] == [group.mentor], text
			assert found["Mentoring Group"] == [group.name], text
			assert found["Mentor"] == applications, text


def test_what_is_no_part_of_a_name_finds_nobody(group, coordinator):
	with logged_in(coordinator):
		for text in NO_PARTS:
			assert group.mentor not in search(text).get("Mentoring Profile", []), text


def test_titles_come_with_the_hits_and_markup_in_them_stays_text(group, coordinator):
	frappe.db.set_value("Mentoring Profile", group.mentor, "full_name", "<img src=x> Fröbel")
	frappe.local.response = frappe._dict()
	with logged_in(coordinator):
		(hit,) = find("fröbel", "Mentoring Profile")
	assert hit["title"] == "<img src=x> Fröbel"
	assert "<" not in hit["content"]
	assert frappe.local.response["_link_titles"][f"Mentoring Profile::{group.mentor}"] == hit["title"]


def test_nobody_else_finds_anybody(group):
	for roles in (["Mentoring Committee"], ["Mentoring Member"], []):
		with logged_in(make.make_user(roles=roles).name):
			assert not set(search("fröbel")) & set(SEARCHED)
			for doctype in SEARCHED:
				assert not search("fröbel", doctype=doctype)


def test_coordinator_finds_no_group_that_they_sit_in(group, coordinator):
	frappe.db.set_value("Mentoring Profile", group.people[1], "user", coordinator)
	with logged_in(coordinator):
		found = search("fröbel")
		assert group.name not in search(group.title).get("Mentoring Group", [])
	assert found["Mentoring Profile"] == [group.mentor]
	assert "Mentoring Group" not in found


def test_more_is_read_from_where_the_last_ended(site, coordinator):
	people = {make.make_profile(full_name=f"Gerlinde Muster {number}").name for number in range(5)}
	with logged_in(coordinator):
		first = search("gerlinde", doctype="Mentoring Profile", limit="3")["Mentoring Profile"]
		rest = search("gerlinde", doctype="Mentoring Profile", start="3", limit="3")["Mentoring Profile"]
	assert len(first) == 3
	assert {*first, *rest} == people


def test_queries_and_hits_are_bounded(group, coordinator):
	with logged_in(coordinator):
		find("example")
		with counted_queries() as few:
			find("example")
		for number in range(6):
			make.make_profile(full_name=f"Example {number}")
		with counted_queries() as many:
			find("example", limit=10**9)
	assert len(many) <= len(few)
	assert len(many) <= 9
	assert MOST <= 50


def test_nothing_of_ours_is_copied_into_frappes_own_search(site):
	ours = frappe.get_all("DocType", {"module": "Mentor ISPE"}, pluck="name")
	assert not frappe.get_all("DocField", {"parent": ["in", ours], "in_global_search": 1})
	asked = frappe.get_hooks("override_whitelisted_methods")["frappe.utils.global_search.search"]
	assert frappe.get_attr(asked[-1]) is search_everywhere
