"""Frappe's login as the members' pages lead to it: the association's name and logo, and what one signs in for.

The form, and what happens in it, stays Frappe's. Whoever comes there from elsewhere sees what Frappe shows.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html

from mentor_ispe.portal.html_form import own_page
from mentor_ispe.portal.icon import LOGO_FIELDS, SIZES, icon_address
from mentor_ispe.portal.shell import site_name

LOGIN = "login"


def introduce(context: Any) -> dict[str, str] | None:
	"""Frappe's hook update_website_context: what the login is given beside what Frappe gave it."""
	if not frappe.request or frappe.request.path.strip("/") != LOGIN:
		return None
	asked = frappe.request.args.get("redirect-to", "")
	if own_page(asked) != asked.split("#")[0]:
		return None
	words = escape_html(_("Sign in to see your mentoring."))
	return {
		"app_name": escape_html(site_name()),
		"logo": _logo(context),
		"banner_html": f'{context.banner_html or ""}<p class="text-center h5 pt-5 mb-0">{words}</p>',
	}


def _logo(context: Any) -> str:
	"""The association's own, else what stands for it on a home screen."""
	own = (frappe.get_website_settings(field) for field in LOGO_FIELDS)
	return escape_html(next(filter(None, own), "") or icon_address(context.theme, SIZES[0]))
