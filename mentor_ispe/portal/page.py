"""What every members' page has: who reads it, what the last form said, the menu, the reader's clock."""

from __future__ import annotations

from typing import Any, NoReturn
from urllib.parse import quote

import frappe
from frappe import _
from frappe.sessions import get_csrf_token

from mentor_ispe.clock import today
from mentor_ispe.domain.violations import N_
from mentor_ispe.portal import html_form
from mentor_ispe.portal.icon import TOUCH, icon_address
from mentor_ispe.portal.shell import shell
from mentor_ispe.portal.status_text import status_words
from mentor_ispe.portal.times import Clock
from mentor_ispe.readings.profiles import profile_of

# (address, words); "My data" last, as on most sites.
MENU = (
	("/mentoring", N_("Overview")),
	("/mentoring/groups", N_("My groups")),
	("/mentoring/library", N_("Library")),
	("/mentoring/profile", N_("Profile")),
	("/mentoring/data", N_("My data")),
)


def base_context(context: Any, title: str, here: str = "") -> str | None:
	"""Fill what templates/mentoring/page.html needs; returns the reader's profile, None without one.

	`here` is the address of the menu entry that the page belongs to.
	"""
	context.no_cache = 1
	context.title = title
	context.signed_in = frappe.session.user != "Guest"
	profile = profile_of(frappe.session.user) if context.signed_in else None
	context.profile = profile
	context.menu = [(path, _(words), path == here) for path, words in MENU] if profile else []
	context.flash = html_form.take_flash()
	context.csrf_token = get_csrf_token() if context.signed_in else ""
	# Names of records may hold anything, so the path is written as an address again.
	context.path = quote("/" + frappe.request.path.strip("/")) if frappe.request else ""
	query = frappe.request.query_string.decode(errors="replace") if frappe.request else ""
	context.back = f"{context.path}?{query}" if query else context.path
	zone, keeps_zone = _time_zone(profile)
	context.clock = Clock.of(profile, zone)
	context.asks_zone = "" if keeps_zone else zone or ""
	context.today = today()
	context.status_words = status_words
	context.shell = shell(context)
	context.touch_icon = icon_address(context.theme, TOUCH)
	context.metatags = {"robots": "noindex"} if context.signed_in else {}
	return profile


def _time_zone(profile: str | None) -> tuple[str | None, int]:
	"""The zone of a profile, and whether its owner said that it stays when their device is elsewhere."""
	fields = ["time_zone", "keeps_time_zone"]
	found = frappe.db.get_value("Mentoring Profile", profile, fields) if profile else None
	return found or (None, 0)


def require_profile(context: Any, title: str, here: str = "") -> str:
	"""As `base_context`, for pages of people who have a profile: others go and sign in, or make one."""
	profile = base_context(context, title, here)
	if not context.signed_in:
		sign_in(context)
	if not profile:
		_go("/mentoring/profile")
	return profile


def sign_in(context: Any) -> NoReturn:
	"""Send a guest to the login, and back to this page afterwards."""
	_go(f"/login?redirect-to={quote(context.back, safe='')}")


def not_found() -> NoReturn:
	"""End the page as one that doesn't exist, also when it only isn't this reader's."""
	raise frappe.PageDoesNotExistError


def _go(location: str) -> NoReturn:
	frappe.local.flags.redirect_location = location
	raise frappe.Redirect
