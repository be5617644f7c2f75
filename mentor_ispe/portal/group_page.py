"""What every page about a group has: the group as the reader sees it, its sections, a way to raise a concern."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.utils import cstr

from mentor_ispe.domain.pages import GROUPS, group_path
from mentor_ispe.domain.violations import N_
from mentor_ispe.portal import page
from mentor_ispe.readings.faces import FacesWhenShown
from mentor_ispe.services.groups import group_view
from mentor_ispe.services.groups.group_view import View
from mentor_ispe.services.sessions import managing

# section → (words, who it is for: those who read what the group says, who talk in it, or everybody who is or was in it)
SECTIONS = {
	"": (N_("Overview"), "sat"),
	"messages": (N_("Messages"), "talks"),
	"meetings": (N_("Meetings"), "reads"),
	"charter": (N_("Charter"), "reads"),
	"goals": (N_("Goals"), "reads"),
	"feedback": (N_("Feedback"), "sat"),
	"hours": (N_("Hours and credit"), "sat"),
	"more": (N_("Manage group"), "reads"),
	"concern": (N_("Raise a concern"), "sat"),
}


def open_group(context: Any, section: str, title: str = "") -> View:
	"""Fill what templates/mentoring/group/page.html needs; another person's group is a page not found.

	`section` is a key of SECTIONS. Somebody who was only asked so far goes and answers first.
	"""
	words, _readers = SECTIONS[section]
	profile = page.require_profile(context, title or _(words), GROUPS)
	view = group_view.look(cstr(frappe.form_dict.get("group")), profile)
	if view is None:
		page.not_found()
	if view.me.status == "Proposed":
		frappe.local.flags.redirect_location = f"/mentoring/match/{quote(view.name)}"
		raise frappe.Redirect
	if not may_see(view, section):
		page.not_found()
	context.view = view
	context.group = view.group
	context.me = view.me
	context.base = group_path(view.name)
	context.faces = FacesWhenShown([one.profile for one in view.people])
	context.sections = [
		(f"{context.base}/{key}".rstrip("/"), _(words), key == section)
		for key, (words, _readers) in SECTIONS.items()
		if may_see(view, key)
	]
	return view


def name_managers(context: Any) -> None:
	"""Say who may move and cancel every meeting of the group, and whether the reader is one of them."""
	managers = managing.managers_of(context.view.name)
	context.may_manage = context.me.profile in managers
	context.managers = ", ".join(one.full_name for one in context.view.active if one.profile in managers)


def may_see(view: View, section: str) -> bool:
	"""Whether this section of the group's pages is the reader's."""
	return getattr(view, SECTIONS[section][1])
