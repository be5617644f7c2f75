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
from mentor_ispe.portal.shell import site_name, theme_palettes

LOGIN = "login"


def introduce(context: Any) -> dict[str, str] | None:
	"""Frappe's hook update_website_context: what the login is given beside what Frappe gave it."""
	if not frappe.request or frappe.request.path.strip("/") != LOGIN:
		return None
	asked = frappe.request.args.get("redirect-to", "")
	if own_page(asked) != asked.split("#")[0]:
		return None
	return {
		"app_name": escape_html(site_name()),
		"logo": _logo(context),
		"head_html": f"{context.head_html or ''}<style>{_style(context)}</style>",
	}


def _style(context: Any) -> str:
	"""What one signs in for stands below Frappe's heading, which no setting changes; the button as on our pages."""
	light, _dark = theme_palettes(context.theme)
	words = "".join(
		letter if letter.isalnum() or letter in " ,." else f"\\{ord(letter):x} "
		for letter in _("Sign in to see your mentoring.")
	)
	return (
		f'.for-login .page-card-head::after{{content:"{words}";font-size:1rem;font-weight:400}}'
		f".page-card .btn.btn-primary,.page-card .btn.btn-primary:hover"
		f"{{background:{light.primary};color:{light.on_primary}}}"
	)


def _logo(context: Any) -> str:
	"""The association's own, else what stands for it on a home screen."""
	own = (frappe.get_website_settings(field) for field in LOGO_FIELDS)
	return escape_html(next(filter(None, own), "") or icon_address(context.theme, SIZES[0]))
