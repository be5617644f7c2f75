"""The place of mentoring on the association's website: each choice is made and undone, nothing of the site's replaced."""

from __future__ import annotations

from unittest.mock import patch

import frappe
import pytest
from frappe.website.utils import get_home_page

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mentor_ispe.doctype.mentoring_settings import website
from mentor_ispe.portal import landing
from mentor_ispe.roles import COORDINATOR, MEMBER
from tests import factories as make
from tests.site.permissions.entry_points import logged_in

SETTINGS, WEBSITE = "Mentoring Settings", "Website Settings"


@pytest.fixture(autouse=True)
def plain_website(site):
	"""A website as Frappe makes it, with one entry of the association's."""
	doc = frappe.get_single(WEBSITE)
	doc.home_page = ""
	doc.set("top_bar_items", [{"label": "News", "url": "/news"}])
	doc.save()


def choose(**values: int | str) -> None:
	doc = frappe.get_doc(SETTINGS)
	doc.update(values)
	doc.save()


def menu() -> list[str]:
	return [row.url for row in frappe.get_single(WEBSITE).top_bar_items]


def home() -> str:
	return frappe.get_single(WEBSITE).home_page or ""


def test_the_menu_gets_an_entry_and_loses_it_again():
	choose(show_in_menu=1)
	assert menu() == ["/news", "/mentoring"]
	choose(default_grace_days=12)
	assert menu() == ["/news", "/mentoring"]
	choose(show_in_menu=0)
	assert menu() == ["/news"]


@pytest.mark.parametrize("roles", [(COORDINATOR,), (COORDINATOR, "Website Manager", "System Manager")])
def test_nobody_says_which_entry_is_ours(roles):
	"""Otherwise clearing the box would take another entry out of the menu."""
	choose(show_in_menu=1)
	ours = frappe.db.get_single_value(SETTINGS, "menu_item")
	news = frappe.get_single(WEBSITE).top_bar_items[0].name
	with logged_in(make.make_user(user_type="System User", roles=roles).name):
		choose(menu_item=news)
	assert frappe.db.get_single_value(SETTINGS, "menu_item") == ours
	choose(show_in_menu=0)
	assert menu() == ["/news"]


def test_an_entry_that_the_site_made_itself_stays():
	doc = frappe.get_single(WEBSITE)
	doc.append("top_bar_items", {"label": "Find a mentor", "url": "/mentoring"})
	doc.save()
	choose(show_in_menu=1)
	assert menu() == ["/news", "/mentoring"]
	choose(show_in_menu=0)
	assert menu() == ["/news", "/mentoring"]


def test_the_home_page_is_set_and_given_back():
	choose(is_home_page=1)
	assert home() == "mentoring"
	choose(is_home_page=0)
	assert home() == ""


def test_another_home_page_is_not_replaced():
	frappe.db.set_single_value(WEBSITE, "home_page", "about")
	with pytest.raises(RuleViolation, match="about"):
		choose(is_home_page=1)
	assert home() == "about"


def test_a_home_page_that_was_chosen_later_stays_when_the_box_is_cleared():
	choose(is_home_page=1)
	frappe.db.set_single_value(WEBSITE, "home_page", "about")
	choose(is_home_page=0)
	assert home() == "about"


def test_a_coordinator_who_may_not_change_the_website_is_refused():
	with logged_in(make.make_user(user_type="System User", roles=[COORDINATOR]).name):
		for choice in website.CHOICES:
			with pytest.raises(frappe.PermissionError, match="Website Manager"):
				choose(**{choice: 1})
		choose(default_grace_days=9)
	assert menu() == ["/news"]


def test_what_was_chosen_goes_with_the_app():
	choose(show_in_menu=1, is_home_page=1, members_land_here=1)
	website.remove_from_website()
	assert (menu(), home()) == (["/news"], "")


@pytest.mark.parametrize(
	("user_type", "roles", "lands"),
	[
		("Website User", [MEMBER], True),
		("Website User", [], False),
		("System User", [MEMBER, COORDINATOR], False),
	],
	ids=["member", "no member", "staff"],
)
def test_members_land_here_and_nobody_else(user_type, roles, lands):
	user = make.make_user(user_type=user_type, roles=roles).name
	assert landing.home_page(user) is None
	choose(members_land_here=1)
	assert landing.home_page(user) == ("mentoring" if lands else None)
	with logged_in(user):
		assert (get_home_page() == "mentoring") == lands


def test_a_home_page_of_a_role_of_theirs_goes_first():
	choose(members_land_here=1)
	frappe.db.set_value("Role", "Customer", "home_page", "orders")
	user = make.make_user(user_type="Website User", roles=["Customer", MEMBER]).name
	with logged_in(user):
		assert get_home_page() == "orders"


def test_what_another_app_says_goes_first():
	choose(members_land_here=1)
	user = make.make_user(user_type="Website User", roles=[MEMBER]).name
	hooks = frappe.get_hooks
	with patch.object(
		frappe,
		"get_hooks",
		lambda hook=None, *args, **kwargs: (
			["portal-of-another"] if hook == "website_user_home_page" else hooks(hook, *args, **kwargs)
		),
	):
		assert landing.home_page(user) == "portal-of-another"
