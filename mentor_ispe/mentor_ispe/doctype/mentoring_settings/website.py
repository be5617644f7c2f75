"""The place of mentoring on the association's website: in its menu, as its home page, where members land.

Nothing that the site has is replaced; what a box of Mentoring Settings added goes again with it, and with the app.
Where members land is asked in `portal/landing.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import cint, cstr

from mentor_ispe.exceptions import RuleViolation

if TYPE_CHECKING:
	from frappe.model.document import Document
	from frappe.website.doctype.website_settings.website_settings import WebsiteSettings

	from mentor_ispe.mentor_ispe.doctype.mentoring_settings.mentoring_settings import MentoringSettings

SETTINGS, WEBSITE = "Mentoring Settings", "Website Settings"
CHOICES = ("show_in_menu", "is_home_page", "members_land_here")
HOME, PATH = "mentoring", "/mentoring"
# Frappe's own, where nobody chose one.
NO_HOME = ("", "login", "me", "index")


def check_choices(settings: MentoringSettings) -> None:
	"""Refuse a choice of somebody who may not change the website, and one that would replace a page of the site."""
	if not _changed(settings):
		return
	if not frappe.has_permission(WEBSITE, "write"):
		frappe.throw(
			_(
				"You need permission to change Website Settings for this. Ask someone with the role Website Manager."
			),
			exc=frappe.PermissionError,
		)
	home = cstr(frappe.db.get_single_value(WEBSITE, "home_page")).strip("/")
	if settings.has_value_changed("is_home_page") and settings.is_home_page and home not in (*NO_HOME, HOME):
		frappe.throw(
			_(
				"Your website's home page is {0}. Clear Home Page in Website Settings first, then try again."
			).format(frappe.bold(frappe.utils.escape_html(home))),
			exc=RuleViolation,
		)


def update_website(settings: MentoringSettings) -> None:
	"""Bring the website in line with the boxes that were ticked or cleared."""
	changed = _changed(settings)
	if changed:
		_write(settings, changed)


def remove_from_website() -> None:
	"""Remove from the website what the boxes added; before the app goes."""
	settings = frappe.get_single(SETTINGS)
	set_by_us = [choice for choice in CHOICES if cint(settings.get(choice))]
	settings.update(dict.fromkeys(CHOICES, 0))
	_write(settings, set_by_us)


def _changed(settings: MentoringSettings) -> list[str]:
	stored = settings.get_doc_before_save()
	return [choice for choice in CHOICES if cint(settings.get(choice)) != cint(stored and stored.get(choice))]


def _write(settings: MentoringSettings, changed: list[str]) -> None:
	frappe.cache.delete_value("home_page")
	website: WebsiteSettings = frappe.get_single(WEBSITE)
	row = _set_menu(settings, website) if "show_in_menu" in changed else None
	if "is_home_page" in changed:
		_set_home(settings, website)
	if {"show_in_menu", "is_home_page"} & set(changed):
		website.save(ignore_permissions=True)
	if "show_in_menu" in changed:
		settings.db_set("menu_item", row.name if row else None, update_modified=False)


def _set_menu(settings: MentoringSettings, website: WebsiteSettings) -> Document | None:
	"""The entry of ours in the menu; none where the site had one before, which stays."""
	if not settings.show_in_menu:
		website.top_bar_items = [row for row in website.top_bar_items if row.name != settings.menu_item]
		return None
	if any(cstr(row.url).rstrip("/").endswith(PATH) for row in website.top_bar_items):
		return None
	return website.append("top_bar_items", {"label": _("Mentoring"), "url": PATH})


def _set_home(settings: MentoringSettings, website: WebsiteSettings) -> None:
	if settings.is_home_page:
		website.home_page = HOME
	elif cstr(website.home_page).strip("/") == HOME:
		website.home_page = ""
